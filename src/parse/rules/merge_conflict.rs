//! The rule `merge-conflict`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::path::SourcePath;
use crate::span::Span;

/// Lines that an unfinished merge of git left.
pub const RULE: Rule = Rule {
    name: "merge-conflict",
    summary: "Lines that an unfinished merge of git left.",
    level: Level::Error,
    relaxation: Relaxation::None("nobody could tell what is meant"),
    options: &[],
    page: manual!("merge-conflict"),
};

/// Reports the first line that a merge left, at `span`.
pub(crate) fn finding(path: &SourcePath, span: Span) -> Diagnostic {
    let message = "an unfinished merge of git left this line, and those that belong to it";
    let help =
        "keep what is right of the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>";
    Diagnostic::error(path, span, &RULE, message).help(help)
}
