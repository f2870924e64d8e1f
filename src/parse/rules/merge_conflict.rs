//! The rule `merge-conflict`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// Lines that an unfinished merge of git left.
pub const RULE: Rule = Rule {
    name: "merge-conflict",
    summary: "Lines that an unfinished merge of git left.",
    level: Level::Error,
    relaxation: Relaxation::None("nobody could tell what is meant"),
    options: &[],
    page: manual!("merge-conflict"),
};
