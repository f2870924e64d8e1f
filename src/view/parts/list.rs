//! Notes as entries of lists.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};

use crate::date::Date;
use crate::language::Language;
use crate::note::{NoteCard, NoteId};
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::parts::field::FieldView;
use crate::view::parts::locator::LocatorPart;
use crate::view::parts::quote::QuoteView;
use crate::view::parts::{colour, filed, lead};
use crate::words::Strings;

/// A note in a list.
#[derive(Hash, Serialize)]
pub struct ListItem<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note is superseded or withdrawn, so that nobody takes it for current.
    pub past: bool,
    /// True if it is on the list by the book's own reading, and not by what its source says.
    pub inferred: bool,
    /// The date of the note, in words of the page's language; absent if the note has no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<DateView<'a>>,
    /// The sentences of the note that link to the note whose page this is, in the order of the text.
    pub excerpts: Vec<QuoteView<'a>>,
    /// The places of the note whose page this is that the note cites as a source, in pieces as those of a locator;
    /// absent if it names none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<LocatorPart<'a>>,
    /// The fields that the kind of the note shows on cards, with their first values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldView<'a>>,
    /// The texts that the kind of the note shows on cards, in one line, which stands in place of the summary; absent
    /// if it shows none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
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
    /// The short title of the note.
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
    /// Says whether the note or a value of it is marked as inferred.
    pub(crate) fn has_reading(&self) -> bool {
        self.inferred || self.fields.iter().any(FieldView::has_reading)
    }

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
            inferred: false,
            when: card.date.map(|date| DateView { date, words }),
            excerpts,
            places: Vec::new(),
            fields: lead::on_card(site, id),
            text: lead::text_on_card(site, id),
            colour: colour::of_note(site, id),
            under: under.map(|under| FiledUnder {
                title: site.note(under).facts.card.short_title(),
                language: (site.config.languages.len() > 1)
                    .then_some(&site.note(under).facts.card.language),
                colour: colour::of_note(site, under),
            }),
        }
    }
}
