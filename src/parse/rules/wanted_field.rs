//! The rule `wanted-field`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A field that notes of the kind should have is not there.
pub const RULE: Rule = Rule {
    name: "wanted-field",
    summary: "A field that notes of the kind should have is not there.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("wanted-field"),
};
