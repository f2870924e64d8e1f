//! The rule `no-table-header`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A table that does not say what its columns hold.
pub const RULE: Rule = Rule {
    name: "no-table-header",
    summary: "A table that does not say what its columns hold.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("no-table-header"),
};
