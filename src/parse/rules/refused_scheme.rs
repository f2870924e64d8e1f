//! The rule `refused-scheme`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A link with a scheme that is not on the list of what is allowed.
pub const RULE: Rule = Rule {
    name: "refused-scheme",
    summary: "A link with a scheme that is not on the list of what is allowed.",
    level: Level::Error,
    relaxation: Relaxation::None("it could run a program in the browser of a reader"),
    options: &[],
    page: manual!("refused-scheme"),
};
