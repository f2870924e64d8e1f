//! The rule `remote-image`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// A picture that lies on another site.
pub const RULE: Rule = Rule {
    name: "remote-image",
    summary: "A picture that lies on another site.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("remote-image"),
};
