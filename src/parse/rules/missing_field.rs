//! The rule `missing-field`.

use crate::diagnostic::{Level, Relaxation, Rule};

/// A key that must be there is missing.
pub const RULE: Rule = Rule {
    name: "missing-field",
    summary: "A key that must be there is missing.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A key that must be there and is not: a field that the kind requires, or the status of a note that says when or why it was
withdrawn.

## Why it matters

Pages show the field, and lists are made from it.

## What to do

Add the line that the message shows.
",
};
