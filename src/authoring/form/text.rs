//! The text below the front matter, as a form shows and changes it.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::diagnostic::line_break;

/// Returns the place of the text that a form shows: all below the front matter, without the empty lines around it.
pub(super) fn shown_place(text: &str, body: usize) -> Range<usize> {
    let below = &text[body..];
    if below.trim().is_empty() {
        return body..text.len();
    }
    let start = below.len() - below.trim_start_matches(['\n', '\r']).len();
    body + start..body + below.trim_end_matches(['\n', '\r']).len()
}

/// Returns a text with the line breaks that a form has.
pub(super) fn with_plain_breaks(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Returns a text with `new` in the place of what a form showed. Lines that are the same keep their bytes.
pub(super) fn with_shown(text: &str, body: usize, new: &str) -> String {
    let place = shown_place(text, body);
    let (old, new) = (&text[place.clone()], with_plain_breaks(new));
    if old.trim().is_empty() {
        if new.trim().is_empty() {
            return text.to_owned();
        }
        let line_break = line_break(text);
        let above = text[..body].trim_start_matches('\u{feff}');
        let gap = match above {
            "" => String::new(),
            above if above.ends_with('\n') => line_break.to_owned(),
            _ => line_break.repeat(2),
        };
        let new = new.trim_end_matches('\n').replace('\n', line_break);
        return format!("{}{gap}{new}{line_break}", &text[..body]);
    }
    let edited = if old.contains('\r') { merged(old, &new, line_break(text)) } else { new };
    format!("{}{edited}{}", &text[..place.start], &text[place.end..])
}

/// Returns the lines of `new`, each with the break that it has in `old`, or else with `line_break`.
fn merged(old: &str, new: &str, line_break: &str) -> String {
    let (before, after) = (lines(old), lines(new));
    let old_lines: Vec<&str> = before.iter().map(|line| &old[line.0..line.1]).collect();
    let new_lines: Vec<&str> = after.iter().map(|line| &new[line.0..line.1]).collect();
    let mut merged = String::with_capacity(new.len() + new.len() / 16);
    let last = after.len().saturating_sub(1);
    let mut add = |at: usize, own_break: &str| {
        merged.push_str(new_lines[at]);
        if at < last {
            merged.push_str(if own_break.is_empty() { line_break } else { own_break });
        }
    };
    for step in capture_diff_slices(Algorithm::Myers, &old_lines, &new_lines) {
        match step {
            DiffOp::Equal { old_index, new_index, len } => {
                for offset in 0..len {
                    let (_, end, next) = before[old_index + offset];
                    add(new_index + offset, &old[end..next]);
                }
            }
            DiffOp::Delete { .. } => {}
            DiffOp::Insert { new_index, new_len, .. }
            | DiffOp::Replace { new_index, new_len, .. } => {
                (new_index..new_index + new_len).for_each(|at| add(at, ""));
            }
        }
    }
    merged
}

/// Returns the start and end of each line, and the start of the next: a line ends with LF, CR or both.
fn lines(text: &str) -> Vec<(usize, usize, usize)> {
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(length) = text[start..].find(['\n', '\r']) {
        let end = start + length;
        let next = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
        lines.push((start, end, next));
        start = next;
    }
    lines.push((start, text.len(), text.len()));
    lines
}
