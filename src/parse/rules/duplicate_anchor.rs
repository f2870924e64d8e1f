//! The rule `duplicate-anchor`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A block id, heading id or other anchor occurs twice in a note.
pub const RULE: Rule = Rule {
    name: "duplicate-anchor",
    summary: "A block id, heading id or other anchor occurs twice in a note.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("duplicate-anchor"),
};
