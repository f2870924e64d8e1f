//! The rule `bad-value`.

use crate::diagnostic::{Level, Relaxation, Rule};

/// A value is not of the type that its key takes.
pub const RULE: Rule = Rule {
    name: "bad-value",
    summary: "A value is not of the type that its key takes.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A value of the wrong type: text in place of a list, or a number in place of text.

## Why it matters

A page can't show what it does not understand.

## What to do

Write the value as the message shows it. Put text in quotes and a list in square brackets. Numbers, `true` and `false` have no quotes.
",
};
