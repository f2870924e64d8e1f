//! The rule `bidi-control`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// An invisible mark changes the order in which a text is read.
pub const RULE: Rule = Rule {
    name: "bidi-control",
    summary: "An invisible mark changes the order in which a text is read.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("bidi-control"),
};
