//! The rule `no-alt-text`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A picture that says nothing to those who can't see it.
pub const RULE: Rule = Rule {
    name: "no-alt-text",
    summary: "A picture that says nothing to those who can't see it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("no-alt-text"),
};
