//! The rule `bad-front-matter`.

use crate::diagnostic::{Level, Relaxation, Rule};

/// The front matter of a note can't be read.
pub const RULE: Rule = Rule {
    name: "bad-front-matter",
    summary: "The front matter of a note can't be read.",
    level: Level::Error,
    relaxation: Relaxation::Warning(
        "a note whose front matter can't be read is left out, and somebody must know",
    ),
    options: &[],
    page: r#"
## What it finds

A line between the `+++` lines that can't be read, or a block that has no end.

## Why it matters

The content of the line would be lost. If a book makes this a warning, a note is left out if that line may say that it is a draft, withdrawn or confidential.

## What to do

Each line is a key, an equals sign and a value. Put text in straight quotes, and a list in square brackets:

    title = "Clearance at scale"
    themes = ["financing", "localisation"]
    date = 2024-06-24
"#,
};
