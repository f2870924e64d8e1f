//! The rule `undated`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A note without a date, in a kind that has a feed.
pub const RULE: Rule = Rule {
    name: "undated",
    summary: "A note without a date, in a kind that has a feed.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("undated"),
};
