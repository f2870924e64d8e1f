//! The rule `foreign-markup`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// Signs that only another program reads.
pub const RULE: Rule = Rule {
    name: "foreign-markup",
    summary: "Signs that only another program reads.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("foreign-markup"),
};
