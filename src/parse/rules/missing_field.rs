//! The rule `missing-field`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A key that must be there is missing.
pub const RULE: Rule = Rule {
    name: "missing-field",
    summary: "A key that must be there is missing.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("missing-field"),
};
