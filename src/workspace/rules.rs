//! All rules of the program, and those over the book as it is planned. A new rule of these is a file here and a
//! line in [`RULES`].

pub mod same_address;
pub mod unlinked_file;
pub mod unused_folder;

use std::sync::LazyLock;

use crate::diagnostic::{Rule, RuleTable};
use crate::{active, check, config, parse, refused, render, table};

/// The rules whose findings are made here.
static RULES: &[&Rule] = &[&same_address::RULE, &unlinked_file::RULE, &unused_folder::RULE];

/// Returns all rules of the program.
pub fn all() -> RuleTable {
    static ALL: LazyLock<Vec<&Rule>> = LazyLock::new(|| {
        let lists = [
            table::rules::RULES,
            active::rules::RULES,
            refused::rules::RULES,
            config::rules::RULES,
            parse::rules::RULES,
            render::rules::RULES,
            RULES,
        ];
        let mut all: Vec<&Rule> = lists.concat();
        all.extend(check::rules::rules());
        all.sort_unstable();
        all.dedup();
        all
    });
    RuleTable::new(&ALL)
}
