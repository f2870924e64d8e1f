//! The rule `broken-link`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A link or reference names no note.
pub const RULE: Rule = Rule {
    name: "broken-link",
    summary: "A link or reference names no note.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("broken-link"),
};
