//! The rule `undefined-reference`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A reference link whose definition is not there.
pub const RULE: Rule = Rule {
    name: "undefined-reference",
    summary: "A reference link whose definition is not there.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("undefined-reference"),
};
