//! The rule `deep-nesting`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// Quotations and lists that lie too deep in each other.
pub const RULE: Rule = Rule {
    name: "deep-nesting",
    summary: "Quotations and lists that lie too deep in each other.",
    level: Level::Error,
    relaxation: Relaxation::None("the text of the note would be missing"),
    options: &[],
    page: manual!("deep-nesting"),
};
