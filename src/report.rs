//! Reports of diagnostics, for people and for programs, and counts of them. Text from the book
//! reaches reports for people only through [`visible`](crate::visible).

mod baseline;
mod diff;
mod github;
mod gitlab;
mod human;
mod json;
mod sarif;
mod tally;

use std::borrow::Cow;
use std::fmt::Write;

pub use baseline::KnownProblems;
pub use diff::unified_diff;
pub use github::{annotations, job_summary};
pub use gitlab::gitlab;
pub use human::human;
pub use json::json;
pub use sarif::sarif;
pub use tally::tally;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Sources};
use crate::span::{LineIndex, Span};
use crate::visible::{shown, shown_lines};

/// The position of a problem, in the way people count: lines from one, columns from one, in
/// characters. The end is the position after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePlace {
    /// The line of the start.
    pub line: usize,
    /// The column of the start.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column of the end.
    pub end_column: usize,
}

impl LinePlace {
    fn new(span: Span, text: &str, lines: &LineIndex) -> Self {
        let range = span.within(text);
        let (line, column) = lines.line_column(text, range.start);
        let (end_line, end_column) = lines.line_column(text, range.end);
        Self { line, column, end_line, end_column }
    }
}

/// Returns each diagnostic with its position. Diagnostics come sorted by file, so each file is
/// indexed once.
pub fn placed<'d>(
    diagnostics: &'d [Diagnostic],
    sources: &Sources,
) -> Vec<(&'d Diagnostic, LinePlace)> {
    let mut placed = Vec::with_capacity(diagnostics.len());
    for of_file in diagnostics.chunk_by(|a, b| a.path == b.path) {
        let text = text_of(&of_file[0], sources);
        let index = LineIndex::new(text);
        let place = |diagnostic: &'d Diagnostic| {
            (diagnostic, LinePlace::new(diagnostic.span, text, &index))
        };
        placed.extend(of_file.iter().map(place));
    }
    placed
}

fn text_of<'s>(diagnostic: &Diagnostic, sources: &'s Sources) -> &'s str {
    sources.get(&diagnostic.path).map_or("", Source::shown)
}

/// Returns diagnostics as `path:line:column: severity[code]: message`, with help indented below.
/// Each takes one line, whatever text of the book it quotes.
pub fn lines(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for (diagnostic, LinePlace { line, column, .. }) in placed(diagnostics, sources) {
        let Diagnostic { path, rule, severity, message, .. } = diagnostic;
        let (path, message, code) = (shown(path.as_str()), in_one_line(message), rule.name);
        let _ = writeln!(out, "{path}:{line}:{column}: {severity}[{code}]: {message}");
        for help in diagnostic.helps() {
            let _ = writeln!(out, "  help: {}", in_one_line(&help));
        }
        for line in diagnostic.shown_fix() {
            let _ = writeln!(out, "    {}", in_one_line(line));
        }
    }
    out
}

/// Returns a sentence of a diagnostic on one line, with invisible characters made visible.
fn in_one_line(sentence: &str) -> Cow<'_, str> {
    if sentence.contains(['\r', '\n']) {
        Cow::Owned(shown(&sentence.replace(['\r', '\n'], " ")).into_owned())
    } else {
        shown(sentence)
    }
}

/// Returns the message and all help of a diagnostic, one line each, with invisible characters made
/// visible.
fn sentences(diagnostic: &Diagnostic) -> String {
    let said = std::iter::once(diagnostic.message.to_string()).chain(diagnostic.helps());
    let all: Vec<String> = said.chain(diagnostic.shown_fix().map(str::to_owned)).collect();
    shown_lines(&all.join("\n")).into_owned()
}

/// Counts the errors and the warnings among the diagnostics.
pub fn errors_and_warnings(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    (errors, diagnostics.len() - errors)
}

/// Returns a number with its noun: `1 note`, `2 notes`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
