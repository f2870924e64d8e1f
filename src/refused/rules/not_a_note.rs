//! The rule `not-a-note`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::source::Source;
use crate::span::Span;

/// A file is meant as a note, but its name does not end with .md.
pub const RULE: Rule = Rule {
    name: "not-a-note",
    summary: "A file is meant as a note, but its name does not end with .md.",
    level: Level::Error,
    relaxation: Relaxation::None("the file would be missing from the site"),
    options: &[],
    page: "
## What it finds

A file in `content/` that is meant as a note, and whose name does not end with `.md`: `note.MD`, `note.markdown`, `note.md.txt`.

## Why it matters

It is not read, so it has no page. If it were copied, readers would see its front matter.

## What to do

Rename the file, so that its name ends with `.md`. Some systems hide the end of a name: Notepad adds `.txt` to what it saves, and shows none of it. A file that should be copied unchanged belongs in `static/`.
",
};

/// Reports a file that is meant as a note, which should be called `name`.
pub(crate) fn finding(source: &Source, name: &str) -> Diagnostic {
    let message = "this is not a note, because its name doesn't end with .md; it is not published";
    let error = Diagnostic::error(&source.path, Span::default(), &RULE, message);
    error.help(format!("rename it: {name}"))
}
