//! The fields of a note, and its sources.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::config::{FieldType, ShownValue};
use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::note::{Citation, NoteCard, NoteId, RefField};
use crate::site::Site;
use crate::view::parts::colour;
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
}

/// A value of a field.
#[derive(Default, Hash, Serialize)]
pub struct FieldItem<'a> {
    /// The value as a text for readers; of a note, its title.
    pub text: String,
    /// The note that the value names; absent if it is no note.
    pub note: Option<&'a SharedValue<NoteCard>>,
    /// The address elsewhere that the value is; absent if it is none.
    pub url: Option<&'a str>,
    /// The number of that note's colour, from 1 to 8; absent if the value is no note, or one without a
    /// colour.
    pub colour: Option<u32>,
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
    pub locator: Option<&'a str>,
    /// The date on which the source was consulted, in ISO 8601; absent if unknown.
    pub accessed: Option<Date>,
}

impl FieldView<'_> {
    /// Says whether a value is too long for a label, so that it wants the width of the text.
    pub(crate) fn is_prose(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.note.is_none() && item.url.is_none() && item.text.len() > SHORT)
    }
}

/// The fields of the note at `id` that have a value.
pub(crate) fn fields(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    let kind = site.config.kind(site.note(id).facts.kind);
    let fields = (0..).zip(&kind.fields);
    let fields = fields.map(|(at, f)| FieldView { label: &f.label, items: items(site, id, at) });
    fields.filter(|field| !field.items.is_empty()).collect()
}

/// The values that the note at `id` has in the field of its kind at `at`.
pub(crate) fn items(site: &Site, id: NoteId, at: u16) -> Vec<FieldItem<'_>> {
    let facts = &site.note(id).facts;
    let words = site.words_of(id);
    let field_type = site.config.kind(facts.kind).fields[usize::from(at)].shape.as_type();
    // A note may be named twice, in two ways of writing.
    let mut seen = BTreeSet::new();
    let places = facts.references_in(RefField::Own(at));
    let references = facts.references[places.clone()].iter();
    let named = references.zip(&site.graph.references[id.index()][places]);
    let notes = named.filter_map(|(reference, found)| match found.note() {
        Some(id) => seen.insert(id).then(|| note_item(site, id)),
        // A book may allow names of notes that are not there.
        None => Some(FieldItem { text: reference.target.path.to_string(), ..FieldItem::default() }),
    });
    let values = facts.values.iter().filter(|value| value.field == at).flat_map(|v| &v.items);
    notes.chain(values.map(|value| item(field_type, value, words))).collect()
}

/// A note as the value of a field.
fn note_item(site: &Site, id: NoteId) -> FieldItem<'_> {
    let card = &site.note(id).facts.card;
    let (text, colour) = (card.title.clone(), colour::of_note(site, id));
    FieldItem { text, note: Some(card), colour, ..FieldItem::default() }
}

/// Returns a value of a field as templates show it.
fn item<'a>(field_type: &dyn FieldType, value: &'a str, words: &Strings) -> FieldItem<'a> {
    let ShownValue { text, url, sort } = field_type.show(value, words);
    FieldItem { text, url, sort, ..FieldItem::default() }
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
        .map(|citation| SourceView {
            note: source(citation),
            title: citation.title.as_deref().or_else(|| missing(citation)),
            url: citation.url.as_deref(),
            locator: citation.locator.as_deref(),
            accessed: citation.accessed,
        })
        .collect()
}
