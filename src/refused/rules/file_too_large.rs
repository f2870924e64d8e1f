//! The rule `file-too-large`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::source::Source;
use crate::span::Span;

/// A file is over the limit for its sort.
pub const RULE: Rule = Rule {
    name: "file-too-large",
    summary: "A file is over the limit for its sort.",
    level: Level::Error,
    relaxation: Relaxation::None("the file would be missing from the site"),
    options: &[],
    page: manual!("file-too-large"),
};

/// Reports a file that is larger than `limit`, in bytes.
pub(crate) fn finding(source: &Source, limit: usize) -> Diagnostic {
    let message = format!("this file is larger than {} MB", limit / (1024 * 1024));
    Diagnostic::error(&source.path, Span::default(), &RULE, message)
        .help("make it smaller, or publish it elsewhere and link to it")
}
