//! The rule `bad-math`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A formula that can't be shown.
pub const RULE: Rule = Rule {
    name: "bad-math",
    summary: "A formula that can't be shown.",
    level: Level::Error,
    relaxation: Relaxation::None("the formula would be missing from the page"),
    options: &[],
    page: manual!("bad-math"),
};
