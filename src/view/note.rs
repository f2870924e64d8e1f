//! The page of a note, which is also the page of a kind or the home page.

use std::collections::BTreeSet;

use serde::Serialize;

use super::cite::{self, CitationView};
use super::content::BodyContent;
use super::currency::{self, Supersession};
use super::frame::{self, PageFrame};
use super::home::{self, HomeSection};
use super::in_full;
use super::incoming::{self, BacklinkGroup};
use super::linked::JsonLd;
use super::list::{self, ListItem, Pager};
use super::map;
use super::register::{self, RegisterPage};
use super::related::{self, RelatedNote};
use super::terms::{self, TermView};
use crate::config::FieldShape;
use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::note::{Heading, NoteCard, NoteChange, NoteId, RefField, StatusDetails};
use crate::path::OutputPath;
use crate::site::Site;
use crate::words::Strings;

/// How long a value may be to stand beside the text, in bytes.
const LABEL: usize = 30;

/// The page of a note.
#[derive(Hash, Serialize)]
pub struct NoteView<'a> {
    /// What every page has.
    pub page: PageFrame<'a>,
    /// What other pages show of the note.
    pub note: &'a SharedValue<NoteCard>,
    /// The JSON-LD type of what the note describes.
    pub about: Option<&'a str>,
    /// Who endorsed it, and why it was withdrawn.
    pub standing: &'a StatusDetails,
    /// What replaced it, what it replaced, and what it cites that is past.
    pub currency: Supersession<'a>,
    /// The fields of its kind whose values are sentences.
    pub prose_fields: Vec<FieldView<'a>>,
    /// The other fields of its kind.
    pub fields: Vec<FieldView<'a>>,
    /// Its headings.
    pub contents: &'a [Heading],
    /// Its text.
    pub content: BodyContent<'a>,
    /// What it rests on.
    pub sources: Vec<SourceView<'a>>,
    /// What changed in it.
    pub changes: &'a [NoteChange],
    /// The terms it mentions.
    pub terms: Vec<TermView<'a>>,
    /// A map of its neighbours.
    pub map: Option<String>,
    /// Notes that have to do with it.
    pub related: Vec<RelatedNote<'a>>,
    /// What points at it by a field.
    pub groups: Vec<BacklinkGroup<'a>>,
    /// The kinds of which nothing points at it yet, though it could.
    pub gaps: Vec<&'a str>,
    /// What links to it.
    pub mentions: Vec<BacklinkGroup<'a>>,
    /// The note before it in the order of its kind.
    pub previous: Option<&'a SharedValue<NoteCard>>,
    /// The note after it.
    pub next: Option<&'a SharedValue<NoteCard>>,
    /// Where it is edited.
    pub edit_url: Option<String>,
    /// The notes it lists, if it is the page of a kind.
    pub list: Option<Vec<ListItem<'a>>>,
    /// The same as a register, if its kind has one.
    pub register: Option<RegisterPage<'a>>,
    /// The pages of that list.
    pub pager: Option<Pager>,
    /// What the home page shows of the kinds.
    pub sections: Option<Vec<HomeSection<'a>>>,
    /// The page with the texts of what points at it.
    pub in_full: Option<OutputPath>,
    /// The feed of what points at it.
    pub feed: Option<OutputPath>,
    /// How it is cited.
    pub cite: Option<CitationView>,
    /// What it is, for programs.
    pub linked: Option<JsonLd<'a>>,
}

/// A field of a note.
#[derive(Hash, Serialize)]
pub struct FieldView<'a> {
    /// What readers call it.
    pub label: &'a str,
    /// Its values.
    pub items: Vec<FieldItem<'a>>,
}

/// A value of a field.
#[derive(Default, Hash, Serialize)]
pub struct FieldItem<'a> {
    /// The value as text.
    pub text: String,
    /// The note it is.
    pub note: Option<&'a SharedValue<NoteCard>>,
    /// The address elsewhere it is.
    pub url: Option<&'a str>,
    /// The colour of that note, from 1 to 8.
    pub colour: Option<u32>,
    /// What it is sorted by, where that is not its text: a date as in ISO 8601.
    pub sort: Option<String>,
}

/// Something a note rests on.
#[derive(Hash, Serialize)]
pub struct SourceView<'a> {
    /// The note of it.
    pub note: Option<&'a SharedValue<NoteCard>>,
    /// Its title, where it is no note.
    pub title: Option<&'a str>,
    /// Its address elsewhere.
    pub url: Option<&'a str>,
    /// Where in it.
    pub locator: Option<&'a str>,
    /// When it was looked at.
    pub accessed: Option<Date>,
}

impl NoteView<'_> {
    /// The template that shows the page.
    pub fn template(&self) -> &'static str {
        match (&self.sections, &self.list) {
            (Some(_), _) => "home.html",
            (None, Some(_)) => "kind.html",
            (None, None) => "note.html",
        }
    }
}

impl FieldView<'_> {
    /// Whether a value is longer than a label, so that it wants the width of the text.
    fn is_prose(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.note.is_none() && item.url.is_none() && item.text.len() > LABEL)
    }
}

