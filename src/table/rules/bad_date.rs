//! The rule `bad-date`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A date is not in the calendar, or not written as dates are.
pub const RULE: Rule = Rule {
    name: "bad-date",
    summary: "A date is not in the calendar, or not written as dates are.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("bad-date"),
};
