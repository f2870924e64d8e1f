//! The rule `unclosed-comment`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A comment that does not end.
pub const RULE: Rule = Rule {
    name: "unclosed-comment",
    summary: "A comment that does not end.",
    level: Level::Error,
    relaxation: Relaxation::None("readers would see what is not meant for them"),
    options: &[],
    page: manual!("unclosed-comment"),
};
