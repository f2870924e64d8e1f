//! The rule `bad-front-matter`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};

/// The front matter can't be read as TOML.
pub const RULE: Rule = Rule {
    name: "bad-front-matter",
    summary: "The front matter can't be read as TOML.",
    level: Level::Error,
    relaxation: Relaxation::Warning(
        "a note whose front matter can't be read is left out, and somebody must know",
    ),
    options: &[],
    page: manual!("bad-front-matter"),
};
