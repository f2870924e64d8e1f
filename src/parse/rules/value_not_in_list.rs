//! The rule `value-not-in-list`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A value that is not in the list of the field.
pub const RULE: Rule = Rule {
    name: "value-not-in-list",
    summary: "A value that is not in the list of the field.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("value-not-in-list"),
};
