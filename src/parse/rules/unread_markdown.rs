//! The rule `unread-markdown`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// Markdown in a block of HTML, where it is not read.
pub const RULE: Rule = Rule {
    name: "unread-markdown",
    summary: "Markdown in a block of HTML, where it is not read.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unread-markdown"),
};
