//! The rule `refused-file`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::source::Source;
use crate::span::Span;

/// A file beside the notes is one that a browser would run.
pub const RULE: Rule = Rule {
    name: "refused-file",
    summary: "A file beside the notes is one that a browser would run.",
    level: Level::Error,
    relaxation: Relaxation::None("it could run a program in the browser of a reader"),
    options: &[],
    page: r#"
## What it finds

A file beside the notes that a browser would run: a page (`.html`), a script (`.js`), a style sheet, or a picture in SVG that is more than a picture. It also finds files that a host would take for its settings.

## Why it matters

Anybody can send in a file with a note. If a browser runs it, it can do all that the site can do. It can change what readers see, or send a writer's drafts away.

## What to do

Write it as a note, or save it as a PDF. Save a picture as a plain SVG, without scripts and without files from elsewhere, or as a PNG. A file that the site itself needs belongs in `static/`. If your book needs such files beside notes, allow their ending in `book.toml`:

    [files]
    allow = ["html"]

Then each of them gets the warning `active-file`, and somebody should look at it.
"#,
};

/// Reports a file whose name ends with `ending`, in which `what` is at `place`.
pub(crate) fn finding(source: &Source, place: Span, what: &str, ending: &str) -> Diagnostic {
    let instead = match ending {
        "svg" => "save it as a plain SVG, with nothing from elsewhere, or as a PNG",
        "svgz" => "save it as a plain SVG that is not packed, or as a PNG",
        _ => "write it as a note, or save it as a PDF",
    };
    let allow = format!(
        "if notes of this book may bring such files, write in book.toml, below a line [files]: allow = [\"{ending}\"]"
    );
    let message = format!("this file is not published: {what}");
    Diagnostic::error(&source.path, place, &RULE, message).help(instead).help(allow)
}

/// Reports a file that would change how the whole site is sent.
pub(crate) fn settings(source: &Source, name: &str) -> Diagnostic {
    let message = format!("this file is not published: hosts take {name} for their settings");
    Diagnostic::error(&source.path, Span::default(), &RULE, message)
        .help("if the site needs it, its place is the folder static")
}
