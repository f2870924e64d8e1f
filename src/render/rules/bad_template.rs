//! The rule `bad-template`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A template can't be used.
pub const RULE: Rule = Rule {
    name: "bad-template",
    summary: "A template can't be used.",
    level: Level::Error,
    relaxation: Relaxation::None("pages would be missing or broken"),
    options: &[],
    page: manual!("bad-template"),
};
