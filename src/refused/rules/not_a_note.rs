//! The rule `not-a-note`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::source::Source;
use crate::span::Span;

/// A file is meant as a note, but its name does not end with .md.
pub const RULE: Rule = Rule {
    name: "not-a-note",
    summary: "A file is meant as a note, but its name does not end with .md.",
    level: Level::Error,
    relaxation: Relaxation::None("the file would be missing from the site"),
    options: &[],
    page: manual!("not-a-note"),
};

/// Reports a file that is meant as a note, which should be called `name`.
pub(crate) fn finding(source: &Source, name: &str) -> Diagnostic {
    let message = "this is not a note, because its name doesn't end with .md; it is not published";
    let error = Diagnostic::error(&source.path, Span::default(), &RULE, message);
    error.help(format!("rename it: {name}"))
}
