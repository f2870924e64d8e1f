//! The rule `unsourced`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A note that readers rely on says nothing of what it rests on.
pub const RULE: Rule = Rule {
    name: "unsourced",
    summary: "A note that readers rely on says nothing of what it rests on.",
    level: Level::Off,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unsourced"),
};
