//! The rule `not-text`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::source::Source;
use crate::span::Span;

/// A file that should be text is not.
pub const RULE: Rule = Rule {
    name: "not-text",
    summary: "A file that should be text is not.",
    level: Level::Error,
    relaxation: Relaxation::None("the file would be missing from the site"),
    options: &[],
    page: manual!("not-text"),
};

/// Reports a file of which `before` is the part that is text.
pub(crate) fn finding(source: &Source, before: &str) -> Diagnostic {
    let place = Span::from(before.len()..before.len());
    let message = "this is not text: what stands here can't be read as UTF-8";
    Diagnostic::error(&source.path, place, &RULE, message)
        .help("save the file as UTF-8; a file that is no text belongs in the folder static")
}
