//! The page of a note, which is also the page of a kind or the home page.

use serde::Serialize;

use super::content::Content;
use super::frame::{self, Frame};
use super::incoming::{self, Group};
use super::list::{self, Listed, Pager};
use crate::config::Shape;
use crate::date::Date;
use crate::fingerprint::Shared;
use crate::note::{Card, Change, Heading, NoteId, RefField, Standing};
use crate::path::OutputPath;
use crate::site::Site;
use crate::words::Words;

/// How long a value may be to stand beside the text, in bytes.
const LABEL: usize = 30;

/// How many notes of each kind the home page shows.
const ON_HOME: usize = 6;

/// The page of a note.
#[derive(Hash, Serialize)]
pub struct NoteView<'a> {
    /// What every page has.
    pub page: Frame<'a>,
    /// What other pages show of the note.
    pub note: &'a Shared<Card>,
    /// The JSON-LD type of what the note describes.
    pub about: Option<&'a str>,
    /// Who endorsed it, and why it was withdrawn.
    pub standing: &'a Standing,
    /// What to read instead.
    pub successors: Vec<&'a Shared<Card>>,
    /// The day it was to be looked at again, if that is past.
    pub overdue: Option<Date>,
    /// The fields of its kind whose values are sentences.
    pub said: Vec<FieldView<'a>>,
    /// The other fields of its kind.
    pub fields: Vec<FieldView<'a>>,
    /// Its headings.
    pub contents: &'a [Heading],
    /// Its text.
    pub content: Content<'a>,
    /// What it rests on.
    pub sources: Vec<SourceView<'a>>,
    /// What changed in it.
    pub changes: &'a [Change],
    /// What points at it by a field.
    pub groups: Vec<Group<'a>>,
    /// What links to it.
    pub mentions: Vec<Group<'a>>,
    /// The note before it in the order of its kind.
    pub previous: Option<&'a Shared<Card>>,
    /// The note after it.
    pub next: Option<&'a Shared<Card>>,
    /// Where it is edited.
    pub edit_url: Option<String>,
    /// The notes it lists, if it is the page of a kind.
    pub list: Option<Vec<Listed<'a>>>,
    /// The pages of that list.
    pub pager: Option<Pager>,
    /// What the home page shows of each kind in the navigation.
    pub sections: Option<Vec<HomeSection<'a>>>,
    /// The feed of what points at it.
    pub feed: Option<OutputPath>,
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
#[derive(Hash, Serialize)]
pub struct FieldItem<'a> {
    /// The value as text.
    pub text: String,
    /// The note it is.
    pub note: Option<&'a Shared<Card>>,
    /// The address elsewhere it is.
    pub url: Option<&'a str>,
}

/// Something a note rests on.
#[derive(Hash, Serialize)]
pub struct SourceView<'a> {
    /// The note of it.
    pub note: Option<&'a Shared<Card>>,
    /// Its title, where it is no note.
    pub title: Option<&'a str>,
    /// Its address elsewhere.
    pub url: Option<&'a str>,
    /// Where in it.
    pub locator: Option<&'a str>,
    /// When it was looked at.
    pub accessed: Option<Date>,
}

/// What the home page shows of a kind.
#[derive(Hash, Serialize)]
pub struct HomeSection<'a> {
    /// The page of the kind.
    pub kind: &'a Shared<Card>,
    /// Its first notes.
    pub items: Vec<Listed<'a>>,
    /// Whether there are more.
    pub more: bool,
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
    let (groups, mentions) = incoming::groups(site, id);
    let (previous, next) = neighbours(site, id);
    let (said, fields) = fields(site, id).into_iter().partition(FieldView::is_prose);
    let kind = site.config.kind(facts.kind);
    let has_feed = kind.feed && site.config.base_url.is_some();
    NoteView {
        page: frame::of_note(site, id),
        note: &facts.card,
        about: kind.about.as_deref(),
        standing: &facts.standing,
        successors: site.successors(id).iter().copied().map(card).collect(),
        overdue: facts.review_by.filter(|date| date.is_over_by(site.today)),
        said,
        fields,
        contents: &facts.headings,
        content: Content::new(site, id),
        sources: sources(site, id),
        changes: &facts.changes,
        groups,
        mentions,
        previous: previous.map(card),
        next: next.map(card),
        edit_url: edit_url(site, id),
        list: is_kind.then_some(list),
        pager,
        sections: is_home.then(|| sections(site, id)),
        feed: has_feed.then(|| super::machine::feed_path(&facts.place.output)),
    }
}

