//! The fields of a note, and its sources.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::config::{FieldConfig, FieldType, LeadLine, ShownValue};
use crate::date::Date;
use crate::language::Language;
use crate::note::{Citation, Locator, NoteCard, NoteId, RefField};
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::parts::colour;
use crate::view::parts::locator::{LocatorPart, locators};
use crate::words::Strings;

/// The most bytes of a value that stands beside the text.
const SHORT: usize = 30;

/// A field of a note.
#[derive(Hash, Serialize)]
pub struct FieldView<'a> {
    /// The label of the field, for readers.
    pub label: &'a str,
    /// The values, in the order written; at least one.
    pub items: Vec<FieldItem<'a>>,
    /// The number of further values, which are left out on cards.
    pub left: usize,
}

/// A value of a field.
#[derive(Default, Hash, Serialize)]
pub struct FieldItem<'a> {
    /// The value as a text for readers; of a note, its short title.
    pub text: String,
    /// The note that the value names; absent if it is no note.
    pub note: Option<&'a SharedValue<NoteCard>>,
    /// The address elsewhere that the value is; absent if it is none.
    pub url: Option<&'a str>,
    /// The number of that note's colour, from 1 to 8; absent if the value is no note, or one without a
    /// colour.
    pub colour: Option<u32>,
    /// True if the value is a note that is superseded or withdrawn.
    pub past: bool,
    /// The language of the value, as a code such as `en`, if it is a text in another than that of the page.
    pub language: Option<&'a Language>,
    /// True if the value is the book's own reading, and not what its source says.
    pub inferred: bool,
    /// The place in the source that the value is, in pieces as those of a locator; absent in other values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<LocatorPart<'a>>,
    /// The text to sort the value by, such as a date in ISO 8601; absent if that is `text`.
    pub sort: Option<String>,
}

/// A source that a note rests on.
#[derive(Hash, Serialize)]
pub struct SourceView<'a> {
    /// The note of the source; absent if the book has none.
    pub note: Option<&'a SharedValue<NoteCard>>,
    /// The title of the source; may be absent if there is a note or an address.
    pub title: Option<&'a str>,
    /// The address of the source elsewhere; absent if none was given.
    pub url: Option<&'a str>,
    /// The place in the source, such as a page or a paragraph; absent if none was given.
    pub locator: Option<String>,
    /// The locator in pieces, of which the places that the book has are links; empty if none was given.
    pub places: Vec<LocatorPart<'a>>,
    /// The date on which the source was consulted, in ISO 8601; absent if unknown.
    pub accessed: Option<Date>,
    /// The language of title and locator, as a code such as `en`, if it is another than that of the page.
    pub language: Option<&'a Language>,
}

impl FieldView<'_> {
    /// Says whether a value is marked as the book's own reading.
    pub(crate) fn has_reading(&self) -> bool {
        self.items.iter().any(|item| item.inferred)
    }

    /// Says whether a value is too long for a label, so that it wants the width of the text.
    pub(crate) fn is_prose(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.note.is_none() && item.url.is_none() && item.text.len() > SHORT)
    }
}

/// The fields for readers of the note at `id` that have a value and do not stand at the top of its page.
pub(crate) fn below_lead(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    let lead = &site.config.kind(site.note(id).facts.kind).features.lead;
    selected(site, id, |at, field| !field.for_editors && !lead.contains(&LeadLine::Field(at)))
}

/// The fields for editors of the note at `id` that have a value.
pub(crate) fn for_editors(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    selected(site, id, |_, field| field.for_editors)
}

fn selected(
    site: &Site,
    id: NoteId,
    is_wanted: impl Fn(u16, &FieldConfig) -> bool,
) -> Vec<FieldView<'_>> {
    let kind = site.kind_for(site.note(id).facts.kind, id);
    let wanted = (0..).zip(&kind.fields).filter(|(at, field)| is_wanted(*at, field));
    let fields = wanted.map(|(at, _)| field(site, id, at));
    fields.filter(|field| !field.items.is_empty()).collect()
}

