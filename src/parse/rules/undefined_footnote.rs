//! The rule `undefined-footnote`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A footnote is cited that is not there.
pub const RULE: Rule = Rule {
    name: "undefined-footnote",
    summary: "A footnote is cited that is not there.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("undefined-footnote"),
};
