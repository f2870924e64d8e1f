//! The rule `unnamed-endorser`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A note is endorsed, and does not say by whom.
pub const RULE: Rule = Rule {
    name: "unnamed-endorser",
    summary: "A note is endorsed, and does not say by whom.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unnamed-endorser"),
};
