//! Diagnostics for people, with the source line underlined.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{in_one_line, text_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use crate::span::LineIndex;
use crate::visible::{shown, shown_with};

/// The most bytes of a source line that are shown on each side of the problem.
const CONTEXT_BYTES: usize = 400;

/// The most problems that are drawn; nobody reads more at once.
const MAX_DRAWN: usize = 200;

/// Returns diagnostics with the source line underlined. Colours are escape codes, which the output
/// stream keeps or strips.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    let drawn = &diagnostics[..diagnostics.len().min(MAX_DRAWN)];
    for of_file in drawn.chunk_by(|a, b| a.path == b.path) {
        let text = text_of(&of_file[0], sources);
        let lines = LineIndex::new(text);
        for diagnostic in of_file {
            let _ = write!(out, "{}\n\n", renderer.render(&[group(diagnostic, text, &lines)]));
        }
    }
    if drawn.len() < diagnostics.len() {
        let _ = write!(out, "… and {} more\n\n", diagnostics.len() - drawn.len());
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, text: &'a str, lines: &LineIndex) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(in_one_line(&diagnostic.message)).id(diagnostic.rule.name);
    let (part, first_line, range) = excerpt(text, lines, diagnostic.span.within(text));
    let (part, [start, end]) = shown_with(part, [range.start, range.end]);
    let snippet = Snippet::source(part)
        .path(shown(diagnostic.path.as_str()))
        .line_start(first_line)
        .annotation(AnnotationKind::Primary.span(start..end));
    let group = Group::with_title(title).element(snippet);
    let mut helps: Vec<String> =
        diagnostic.helps().iter().map(|help| in_one_line(help).into_owned()).collect();
    if let Some(last) = helps.last_mut() {
        for line in diagnostic.shown_fix() {
            let _ = write!(last, "\n{}", in_one_line(line));
        }
    }
    helps.into_iter().fold(group, |group, help| group.element(Level::HELP.message(help)))
}

/// Returns the line of `range`, shortened if it is very long, its number, and the range within it.
/// Only the first line of a range is shown.
fn excerpt<'a>(
    text: &'a str,
    lines: &LineIndex,
    range: Range<usize>,
) -> (&'a str, usize, Range<usize>) {
    let (line, whole) = lines.line_around(text, range.start);
    let start =
        whole.start.max(text.floor_char_boundary(range.start.saturating_sub(CONTEXT_BYTES)));
    let end = whole.end.min(text.ceil_char_boundary((range.start + CONTEXT_BYTES).min(text.len())));
    let inner = range.start.min(end) - start..range.end.min(end) - start;
    (&text[start..end], line, inner)
}
