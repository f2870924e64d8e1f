//! Unfinished merges of git: it writes both versions of what two people changed, and lines that part them.

use std::ops::Range;

use memchr::memmem;

use super::edited::Replacement;

/// Adds edits that take out the lines which a merge of git left, so that nothing else is reported of them. Returns
/// the place of the first.
pub(crate) fn take_out(written: &str, edits: &mut Vec<Replacement>) -> Option<Range<usize>> {
    let lines = lines(written);
    let first = lines.first()?.clone();
    edits.retain(|edit| {
        let at = lines.partition_point(|line| line.end <= edit.at.start);
        lines.get(at).is_none_or(|line| edit.at.end <= line.start)
    });
    edits.extend(lines.into_iter().map(|at| Replacement { at, with: "\n".to_owned() }));
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    Some(first.start..first.start + written[first].trim_end().len())
}

/// Returns the first of two versions of settings, and the line above it, if a merge left both.
pub(crate) fn first_version(settings: &str) -> Option<(Range<usize>, String)> {
    let mut first = None;
    let (mut version, mut at, mut is_first) = (String::new(), 0, true);
    for line in settings.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        match line {
            _ if line.starts_with("<<<<<<< ") => drop(first.get_or_insert(range)),
            _ if line.starts_with(">>>>>>> ") => is_first = true,
            _ if line.starts_with("||||||| ") || line.trim_end() == "=======" => is_first = false,
            _ if is_first => version.push_str(line),
            _ => {}
        }
    }
    first.map(|first| (first, version))
}

/// Finds the lines that an unfinished merge of git left in a text, with their line breaks.
fn lines(text: &str) -> Vec<Range<usize>> {
    let is_there = memchr::memchr(b'<', text.as_bytes()).is_some();
    if !is_there || memmem::find(text.as_bytes(), b"<<<<<<< ").is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut at, mut is_open, mut fence) = (0, false, None);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let line = line.trim_end();
        // A block of code may show what git writes.
        let inner = line.trim_start();
        let opens = ["```", "~~~"].into_iter().find(|sign| inner.starts_with(sign));
        match (fence, opens) {
            (None, Some(sign)) if !is_open => fence = Some(sign),
            (Some(sign), Some(other)) if sign == other => fence = None,
            _ => {}
        }
        let starts = line.starts_with("<<<<<<< ") && fence.is_none();
        let ends = line.starts_with(">>>>>>> ");
        if starts || is_open && (ends || line == "=======" || line.starts_with("||||||| ")) {
            found.push(range);
            is_open = !ends;
        }
    }
    let is_whole = found.iter().any(|range| text[range.clone()].starts_with('>'));
    if is_whole { found } else { Vec::new() }
}
