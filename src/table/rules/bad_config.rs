//! The rule `bad-config`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A setting of the book can't be understood.
pub const RULE: Rule = Rule {
    name: "bad-config",
    summary: "A setting of the book can't be understood.",
    level: Level::Error,
    relaxation: Relaxation::None("nobody could tell what is meant"),
    options: &[],
    page: manual!("bad-config"),
};
