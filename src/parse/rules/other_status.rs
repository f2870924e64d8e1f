//! The rule `other-status`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// Lines that go with a status the note does not have.
pub const RULE: Rule = Rule {
    name: "other-status",
    summary: "Lines that go with a status the note does not have.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("other-status"),
};
