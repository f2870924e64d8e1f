//! The rule `bad-value`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A value is of another sort than the field takes.
pub const RULE: Rule = Rule {
    name: "bad-value",
    summary: "A value is of another sort than the field takes.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("bad-value"),
};
