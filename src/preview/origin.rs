//! The passage of a note from which an element of a page comes. The page itself contains no trace
//! of it: its text is filled again, this time with a record of the origin of each piece.

use crate::note::{NoteId, Origin};
use crate::path::{OutputPath, SourcePath};
use crate::span::Span;
use crate::view::traced;
use crate::workspace::Snapshot;

/// Returns the origin of the `nth` element called `tag` in `page`: a block of the note or of one
/// that it embeds, or else the title of the note. Returns `None` if the page isn't that of a note
/// with a file.
pub fn origin(
    snapshot: &Snapshot,
    path: &OutputPath,
    page: &[u8],
    tag: &str,
    nth: usize,
) -> Option<(SourcePath, Span)> {
    let id = snapshot.plan.outputs.get(path)?.made.note_page()?;
    let page = std::str::from_utf8(page).ok()?;
    let found = in_text(snapshot, id, page, tag, nth);
    let note = snapshot.site.note(found.map_or(id, |(id, _)| id));
    if note.facts.origin != Origin::File {
        return None;
    }
    let block = found.and_then(|(_, at)| note.spans.block_at(at));
    let span = block.map_or(note.spans.title, |at| Span { start: at, end: at });
    Some((note.source.clone(), span))
}

/// Returns the note whose text contains the element, and the offset in its body.
fn in_text(
    snapshot: &Snapshot,
    id: NoteId,
    page: &str,
    tag: &str,
    nth: usize,
) -> Option<(NoteId, u32)> {
    let (text, pieces) = traced(&snapshot.site, id);
    let text_at = page.find(&text).filter(|_| !text.is_empty())?;
    let at = elements(page, tag).nth(nth)?.checked_sub(text_at).filter(|at| *at < text.len())?;
    let piece = pieces[..pieces.partition_point(|piece| piece.at <= at)].last()?;
    Some((piece.note, piece.from + (at - piece.at) as u32))
}

/// Returns the offset of each element called `tag`, except in scripts, styles and comments.
fn elements<'p>(page: &'p str, tag: &'p str) -> impl Iterator<Item = usize> + 'p {
    let mut skip_to = 0;
    page.match_indices('<').map(|(at, _)| at).filter(move |&at| {
        let rest = &page[at + 1..];
        for (start, end) in [("script", "</script"), ("style", "</style"), ("!--", "-->")] {
            if at >= skip_to && rest.starts_with(start) {
                skip_to = at + 1 + rest.find(end).unwrap_or(rest.len());
            }
        }
        let after = rest.get(tag.len()..).and_then(|after| after.chars().next());
        at >= skip_to
            && rest.starts_with(tag)
            && after.is_some_and(|c| c == '>' || c == '/' || c.is_ascii_whitespace())
    })
}
