//! The rule `missing-field`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A field that the kind requires is not there.
pub const RULE: Rule = Rule {
    name: "missing-field",
    summary: "A field that the kind requires is not there.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("missing-field"),
};
