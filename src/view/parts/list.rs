//! Notes as entries of lists.

use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};

use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::language::Language;
use crate::note::{NoteCard, NoteId};
use crate::site::Site;
use crate::view::parts::quote::QuoteView;
use crate::view::parts::{colour, filed};
use crate::words::Strings;

/// A note in a list.
#[derive(Hash, Serialize)]
pub struct ListItem<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note is superseded or withdrawn, so that nobody takes it for current.
    pub past: bool,
    /// The date of the note, in words of the page's language; absent if the note has no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<DateView<'a>>,
    /// The sentences of the note that link to the note whose page this is, in the order of the text.
    pub excerpts: Vec<QuoteView<'a>>,
    /// The number of the note's own colour, from 1 to 8; absent if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<u32>,
    /// The note that this one is filed under; absent if there is none, and in a list that stands below
    /// that note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<FiledUnder<'a>>,
}

/// The note that a note in a list is filed under.
#[derive(Hash, Serialize)]
pub struct FiledUnder<'a> {
    /// The title of the note.
    pub title: &'a str,
    /// The language of the title, as a code such as `en`; absent in a book of one language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a Language>,
    /// The number of the note's colour, from 1 to 8; absent if it has none.
    pub colour: Option<u32>,
}

/// A date in words of the page's language. For a template it is a text.
pub struct DateView<'a> {
    date: Date,
    words: &'a Strings,
}

impl Hash for DateView<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The words are in the frame of the page.
        self.date.hash(state);
    }
}

impl Serialize for DateView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.words.date(self.date))
    }
}

/// Notes as entries of a list on a page that has the interface in `words`.
pub(crate) fn listed<'a>(site: &'a Site, ids: &[NoteId], words: &'a Strings) -> Vec<ListItem<'a>> {
    ids.iter().map(|id| ListItem::new(site, *id, words, Vec::new(), &[])).collect()
}

impl<'a> ListItem<'a> {
    /// The note at `id` in a list that stands below the pages or headings of the notes in `above`.
    pub(crate) fn new(
        site: &'a Site,
        id: NoteId,
        words: &'a Strings,
        excerpts: Vec<QuoteView<'a>>,
        above: &[NoteId],
    ) -> Self {
        let card = &site.note(id).facts.card;
        let under = filed::primary(site, id).filter(|under| !above.contains(under));
        Self {
            card,
            past: site.is_past(id),
            when: card.date.map(|date| DateView { date, words }),
            excerpts,
            colour: colour::of_note(site, id),
            under: under.map(|under| FiledUnder {
                title: &site.note(under).facts.card.title,
                language: (site.config.languages.len() > 1)
                    .then_some(&site.note(under).facts.place.language),
                colour: colour::of_note(site, under),
            }),
        }
    }
}
