//! The rule `value-not-in-list`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A value is not in the list of its key.
pub const RULE: Rule = Rule {
    name: "value-not-in-list",
    summary: "A value is not in the list of its key.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("value-not-in-list"),
};
