//! The rule `bidi-control`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A control that changes the order in which a text is read, or that of what stands after it.
pub const RULE: Rule = Rule {
    name: "bidi-control",
    summary: "A control that changes the order in which a text is read, or that of what stands after it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("bidi-control"),
};
