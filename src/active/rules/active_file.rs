//! The rule `active-file`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::source::Source;
use crate::span::Span;

/// A file that does more in a browser than show itself, and that the book has all the same.
pub const RULE: Rule = Rule {
    name: "active-file",
    summary: "A file that does more in a browser than show itself, and that the book has all the same.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("active-file"),
};

/// Reports a file that the book allows all the same.
pub(crate) fn finding(source: &Source, place: Span, what: &str) -> Diagnostic {
    let message = format!("this file may do more than show itself: {what}");
    Diagnostic::warning(&source.path, place, &RULE, message)
        .help("make sure that it comes from somebody you trust, and does what it should")
}
