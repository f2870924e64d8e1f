//! The rule `lost-cell`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A row of a table that a bar cuts in the wrong place, or that is longer than the head.
pub const RULE: Rule = Rule {
    name: "lost-cell",
    summary: "A row of a table that a bar cuts in the wrong place, or that is longer than the head.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("lost-cell"),
};
