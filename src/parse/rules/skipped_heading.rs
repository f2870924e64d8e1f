//! The rule `skipped-heading`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A heading that stands more than one level below the one before.
pub const RULE: Rule = Rule {
    name: "skipped-heading",
    summary: "A heading that stands more than one level below the one before.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("skipped-heading"),
};
