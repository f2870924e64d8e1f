//! The rule `unknown-key`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A key is not known here.
pub const RULE: Rule = Rule {
    name: "unknown-key",
    summary: "A key is not known here.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unknown-key"),
};
