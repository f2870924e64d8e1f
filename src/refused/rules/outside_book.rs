//! The rule `outside-book`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::source::Source;
use crate::span::Span;

/// A link in the file system leads out of the book.
pub const RULE: Rule = Rule {
    name: "outside-book",
    summary: "A link in the file system leads out of the book.",
    level: Level::Error,
    relaxation: Relaxation::None("a file that is not of the book would be published"),
    options: &[],
    page: "
## What it finds

A link in the file system that leads out of the book's folder.

## Why it matters

The site must not show files that lie outside the book.

## What to do

Copy what it leads to into the book.
",
};

/// Reports a link in the file system that leaves the book.
pub(crate) fn finding(source: &Source) -> Diagnostic {
    let message = "this leads to a place outside the book";
    Diagnostic::error(&source.path, Span::default(), &RULE, message)
        .help("copy what it leads to into the book")
}