fn neighbours(site: &Site, id: NoteId) -> (Option<NoteId>, Option<NoteId>) {
    let Some((sequence, place)) = site.graph.positions[id.index()] else { return (None, None) };
    let notes = &site.graph.sequences[sequence as usize].notes;
    let place = place as usize;
    (place.checked_sub(1).map(|before| notes[before]), notes.get(place + 1).copied())
}

fn fields(site: &Site, id: NoteId) -> Vec<FieldView<'_>> {
    let facts = &site.note(id).facts;
    let words = &site.card(&facts.place.language).words;
    let kind = site.config.kind(facts.kind);
    let mut fields = Vec::new();
    for (at, field) in kind.fields.iter().enumerate() {
        let at = at as u16;
        let references = facts.references.iter().zip(&site.graph.references[id.index()]);
        let notes = references
            .filter(|(reference, _)| reference.field == RefField::Own(at))
            .filter_map(|(_, resolution)| Some(&site.note(resolution.note()?).facts.card));
        let values = facts.values.iter().filter(|value| value.field == at).flat_map(|v| &v.items);
        let items = notes
            .map(|card| FieldItem { text: card.title.clone(), note: Some(card), url: None })
            .chain(values.map(|value| item(&field.shape, value, words)));
        let items: Vec<FieldItem<'_>> = items.collect();
        if !items.is_empty() {
            fields.push(FieldView { label: &field.label, items });
        }
    }
    fields
}

fn item<'a>(shape: &Shape, value: &'a str, words: &Words) -> FieldItem<'a> {
    let text = match shape {
        Shape::Date => Date::parse(value).map_or_else(|| value.to_owned(), |date| words.date(date)),
        Shape::Flag => words.get(if value == "true" { "yes" } else { "no" }).to_owned(),
        Shape::OneOf(_) => crate::config::label(value),
        _ => value.to_owned(),
    };
    let url = matches!(shape, Shape::Url).then_some(value);
    FieldItem { text, note: None, url }
}

fn sources(site: &Site, id: NoteId) -> Vec<SourceView<'_>> {
    let facts = &site.note(id).facts;
    let note = |reference: u32| {
        let resolution = site.graph.references[id.index()].get(reference as usize)?;
        Some(&site.note(resolution.note()?).facts.card)
    };
    let source = |citation: &'_ crate::note::Citation| citation.reference.and_then(note);
    facts
        .sources
        .iter()
        .map(|citation| SourceView {
            note: source(citation),
            title: citation.title.as_deref(),
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

fn sections(site: &Site, home: NoteId) -> Vec<HomeSection<'_>> {
    let language = &site.note(home).facts.place.language;
    let words = list::words_of(site, home);
    let in_menu = |id: NoteId| {
        let url = &site.note(id).facts.place.output;
        site.card(language).menu.iter().position(|item| item.url == *url)
    };
    let pages = site.graph.kind_pages.iter().filter(|page| page.1 == *language);
    let mut pages: Vec<_> = pages.filter_map(|page| Some((in_menu(page.2)?, page.2))).collect();
    pages.sort();
    pages
        .into_iter()
        .map(|(_, id)| {
            let ids = list::sequence_of(site, id);
            HomeSection {
                kind: &site.note(id).facts.card,
                items: list::listed(site, &ids[..ids.len().min(ON_HOME)], words),
                more: ids.len() > ON_HOME,
            }
        })
        .collect()
}
