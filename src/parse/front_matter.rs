//! The block between `+++` lines at the top of a file.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::span::Span;

/// What stands above and below front matter.
const FENCE: &str = "+++";

/// The range of the front matter in `text`, and where the text after it starts. A file without a
/// readable block has an empty one. What is meant as a block, though written otherwise, is reported
/// and, where it is TOML, read all the same.
pub(super) fn split(
    path: &SourcePath,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> (Range<usize>, usize) {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut report = |line: Range<usize>, message: &str, help: &str| {
        let line = line.start..line.start + text[line].trim_end().len();
        let error = Diagnostic::error(path, Span::from(line), Code::BadFrontMatter, message);
        out.push(error.help(help));
    };
    let first = line_at(text, start);
    let written = text[first.clone()].trim_end();
    if written == "---" {
        let message = "front matter stands between lines of +++, and is written as TOML";
        let help = "change both --- lines to +++, and each `key: value` to `key = \"value\"`";
        report(first.clone(), message, help);
        let end = find(text, first.end, |line| line == "---");
        return (start..start, end.map_or(start, |line| line.end));
    }
    let opening = match written {
        FENCE => first,
        _ => match other_opening(text, first.clone()) {
            Some((line, message, help)) => {
                report(line.clone(), message, help);
                line
            }
            None if is_setting(written) && find(text, first.end, |l| l == FENCE).is_some() => {
                let message = "the front matter has no opening +++";
                report(first, message, "put a line of +++ above its first setting");
                start..start
            }
            None => return (start..start, start),
        },
    };
    let block = opening.end;
    if let Some(line) = find(text, block, |line| line == FENCE) {
        return (block..line.start, line.end);
    }
    if let Some(line) =
        find(text, block, |line| matches!(line.trim(), "---" | "..." | FENCE) || is_plus(line))
    {
        let help = "write just three plus signs in this line";
        report(line.clone(), "the front matter ends with a line of +++", help);
        return (block..line.start, line.end);
    }
    let message = "the front matter has no closing +++";
    report(opening, message, "put a line of +++ after its last setting");
    (start..start, text.len())
}

/// A line that is meant to open the front matter, and what is wrong with it.
fn other_opening(
    text: &str,
    first: Range<usize>,
) -> Option<(Range<usize>, &'static str, &'static str)> {
    let written = &text[first.clone()];
    if written.trim() == FENCE {
        let message = "there are spaces before the +++";
        return Some((first, message, "begin the file with +++"));
    }
    if is_plus(written) {
        let message = "front matter begins with three plus signs";
        return Some((first, message, "write +++ in this line, and nothing else"));
    }
    if !written.trim().is_empty() {
        return None;
    }
    let line = find(text, first.end, |line| !line.trim().is_empty())?;
    let message = "front matter begins in the first line of the file";
    (text[line.clone()].trim() == FENCE).then_some((line, message, "delete what stands above it"))
}

/// Whether a line consists of plus signs, though not of three.
fn is_plus(line: &str) -> bool {
    let line = line.trim();
    (2..=6).contains(&line.len()) && line.bytes().all(|byte| byte == b'+')
}

/// `key = value`.
fn is_setting(line: &str) -> bool {
    let key = line.split_once('=').map(|(key, _)| key.trim());
    let is_letter = |c: char| c.is_ascii_lowercase() || c == '-';
    key.is_some_and(|key| !key.is_empty() && key.chars().all(is_letter))
}

/// The first line from `at` on that fits, its break included.
fn find(text: &str, mut at: usize, fits: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    while at < text.len() {
        let line = line_at(text, at);
        if fits(text[line.clone()].trim_end()) {
            return Some(line);
        }
        at = line.end;
    }
    None
}

/// The line that starts at `at`, its break included.
fn line_at(text: &str, at: usize) -> Range<usize> {
    at..text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}
