//! The rule `bad-config`.

use crate::diagnostic::{Level, Relaxation, Rule};

/// A setting of the book can't be understood.
pub const RULE: Rule = Rule {
    name: "bad-config",
    summary: "A setting of the book can't be understood.",
    level: Level::Error,
    relaxation: Relaxation::None("nobody could tell what is meant"),
    options: &[],
    page: "
## What it finds

A setting in `book.toml`, or in the words of a theme, that can't be understood.

## Why it matters

The site would not be what the book asks for.

## What to do

Correct the line. `fieldbook schema` lists every setting, and editors can use it to help you.
",
};
