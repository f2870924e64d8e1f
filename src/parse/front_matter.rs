//! The block between `+++` lines at the top of a file.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::path::SourcePath;
use crate::span::Span;

/// The range of the front matter in `text`, and where the text after it starts. A file without a
/// readable block has an empty one.
pub(super) fn split(
    path: &SourcePath,
    text: &str,
    out: &mut Vec<Diagnostic>,
) -> (Range<usize>, usize) {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = line_at(text, start);
    if text[first.clone()].trim_end() != "+++" {
        if text[first.clone()].trim_end() == "---" {
            let message = "front matter stands between lines of +++, and is written as TOML";
            let help = "change both --- lines to +++, and each `key: value` to `key = \"value\"`";
            let span = Span::from(first.start..first.start + 3);
            out.push(Diagnostic::error(path, span, Code::BadFrontMatter, message).help(help));
        }
        return (start..start, start);
    }
    let block = first.end;
    let mut at = block;
    while at < text.len() {
        let line = line_at(text, at);
        if text[line.clone()].trim_end() == "+++" {
            return (block..line.start, line.end);
        }
        at = line.end;
    }
    let message = "the front matter has no closing +++";
    let help = "put a line of +++ after its last setting";
    let span = Span::from(first.start..first.start + 3);
    out.push(Diagnostic::error(path, span, Code::BadFrontMatter, message).help(help));
    (start..start, text.len())
}

/// The line that starts at `at`, its break included.
fn line_at(text: &str, at: usize) -> Range<usize> {
    at..text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}
