//! The rule `unknown-key`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A key that nothing reads.
pub const RULE: Rule = Rule {
    name: "unknown-key",
    summary: "A key that nothing reads.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unknown-key"),
};
