//! Signs of Markdown in a text: whether they are escaped, and the lines that they stand in.

use std::ops::Range;

/// The distance within which the other signs of a link are looked for, in bytes.
pub(crate) const REACH: usize = 300;

/// Says whether a sign at `at` stands behind a backslash that counts.
pub(crate) fn is_escaped(markdown: &str, at: usize) -> bool {
    let backslashes = markdown[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
    backslashes % 2 == 1
}

/// Says whether nothing but the signs of quotations stands before a place in its line.
pub(crate) fn starts_line(markdown: &str, at: usize) -> bool {
    let signs = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>');
    let before = markdown.as_bytes()[..at].iter().rev().find(|byte| !signs(byte));
    matches!(before, None | Some(b'\n'))
}

/// Returns the line in which a place stands, without the signs of quotations before it, and its start.
pub(crate) fn line_of(markdown: &str, at: usize) -> (usize, &str) {
    let start = markdown[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = markdown[start..].split('\n').next().unwrap_or_default();
    let text = line.trim_start_matches([' ', '\t', '>']);
    (start + line.len() - text.len(), text.trim_end())
}

/// Returns the range of a whole line, break included, if nothing stands in it before `at.start` and
/// behind `at.end`.
pub(crate) fn whole_line(markdown: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let starts = at.start == 0 || markdown[..at.start].ends_with('\n');
    let rest = &markdown[at.end..];
    let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
    (starts && rest[..length].trim().is_empty()).then_some(at.start..at.end + length)
}

/// Returns the line after a place, without the signs of quotations.
pub(crate) fn line_below(markdown: &str, at: usize) -> &str {
    let rest = markdown[at..].split_once('\n').map_or("", |(_, rest)| rest);
    let line = rest.split('\n').next().unwrap_or_default();
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

/// Returns the line above one that starts at `start`, without the signs of quotations.
pub(crate) fn line_above(markdown: &str, start: usize) -> &str {
    let above = markdown[..start].rfind('\n').unwrap_or(0);
    if above == 0 { "" } else { line_of(markdown, above).1 }
}