/// The page of the note at `id`.
pub(super) fn view(site: &Site, id: NoteId) -> NoteView<'_> {
    let note = site.note(id);
    let facts = &note.facts;
    let card = |id: NoteId| &site.note(id).facts.card;
    let is_kind = site.graph.kind_pages.iter().any(|page| page.2 == id);
    let is_home = facts.place.path.is_empty();
    let (list, pager) = match is_kind {
        true => list::first_page(site, id),
        false => (Vec::new(), None),
    };
    let register = register::first_page(site, id);
    let (groups, mentions) = incoming::groups(site, id);
    let (previous, next) = neighbours(site, id);
    let (prose_fields, fields) = fields(site, id).into_iter().partition(FieldView::is_prose);
    let kind = site.config.kind(facts.kind);
    NoteView {
        page: frame::of_note(site, id),
        note: &facts.card,
        about: kind.about.as_deref(),
        standing: &facts.standing,
        currency: currency::supersession(site, id),
        prose_fields,
        fields,
        contents: &facts.headings,
        content: BodyContent::new(site, id),
        sources: sources(site, id),
        changes: &facts.changes,
        groups,
        gaps: incoming::gaps(site, id),
        mentions,
        previous: previous.map(card),
        next: next.map(card),
        edit_url: edit_url(site, id),
        list: is_kind.then_some(list),
        register,
        pager,
        sections: is_home.then(|| home::sections(site, id)),
        in_full: in_full::path(site, id),
        feed: super::machine::has_feed(site, id)
            .then(|| super::machine::feed_path(&facts.place.output)),
        terms: terms::told(site, id),
        map: map::draw(site, id),
        related: related::related_notes(site, id),
        cite: cite::citation(site, id),
        linked: JsonLd::of(site, id),
    }
}

fn neighbours(site: &Site, id: NoteId) -> (Option<NoteId>, Option<NoteId>) {
    let Some((sequence, place)) = site.graph.positions[id.index()] else { return (None, None) };
    let notes = &site.graph.sequences[sequence as usize].notes;
    let place = place as usize;
    (place.checked_sub(1).map(|before| notes[before]), notes.get(place + 1).copied())
}

/// The fields of the note at `id` that say something.
pub(super) fn fields(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    let kind = site.config.kind(site.note(id).facts.kind);
    let fields = (0..).zip(&kind.fields);
    let fields = fields.map(|(at, f)| FieldView { label: &f.label, items: items(site, id, at) });
    fields.filter(|field| !field.items.is_empty()).collect()
}

/// The values that the note at `id` has in the field of its kind at `at`.
pub(super) fn items(site: &Site, id: NoteId, at: u16) -> Vec<FieldItem<'_>> {
    let facts = &site.note(id).facts;
    let words = &site.card(&facts.place.language).words;
    let shape = &site.config.kind(facts.kind).fields[usize::from(at)].shape;
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
    notes.chain(values.map(|value| item(shape, value, words))).collect()
}

/// A note as the value of a field.
fn note_item(site: &Site, id: NoteId) -> FieldItem<'_> {
    let card = &site.note(id).facts.card;
    let (text, colour) = (card.title.clone(), frame::own_colour(site, id));
    FieldItem { text, note: Some(card), colour, ..FieldItem::default() }
}

fn item<'a>(shape: &FieldShape, value: &'a str, words: &Strings) -> FieldItem<'a> {
    let text = match shape {
        FieldShape::Date => {
            Date::parse(value).map_or_else(|| value.to_owned(), |date| words.date(date))
        }
        FieldShape::Flag => words.get(if value == "true" { "yes" } else { "no" }).to_owned(),
        FieldShape::OneOf(_) => crate::config::label(value),
        _ => value.to_owned(),
    };
    let url = matches!(shape, FieldShape::Url).then_some(value);
    let sort = matches!(shape, FieldShape::Date).then(|| value.to_owned());
    FieldItem { text, url, sort, ..FieldItem::default() }
}

/// What the note at `id` rests on.
pub(super) fn sources(site: &Site, id: NoteId) -> Vec<SourceView<'_>> {
    let facts = &site.note(id).facts;
    let note = |reference: u32| {
        let resolution = site.graph.references[id.index()].get(reference as usize)?;
        Some(&site.note(resolution.note()?).facts.card)
    };
    let source = |citation: &'_ crate::note::Citation| citation.reference.and_then(note);
    // A book may allow names of notes that are not there.
    let name = |reference: u32| Some(&*facts.references.get(reference as usize)?.target.path);
    facts
        .sources
        .iter()
        .map(|citation| SourceView {
            note: source(citation),
            title: citation
                .title
                .as_deref()
                .or_else(|| citation.reference.filter(|at| note(*at).is_none()).and_then(name)),
            url: citation.url.as_deref(),
            locator: citation.locator.as_deref(),
            accessed: citation.accessed,
        })
        .collect()
}

fn edit_url(site: &Site, id: NoteId) -> Option<String> {
    let note = site.note(id);
    let pattern = site.config.edit_url.as_ref()?;
    let path = crate::path::url_path(note.source.as_str()).to_string();
    (note.facts.origin == crate::note::Origin::File).then(|| pattern.replace("{path}", &path))
}
