//! The rule `bad-date`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A date that is not one.
pub const RULE: Rule = Rule {
    name: "bad-date",
    summary: "A date that is not one.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("bad-date"),
};
