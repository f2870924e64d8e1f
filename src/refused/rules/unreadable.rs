//! The rule `unreadable`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::source::Source;
use crate::span::Span;

/// A file can't be opened.
pub const RULE: Rule = Rule {
    name: "unreadable",
    summary: "A file can't be opened.",
    level: Level::Error,
    relaxation: Relaxation::None("the file would be missing from the site"),
    options: &[],
    page: "
## What it finds

A file that the system does not let Fieldbook read.

## Why it matters

The site would be without it.

## What to do

Check the permissions of the file. If it is a link, check where it leads.
",
};

/// Reports a file that the system does not let us read, for the reason `why`.
pub(crate) fn finding(source: &Source, why: &str) -> Diagnostic {
    let message = format!("this can't be read: {why}");
    Diagnostic::error(&source.path, Span::default(), &RULE, message)
}
