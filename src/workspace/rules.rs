//! All rules of the program, and those over the book as it is planned. A new rule of these is a file here and a
//! line in `RULES`.

pub mod lost_address;
pub mod missing_words;
pub mod same_address;
pub mod unlinked_file;
pub mod unused_folder;
pub mod unused_word;

use std::sync::LazyLock;

use crate::active::rules as active;
use crate::check::rules as check;
use crate::diagnostic::{Rule, RuleTable};
use crate::parse::rules as parse;
use crate::refused::rules as refused;
use crate::render::rules as render;
use crate::table::rules as table;
use crate::words::rules as words;

/// The rules whose findings are made here.
static RULES: &[&Rule] = &[
    &lost_address::RULE,
    &missing_words::RULE,
    &same_address::RULE,
    &unlinked_file::RULE,
    &unused_folder::RULE,
    &unused_word::RULE,
];

/// Returns all rules of the program.
pub fn all() -> RuleTable {
    static ALL: LazyLock<Vec<&Rule>> = LazyLock::new(|| {
        let lists = [
            table::RULES,
            active::RULES,
            refused::RULES,
            words::RULES,
            parse::RULES,
            render::RULES,
            RULES,
        ];
        let mut all: Vec<&Rule> = lists.concat();
        all.extend(check::rules());
        all.sort_unstable();
        all.dedup();
        all
    });
    RuleTable::new(&ALL)
}
