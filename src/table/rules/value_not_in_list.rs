//! The rule `value-not-in-list`.
//!
//! A word that the list does not have.
//!
//! ```book.toml
//! title = "Book"
//!
//! [kinds.lesson]
//! folder = "lessons"
//!
//! [kinds.lesson.fields]
//! themes = { to = "theme", many = true }
//! basis = { one-of = ["evaluated", "documented"] }
//! cost = { number = true }
//!
//! [kinds.theme]
//! folder = "themes"
//! ```
//!
//! ```content/lessons/a.md
//! +++
//! title = "A"
//! basis = "documentd"
//! status = "finished"
//! changes = [{ date = 2024-01-01, weight = "huge", text = "x" }]
//! +++
//! ```
//!
//! ```diagnostics
//! content/lessons/a.md:3:9-3:20: error[value-not-in-list]: "basis" can't be "documentd"
//!   help: did you mean "documented"?
//!   help: it takes one of: evaluated, documented
//! content/lessons/a.md:4:10-4:20: error[value-not-in-list]: "status" can't be "finished"
//!   help: it takes one of: draft, under-review, published, endorsed, withdrawn
//! content/lessons/a.md:5:42-5:48: error[value-not-in-list]: "weight" can't be "huge"
//!   help: it takes one of: editorial, substantive, conclusion
//! ```
//!
//! All is well.
//!
//! ```content/lessons/a.md
//! +++
//! title = "A"
//! basis = "documented"
//! status = "published"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};

/// A value is not in the list of its key.
pub const RULE: Rule = Rule {
    name: "value-not-in-list",
    summary: "A value is not in the list of its key.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A value that is not one of the words its key takes.

## Why it matters

Lists and filters are made from these words.

## What to do

Use one of the words in the message. To add a word, change the list in `book.toml`.
",
};
