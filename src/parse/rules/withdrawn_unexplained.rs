//! The rule `withdrawn-unexplained`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A note was withdrawn, and does not say why.
pub const RULE: Rule = Rule {
    name: "withdrawn-unexplained",
    summary: "A note was withdrawn, and does not say why.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("withdrawn-unexplained"),
};
