//! The rule `file-name`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// The name of a file is not fit for an address.
pub const RULE: Rule = Rule {
    name: "file-name",
    summary: "The name of a file is not fit for an address.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("file-name"),
};
