//! The rule `repeated-title`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// The title of a note, written again as its first heading.
pub const RULE: Rule = Rule {
    name: "repeated-title",
    summary: "The title of a note, written again as its first heading.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("repeated-title"),
};
