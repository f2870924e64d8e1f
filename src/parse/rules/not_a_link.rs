//! The rule `not-a-link`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// The signs of a link that is none.
pub const RULE: Rule = Rule {
    name: "not-a-link",
    summary: "The signs of a link that is none.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("not-a-link"),
};
