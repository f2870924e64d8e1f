//! The rule `refused-file`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::source::Source;
use crate::span::Span;

/// A file beside the notes that a browser would run.
pub const RULE: Rule = Rule {
    name: "refused-file",
    summary: "A file beside the notes that a browser would run.",
    level: Level::Error,
    relaxation: Relaxation::None("it could run a program in the browser of a reader"),
    options: &[],
    page: manual!("refused-file"),
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
