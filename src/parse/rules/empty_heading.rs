//! The rule `empty-heading`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A heading without words.
pub const RULE: Rule = Rule {
    name: "empty-heading",
    summary: "A heading without words.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("empty-heading"),
};
