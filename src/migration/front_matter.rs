//! The front matter of other programs: YAML between lines of `---`, TOML between lines of `+++`, or JSON in braces.

use std::ops::Range;

use super::Remark;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::table::{Notation, UntypedSettings, untyped};

/// The front matter of a file, and its text.
#[derive(Debug, Default)]
pub(super) struct SplitNote<'t> {
    pub(super) settings: UntypedSettings,
    pub(super) text: &'t str,
    /// The line in which the text begins, from one.
    pub(super) first: usize,
}

/// Reads the front matter of the file at `path`.
pub(super) fn split<'t>(path: &str, written: &'t str, remarks: &mut Vec<Remark>) -> SplitNote<'t> {
    let written = written.strip_prefix('\u{feff}').unwrap_or(written);
    // Zola passes over blank lines above it.
    let blank = written.len() - written.trim_start().len();
    let blank = if written[blank..].starts_with("+++") { blank } else { 0 };
    let found = block(&written[blank..]).map(|(notation, inner, body)| {
        (notation, inner.start + blank..inner.end + blank, body + blank)
    });
    let Some((notation, inner, body)) = found else {
        return SplitNote { settings: Vec::new(), text: written, first: 1 };
    };
    let line_of = |at: usize| 1 + written[..at.min(written.len())].matches('\n').count();
    let settings = read(path, written, inner.clone(), notation, remarks);
    for (at, line) in written[inner.clone()].lines().enumerate() {
        if let Some(comment) = line.trim_start().strip_prefix('#') {
            let number = line_of(inner.start) + at;
            let text = format!("dropped a comment in the front matter: {}", comment.trim());
            remarks.push(Remark::new(path, number, text));
        }
    }
    SplitNote { settings, text: &written[body..], first: line_of(body) }
}

/// Reads settings in `range` of a file. Lines that can't be read are dropped with a remark.
pub(super) fn read(
    path: &str,
    written: &str,
    range: Range<usize>,
    notation: Notation,
    remarks: &mut Vec<Remark>,
) -> UntypedSettings {
    let mut problems: Vec<Diagnostic> = Vec::new();
    let text = &written[range.clone()];
    let settings = untyped(&SourcePath::new(path), range.start, text, notation, &mut problems);
    for problem in problems {
        let at = written.floor_char_boundary((problem.span.start as usize).min(written.len()));
        let number = 1 + written[..at].matches('\n').count();
        let line = written.lines().nth(number - 1).unwrap_or_default().trim();
        let text = format!("dropped what can't be read ({}): {line}", problem.message);
        remarks.push(Remark::new(path, number, text));
    }
    settings
}

/// Returns the notation of the front matter, its place, and the place where the text begins.
fn block(written: &str) -> Option<(Notation, Range<usize>, usize)> {
    let first = written.lines().next()?.trim_end();
    let notation = match first {
        "---" => Notation::Yaml,
        "+++" => Notation::Toml,
        "{" => return json(written),
        _ => return None,
    };
    let start = written.find('\n')? + 1;
    let mut at = start;
    for line in written[start..].split_inclusive('\n') {
        let end = line.trim_end();
        if end == first || end == "..." && notation == Notation::Yaml {
            return Some((notation, start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Returns the place of an object of JSON at the beginning of a text.
fn json(written: &str) -> Option<(Notation, Range<usize>, usize)> {
    let mut values = serde_json::Deserializer::from_str(written).into_iter::<serde_json::Value>();
    let is_object = matches!(values.next(), Some(Ok(serde_json::Value::Object(_))));
    let end = values.byte_offset();
    is_object.then_some((Notation::Yaml, 0..end, end))
}
