//! The words that could be written at a place.

mod links;
mod settings;

use super::{BookView, EditedBook, OpenText};
use crate::diagnostic::TextEdit;
use crate::note::{Note, NoteId};
use crate::span::Span;

/// The most notes that are offered at once.
const MAX_OFFERED: usize = 200;

/// The words that could be written at a place, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompletionList {
    /// The part of the text that a word replaces.
    pub span: Span,
    /// The words.
    pub offers: Vec<CompletionOffer>,
    /// True if there are more, which further letters would bring.
    pub has_more: bool,
}

/// A word that could be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionOffer {
    /// The word as it is shown.
    pub label: String,
    /// A few words about it.
    pub detail: String,
    /// Its sort.
    pub sort: OfferSort,
    /// The text that is written.
    pub text: OfferText,
    /// True if it is a note that is outdated.
    pub is_past: bool,
    /// The note, if it is one.
    pub note: Option<NoteId>,
    /// Further edits of the same text.
    pub more: Vec<TextEdit>,
}

/// The text that an offer writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferText {
    /// The text before the cursor.
    pub before: String,
    /// The text after the cursor.
    pub after: String,
}

/// The sort of a word that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferSort {
    /// A note.
    Note,
    /// A heading or block of a note.
    Part,
    /// A picture or another file.
    File,
    /// A key of the front matter.
    Key,
    /// A word of a list.
    Word,
    /// A date.
    Date,
    /// A footnote.
    Footnote,
}

impl CompletionOffer {
    /// Creates an offer of a word.
    fn new(label: &str, detail: impl Into<String>, sort: OfferSort, before: String) -> Self {
        Self {
            label: label.to_owned(),
            detail: detail.into(),
            sort,
            text: OfferText { before, after: String::new() },
            is_past: false,
            note: None,
            more: Vec::new(),
        }
    }

    /// Creates an offer of a note.
    fn of_note(book: EditedBook<'_>, id: NoteId, written: String) -> Self {
        let site = book.site();
        let facts = &site.note(id).facts;
        let path: &str = &facts.place.path;
        let detail = match path {
            "" => facts.card.kind_title.clone(),
            path => format!("{} · {path}", facts.card.kind_title),
        };
        Self {
            is_past: site.is_past(id),
            note: Some(id),
            ..Self::new(&facts.card.title, detail, OfferSort::Note, written)
        }
    }
}

/// Returns the words that could be written at byte `at` of a text.
pub fn completion(book: EditedBook<'_>, text: &OpenText, at: u32) -> Option<CompletionList> {
    text.note.as_ref()?;
    let at = text.text.floor_char_boundary(at as usize);
    if let Some(cursor) = super::settings::setting_at(&text.path, &text.text, at) {
        return settings::offers(book, text, &cursor);
    }
    links::offers(book, text, at)
}

/// Returns what an editor shows of a note that is offered.
pub fn offer_text(view: &BookView, id: NoteId) -> String {
    let note: &Note = view.site.note(id);
    let summary = note.facts.card.summary.clone();
    let lead = || (!note.body.lead.is_empty()).then(|| note.body.lead.clone());
    summary.or_else(lead).unwrap_or_default()
}
