//! The text of a note before its HTML is made: comments are taken out of it, and texts that Markdown's parser would
//! read otherwise than they are meant are edited.

mod addresses;
mod comments;
mod conflict;
mod edited;
mod events;
mod formulas;
mod highlighted;
mod located;
mod mends;
mod nesting;
mod scripts;
mod signs;
mod typed;

pub(crate) use conflict::first_version;
pub(crate) use edited::{EditedText, Replacement};
pub(crate) use events::{OPTIONS, ParsedEvents, is_inline, is_inline_end};
pub(crate) use formulas::in_code as formula_in_code;
pub(crate) use located::LocatedEvent;
pub(crate) use nesting::DEEPEST;
pub(crate) use signs::{
    REACH, is_escaped, line_above, line_below, line_of, starts_line, whole_line,
};
pub(crate) use typed::as_typed;

use super::findings::Findings;
use super::rules::{deep_nesting, merge_conflict, unclosed_comment};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;
use crate::span::Span;

/// Takes out what is not for readers: comments, and the lines that an unfinished merge left. Returns the text
/// without it, and the edits that were made. `written` starts `start` bytes into the file.
pub(crate) fn without_comments<'t>(
    path: &SourcePath,
    written: &'t str,
    start: usize,
    out: &mut Vec<Diagnostic>,
) -> (EditedText<'t>, Vec<Replacement>) {
    let comments = comments::find(written);
    let mut edits = comments.edits;
    if let Some(first) = conflict::take_out(written, &mut edits) {
        out.push(merge_conflict::finding(path, Span::shifted(first, start)));
    }
    if let Some(at) = comments.unclosed {
        let as_written = EditedText::new(written, start, &[]);
        unclosed_comment::report(&mut Findings::new(path, &as_written, out), &at);
    }
    let without = EditedText::new(written, start, &edits);
    let Some(at) = nesting::too_deep(&without.text) else { return (without, edits) };
    deep_nesting::report(&mut Findings::new(path, &without, out), &at);
    (EditedText::new("", start, &[]), Vec::new())
}

/// Returns the text as it is meant, if Markdown's parser reads it otherwise: `edited` has the events `parsed`, and
/// was made of `written` by `edits`. Most texts are returned as none, and need not be read again.
pub(crate) fn as_meant<'t>(
    written: &'t str,
    start: usize,
    edited: &EditedText<'_>,
    parsed: &ParsedEvents<'_>,
    mut edits: Vec<Replacement>,
) -> Option<EditedText<'t>> {
    let links = addresses::find(&edited.text, &parsed.events);
    let mends = mends::find(&edited.text, parsed, links);
    if mends.is_empty() {
        return None;
    }
    edits.extend(mends.into_iter().map(|mend| Replacement { at: edited.written(mend.at), ..mend }));
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    Some(EditedText::new(written, start, &edits))
}
