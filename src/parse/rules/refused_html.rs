//! The rule `refused-html`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// Raw HTML that is not on the list of what is allowed.
pub const RULE: Rule = Rule {
    name: "refused-html",
    summary: "Raw HTML that is not on the list of what is allowed.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("refused-html"),
};
