//! The rule `file-too-large`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::source::Source;
use crate::span::Span;

/// A file is larger than the limit.
pub const RULE: Rule = Rule {
    name: "file-too-large",
    summary: "A file is larger than the limit.",
    level: Level::Error,
    relaxation: Relaxation::None("the file would be missing from the site"),
    options: &[],
    page: "
## What it finds

A file over the limit: 16 MB for a note or template, 64 MB for any other file.

## Why it matters

Readers with a slow network could not open it, and the book would be slow to build.

## What to do

Make the file smaller, or publish it elsewhere and link to it.
",
};

/// Reports a file that is larger than `limit`, in bytes.
pub(crate) fn finding(source: &Source, limit: usize) -> Diagnostic {
    let message = format!("this file is larger than {} MB", limit / (1024 * 1024));
    Diagnostic::error(&source.path, Span::default(), &RULE, message)
        .help("make it smaller, or publish it elsewhere and link to it")
}
