//! The rule `unclosed-code`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A block of code without an end.
pub const RULE: Rule = Rule {
    name: "unclosed-code",
    summary: "A block of code without an end.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unclosed-code"),
};
