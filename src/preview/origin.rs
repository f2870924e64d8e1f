//! Where in which note a passage of a page comes from. Nothing of this is in the page itself: its
//! text is filled once more, this time with a trace of what came from where.

use crate::note::{NoteId, Origin};
use crate::path::{OutputPath, SourcePath};
use crate::span::Span;
use crate::view::{PageKey, traced};
use crate::workspace::{Recipe, Snapshot};

/// The place that the element called `tag`, the `nth` of that name in `page`, was made from: a
/// block of the note or of one that it embeds, or else the title of the note. `None` where the
/// page is not that of a note with a file.
pub fn origin(
    snapshot: &Snapshot,
    path: &OutputPath,
    page: &[u8],
    tag: &str,
    nth: usize,
) -> Option<(SourcePath, Span)> {
    let Recipe::Rendered(PageKey::Note(id)) = snapshot.plan.outputs.get(path)?.made else {
        return None;
    };
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

/// The note whose text the element is in, and where in its body.
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

/// Where each element called `tag` begins; what stands in scripts and comments are none.
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
