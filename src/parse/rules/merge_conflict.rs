//! The rule `merge-conflict`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::path::SourcePath;
use crate::span::Span;

/// A note has lines that an unfinished merge of git left.
pub const RULE: Rule = Rule {
    name: "merge-conflict",
    summary: "A note has lines that an unfinished merge of git left.",
    level: Level::Error,
    relaxation: Relaxation::None("nobody could tell what is meant"),
    options: &[],
    page: "
## What it finds

The lines `<<<<<<<`, `=======` and `>>>>>>>`. Git writes them into a note that two people changed at the same place.

## Why it matters

Both versions would be published, one after the other, and nobody could tell which of them is right.

## What to do

Keep what is right of the two versions: the first stands above `=======`, the other below it. Then delete the three
lines. If you are not sure which is right, ask the person who made the other change.
",
};

/// Reports the first line that a merge left, at `span`.
pub(crate) fn finding(path: &SourcePath, span: Span) -> Diagnostic {
    let message = "an unfinished merge of git left this line, and those that belong to it";
    let help =
        "keep what is right of the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>";
    Diagnostic::error(path, span, &RULE, message).help(help)
}