/// The field of its kind at `at`, with the values that the note at `id` has in it, which may be none.
pub(crate) fn field(site: &Site, id: NoteId, at: u16) -> FieldView<'_> {
    let kind = site.kind_for(site.note(id).facts.kind, id);
    FieldView { label: &kind.fields[usize::from(at)].label, items: items(site, id, at), left: 0 }
}

/// The values that the note at `id` has in the field of its kind at `at`.
pub(crate) fn items(site: &Site, id: NoteId, at: u16) -> Vec<FieldItem<'_>> {
    let facts = &site.note(id).facts;
    let words = site.words_of(id);
    let field_type = site.kind_for(facts.kind, id).fields[usize::from(at)].shape.as_type();
    // A note may be named twice, in two ways of writing. What is inferred comes last.
    let mut seen = BTreeSet::new();
    let places = facts.references_in(RefField::Own(at));
    let references = facts.references[places.clone()].iter();
    let named = references.zip(&site.graph.references[id.index()][places]);
    let notes = named.filter_map(|(reference, found)| match found.note() {
        Some(id) => seen.insert(id).then(|| note_item(site, id, reference.inferred)),
        // A book may allow names of notes that are not there.
        None => Some(FieldItem { text: reference.target.path.to_string(), ..FieldItem::default() }),
    });
    let values = facts.values.iter().filter(|value| value.field == at).flat_map(move |value| {
        let language = facts.foreign(value.language.as_ref());
        let language = language.filter(|_| field_type.is_translated());
        value
            .items
            .iter()
            .map(move |value| FieldItem { language, ..item(field_type, value, words) })
    });
    notes.chain(values).collect()
}

/// A note as the value of a field.
fn note_item(site: &Site, id: NoteId, inferred: bool) -> FieldItem<'_> {
    let card = &site.note(id).facts.card;
    let (text, colour) = (card.short_title().to_owned(), colour::of_note(site, id));
    let past = site.is_past(id);
    FieldItem { text, note: Some(card), colour, inferred, past, ..FieldItem::default() }
}

/// Returns a value of a field as templates show it.
fn item<'a>(field_type: &dyn FieldType, value: &'a str, words: &Strings) -> FieldItem<'a> {
    let ShownValue { text, url, sort } = field_type.show(value, words);
    FieldItem { text, url, sort, ..FieldItem::default() }
}

/// The sources of the note at `id` that are notes of the book, as values of a field; all sources if none is.
pub(crate) fn own_sources(site: &Site, id: NoteId) -> Vec<FieldItem<'_>> {
    let (notes, others): (Vec<_>, Vec<_>) =
        sources(site, id).into_iter().partition(|source| source.note.is_some());
    let shown = if notes.is_empty() { others } else { notes };
    shown.into_iter().map(source_item).collect()
}

/// A source as a value of a field.
pub(crate) fn source_item(source: SourceView<'_>) -> FieldItem<'_> {
    let title = source.note.map(|card| card.short_title()).or(source.title);
    FieldItem {
        text: title.unwrap_or_default().to_owned(),
        note: source.note,
        url: source.url,
        places: source.places,
        language: source.language,
        ..FieldItem::default()
    }
}

/// The sources that the note at `id` rests on, in the order written.
pub(crate) fn sources(site: &Site, id: NoteId) -> Vec<SourceView<'_>> {
    let facts = &site.note(id).facts;
    let note = |reference: u32| {
        let resolution = site.graph.references[id.index()].get(reference as usize)?;
        Some(&site.note(resolution.note()?).facts.card)
    };
    // A book may allow names of notes that are not there.
    let name = |reference: u32| Some(&*facts.references.get(reference as usize)?.target.path);
    let source = |citation: &'_ Citation| citation.reference.and_then(note);
    let missing = |citation: &'_ Citation| {
        citation.reference.filter(|reference| note(*reference).is_none()).and_then(name)
    };
    facts
        .sources
        .iter()
        .zip(locators(site, id))
        .map(|(citation, places)| SourceView {
            note: source(citation),
            title: citation.title.as_deref().or_else(|| missing(citation)),
            url: citation.url.as_deref(),
            locator: citation.locator.as_ref().map(Locator::written),
            places,
            accessed: citation.accessed,
            language: facts.foreign(citation.language.as_ref()),
        })
        .collect()
}
