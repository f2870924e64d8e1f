//! The rule `bad-value`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A value is not of the type that its key takes.
pub const RULE: Rule = Rule {
    name: "bad-value",
    summary: "A value is not of the type that its key takes.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("bad-value"),
};
