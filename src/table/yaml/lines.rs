//! The lines of YAML that belong to one setting, where a parser can't tell.

use std::ops::Range;

use crate::table::quoted;

/// The longest value that is written again, in bytes: nobody writes longer ones in one line by hand.
const LONGEST: usize = 1000;

/// Returns the lines of the setting around a place: from its key on, as far as the next one.
pub(in super::super) fn setting_around(text: &str, at: usize) -> Range<usize> {
    let mut start = line_start(text, at.min(text.len()));
    // What lies behind the last line belongs to that.
    while start > 0 && text[start..].trim().is_empty() {
        start = line_start(text, start - 1);
    }
    while start > 0 && !begins_setting(&text[start..]) {
        start = line_start(text, start - 1);
    }
    let mut end = start;
    while end < text.len() {
        end = text[end..].find('\n').map_or(text.len(), |length| end + length + 1);
        if begins_setting(&text[end..]) {
            break;
        }
    }
    start..end
}

/// Returns the value of the line around a place as a text in quotes, and its place; none if the line holds no
/// value that may be meant as a text.
pub(in super::super) fn quoted_value(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let start = line_start(text, at.min(text.len()));
    let line = text[start..].split('\n').next()?.trim_end();
    let mut from = line.len() - line.trim_start().len();
    while let Some(rest) = line[from..].strip_prefix("- ") {
        from = line.len() - rest.trim_start().len();
    }
    let key = line[from..].find(": ").filter(|at| is_key(&line[from..from + at]));
    if let Some(length) = key {
        from = line.len() - line[from + length + 2..].trim_start().len();
    }
    let value = &line[from..];
    let is_text =
        (1..=LONGEST).contains(&value.len()) && !value.starts_with(['"', '\'', '|', '>', '{']);
    // What follows # may be a remark.
    (is_text && !value.contains(" #") && (key.is_some() || line.trim_start().starts_with("- ")))
        .then(|| (start + from..start + line.len(), quoted(value)))
}

fn is_key(text: &str) -> bool {
    let is_of_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    !text.is_empty() && text.chars().all(is_of_key)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..text.floor_char_boundary(at)].rfind('\n').map_or(0, |at| at + 1)
}

/// Says whether a text begins with a line that belongs to no setting above it.
fn begins_setting(text: &str) -> bool {
    !text.is_empty() && !text.starts_with([' ', '\t', '-', '#', ']', '}', '\r', '\n'])
}
