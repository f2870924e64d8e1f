//! The rule `refused-scheme`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A link begins with a scheme that is not allowed.
pub const RULE: Rule = Rule {
    name: "refused-scheme",
    summary: "A link begins with a scheme that is not allowed.",
    level: Level::Error,
    relaxation: Relaxation::None("it could run a program in the browser of a reader"),
    options: &[],
    page: manual!("refused-scheme"),
};
