//! Diagnostics drawn for people and written for programs, and counted. Nothing that a stranger wrote
//! reaches a form for people but through [`visible`](crate::visible).

mod baseline;
mod github;
mod human;
mod json;
mod sarif;
mod tally;

use std::borrow::Cow;
use std::fmt::Write;

pub use baseline::KnownProblems;
pub use github::{annotations, job_summary};
pub use human::human;
pub use json::json;
pub use sarif::sarif;
pub use tally::tally;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Sources};
use crate::span::LineIndex;
use crate::visible::{shown, shown_lines};

/// Where a problem is, as people count: lines from one, columns from one in characters. The end is
/// the place after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePlace {
    /// The line it begins in.
    pub line: usize,
    /// The column it begins at.
    pub column: usize,
    /// The line it ends in.
    pub end_line: usize,
    /// The column it ends before.
    pub end_column: usize,
}

/// Each diagnostic with its place. They come in the order of files, so each file is looked at once.
pub fn placed<'d>(
    diagnostics: &'d [Diagnostic],
    sources: &Sources,
) -> Vec<(&'d Diagnostic, LinePlace)> {
    let mut placed = Vec::with_capacity(diagnostics.len());
    for of_file in diagnostics.chunk_by(|a, b| a.path == b.path) {
        let text = text_of(&of_file[0], sources);
        let index = LineIndex::new(text);
        placed.extend(of_file.iter().map(|diagnostic| {
            let range = diagnostic.span.within(text);
            let (line, column) = index.line_column(text, range.start);
            let (end_line, end_column) = index.line_column(text, range.end);
            (diagnostic, LinePlace { line, column, end_line, end_column })
        }));
    }
    placed
}

fn text_of<'s>(diagnostic: &Diagnostic, sources: &'s Sources) -> &'s str {
    sources.get(&diagnostic.path).map_or("", Source::shown)
}

/// Diagnostics as `path:line:column: severity[code]: message`, with help indented below. Each is one
/// line, whatever the writer's text that it quotes.
pub fn lines(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for (diagnostic, LinePlace { line, column, .. }) in placed(diagnostics, sources) {
        let Diagnostic { path, rule, severity, message, .. } = diagnostic;
        let (path, message, code) = (shown(path.as_str()), in_one_line(message), rule.name);
        let _ = writeln!(out, "{path}:{line}:{column}: {severity}[{code}]: {message}");
        for help in diagnostic.helps() {
            let _ = writeln!(out, "  help: {}", in_one_line(&help));
        }
        for line in &diagnostic.paste {
            let _ = writeln!(out, "    {}", in_one_line(line));
        }
    }
    out
}

/// Returns a sentence of a diagnostic as a part of one line, with nothing hidden.
fn in_one_line(sentence: &str) -> Cow<'_, str> {
    match sentence.contains(['\r', '\n']) {
        true => Cow::Owned(shown(&sentence.replace(['\r', '\n'], " ")).into_owned()),
        false => shown(sentence),
    }
}

/// Returns what is wrong and all that helps, a line each, with nothing hidden.
fn sentences(diagnostic: &Diagnostic) -> String {
    let said = std::iter::once(diagnostic.message.clone()).chain(diagnostic.helps());
    let all: Vec<String> = said.chain(diagnostic.paste.iter().cloned()).collect();
    shown_lines(&all.join("\n")).into_owned()
}

/// How many of the diagnostics are errors, and how many warnings.
pub fn errors_and_warnings(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    (errors, diagnostics.len() - errors)
}

/// `1 note`, `2 notes`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
