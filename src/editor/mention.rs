//! Mentions of the terms of the glossary in a text, as a page marks them.

use super::signs::{comments, fenced_parts, is_within};
use super::{EditedBook, OpenText, pointed};
use crate::note::NoteId;
use crate::span::Span;

/// Returns the term that a text mentions at byte `at`, with the place of its name. Names in links, code and comments are none.
pub(super) fn mentioned_term(
    book: EditedBook<'_>,
    text: &OpenText,
    at: u32,
) -> Option<(Span, NoteId)> {
    let note = text.note.as_deref().filter(|note| note.facts.marks_terms)?;
    if at <= note.spans.front_matter.end || pointed(text, at).is_some() {
        return None;
    }
    let (at, written) = (at as usize, &*text.text);
    if is_within(&fenced_parts(written), at) || is_within(&comments(written), at) {
        return None;
    }
    let start = written.get(..at)?.rfind("\n\n").map_or(0, |start| start + 2);
    let length = written[at..].find("\n\n").unwrap_or(written.len() - at);
    let paragraph = &written[start..at + length];
    let language = &note.facts.card.language;
    let terms = &book.site().terms;
    let (name, term) = terms.named_at(language, paragraph, at - start)?;
    let is_code = paragraph[..name.start].matches('`').count() % 2 == 1;
    let is_own = book.id_of(&text.path) == Some(term);
    let span = Span::from(start + name.start..start + name.end);
    (!is_code && !is_own).then_some((span, term))
}
