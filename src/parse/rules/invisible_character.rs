//! The rule `invisible-character`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A character that nobody sees, and that programs trip over.
pub const RULE: Rule = Rule {
    name: "invisible-character",
    summary: "A character that nobody sees, and that programs trip over.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("invisible-character"),
};
