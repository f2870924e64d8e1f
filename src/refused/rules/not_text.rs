//! The rule `not-text`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::source::Source;
use crate::span::Span;

/// A file that should be text is not.
pub const RULE: Rule = Rule {
    name: "not-text",
    summary: "A file that should be text is not.",
    level: Level::Error,
    relaxation: Relaxation::None("the file would be missing from the site"),
    options: &[],
    page: "
## What it finds

A note, template or setting that is not text in UTF-8.

## Why it matters

Nobody could read it.

## What to do

Save the file as UTF-8. The message names the place of the first byte that is wrong. A file that is not text belongs in the folder `static`.
",
};

/// Reports a file of which `before` is the part that is text.
pub(crate) fn finding(source: &Source, before: &str) -> Diagnostic {
    let place = Span::from(before.len()..before.len());
    let message = "this is not text: what stands here can't be read as UTF-8";
    Diagnostic::error(&source.path, place, &RULE, message)
        .help("save the file as UTF-8; a file that is no text belongs in the folder static")
}
