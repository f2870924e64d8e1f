//! The rule `unused-footnote`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A footnote that nothing cites, so that nobody sees it.
pub const RULE: Rule = Rule {
    name: "unused-footnote",
    summary: "A footnote that nothing cites, so that nobody sees it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unused-footnote"),
};
