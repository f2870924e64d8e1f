//! The rule `near-markup`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// Signs that are nearly Markdown, and are shown as they are.
pub const RULE: Rule = Rule {
    name: "near-markup",
    summary: "Signs that are nearly Markdown, and are shown as they are.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("near-markup"),
};
