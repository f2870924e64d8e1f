//! Lists of notes, a page at a time.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};

use super::frame::{self, PageFrame};
use super::incoming;
use super::is_past;
use super::quote::QuoteView;
use crate::config::KindId;
use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::graph::Relation;
use crate::language::Language;
use crate::note::{NoteCard, NoteId, RefField};
use crate::path::OutputPath;
use crate::site::Site;
use crate::words::Strings;

/// A note in a list.
#[derive(Hash, Serialize)]
pub struct ListItem<'a> {
    /// What the list shows of it.
    pub card: &'a SharedValue<NoteCard>,
    /// Whether it is superseded or withdrawn, so that nobody takes it for current.
    pub past: bool,
    /// Its date as readers write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<DateView<'a>>,
    /// The sentences of its links to the note whose page this is.
    pub excerpts: Vec<QuoteView<'a>>,
    /// Its own colour, from 1 to 8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<u32>,
    /// What it is filed under before others, unless the list stands under that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<FiledUnder<'a>>,
}

/// What a note in a list is filed under.
#[derive(Hash, Serialize)]
pub struct FiledUnder<'a> {
    /// Its title.
    pub title: &'a str,
    /// The language of its title, if the book has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a Language>,
    /// Its colour, from 1 to 8.
    pub colour: Option<u32>,
}

/// A date as readers of the page write it.
pub struct DateView<'a> {
    date: Date,
    words: &'a Strings,
}

/// A page of a list.
#[derive(Hash, Serialize)]
pub struct ListView<'a> {
    /// What every page has.
    pub page: PageFrame<'a>,
    /// The note the list belongs to.
    pub of: &'a SharedValue<NoteCard>,
    /// How the notes point at that note, if that is what they have in common.
    pub relation: Option<&'a str>,
    /// The notes.
    pub items: Vec<ListItem<'a>>,
    /// The other pages of the list.
    pub pager: Option<Pager>,
}

/// The pages of a list, seen from one of them.
#[derive(Hash, Serialize)]
pub struct Pager {
    /// The number of this page, from 1.
    pub current: usize,
    /// How many there are.
    pub last: usize,
    /// The first, the last, and those near; pages left out between are a `None`.
    pub pages: Vec<Option<PageLink>>,
    /// The page before.
    pub previous: Option<OutputPath>,
    /// The page after.
    pub next: Option<OutputPath>,
}

/// A page of a list.
#[derive(Hash, Serialize)]
pub struct PageLink {
    /// Its number, from 1.
    pub number: usize,
    /// Where it is.
    pub url: OutputPath,
}

/// The notes that the kind page at `id` lists.
pub(super) fn sequence_of(site: &Site, id: NoteId) -> &[NoteId] {
    let page = site.graph.kind_pages.iter().find(|page| page.2 == id);
    let sequence = page.and_then(|(kind, language, _)| {
        site.graph.sequences.iter().find(|s| s.kind == *kind && s.language == *language)
    });
    sequence.map_or(&[], |sequence| &sequence.notes)
}

/// The words of the interface on the page of the note at `id`.
pub(super) fn words_of(site: &Site, id: NoteId) -> &Strings {
    &site.card(&site.note(id).facts.place.language).words
}

/// How many pages a list of `length` notes has; at least one.
pub(super) fn pages(site: &Site, length: usize) -> usize {
    length.div_ceil(site.config.page_size).max(1)
}

/// Part `page` of a list, from 1.
pub(super) fn part<T>(site: &Site, list: &[T], page: usize) -> std::ops::Range<usize> {
    let start = ((page - 1) * site.config.page_size).min(list.len());
    start..(start + site.config.page_size).min(list.len())
}

/// The nth page of the list whose first is at `base`.
pub(super) fn page_path(base: &OutputPath, page: usize) -> OutputPath {
    match (page, base.as_str().strip_suffix("index.html")) {
        (1, _) => base.clone(),
        (_, Some(folder)) => OutputPath::new(format!("{folder}page-{page}.html")),
        (_, None) => OutputPath::new(format!("{}-{page}.html", stem(base))),
    }
}

/// The path of a page without its ending; that of an index is its folder.
pub(super) fn stem(output: &OutputPath) -> &str {
    let path = output.as_str();
    path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path)
}

/// The beginning of the addresses of what belongs to the note at `id`: its page without its ending. That
/// of `x/index.html` is its folder, unless `x.html` is another note, for which all in that folder is.
pub(super) fn stem_of(site: &Site, id: NoteId) -> Cow<'_, str> {
    let stem = stem(&site.note(id).facts.place.output);
    match site.graph.beside.contains(&id) {
        true => Cow::Owned(format!("{stem}/index")),
        false => Cow::Borrowed(stem),
    }
}

/// Notes as entries of a list on a page that has the interface in `words`.
pub(super) fn listed<'a>(site: &'a Site, ids: &[NoteId], words: &'a Strings) -> Vec<ListItem<'a>> {
    ids.iter().map(|id| ListItem::new(site, *id, words, Vec::new(), &[])).collect()
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

impl<'a> ListItem<'a> {
    /// The note at `id` in a list that stands under the notes in `below`, if under any.
    pub(super) fn new(
        site: &'a Site,
        id: NoteId,
        words: &'a Strings,
        excerpts: Vec<QuoteView<'a>>,
        below: &[NoteId],
    ) -> Self {
        let card = &site.note(id).facts.card;
        let under = filed_under(site, id).filter(|under| !below.contains(under));
        Self {
            card,
            past: is_past(site, id),
            when: card.date.map(|date| DateView { date, words }),
            excerpts,
            colour: frame::own_colour(site, id),
            under: under.map(|under| FiledUnder {
                title: &site.note(under).facts.card.title,
                language: (site.config.languages.len() > 1)
                    .then_some(&site.note(under).facts.place.language),
                colour: frame::own_colour(site, under),
            }),
        }
    }
}

/// What a note is filed under before others: the first note of a kind under which notes are filed that
/// its fields name.
fn filed_under(site: &Site, id: NoteId) -> Option<NoteId> {
    let facts = &site.note(id).facts;
    let kind = site.config.kind(facts.kind);
    let axes = site.config.kinds().filter(|(axis, of)| of.shown.axis && *axis != facts.kind);
    axes.filter(|(axis, _)| kind.points_at(*axis)).find_map(|(axis, _)| first_of(site, id, axis))
}

/// What the first field for notes of kind `by` names first.
pub(super) fn first_of(site: &Site, id: NoteId, by: KindId) -> Option<NoteId> {
    let facts = &site.note(id).facts;
    let at = site.config.kind(facts.kind).fields.iter().position(|f| f.points_at(by))?;
    site.named_in(id, RefField::Own(at as u16)).next()
}

/// The notes on the first page of the kind page at `id`, and its pager.
pub(super) fn first_page(site: &Site, id: NoteId) -> (Vec<ListItem<'_>>, Option<Pager>) {
    let ids = sequence_of(site, id);
    let base = &site.note(id).facts.place.output;
    (
        listed(site, &ids[part(site, ids, 1)], words_of(site, id)),
        pager(1, pages(site, ids.len()), |n| page_path(base, n)),
    )
}

/// A further page of the list of a kind.
pub(super) fn of_kind<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    id: NoteId,
    page: usize,
) -> ListView<'a> {
    let ids = sequence_of(site, id);
    let card = &site.note(id).facts.card;
    let base = &site.note(id).facts.place.output;
    let mut frame = frame::below(site, path, id);
    frame.title = card.title.clone();
    ListView {
        page: frame,
        of: card,
        relation: None,
        items: listed(site, &ids[part(site, ids, page)], words_of(site, id)),
        pager: pager(page, pages(site, ids.len()), |n| page_path(base, n)),
    }
}

/// A page of what points at a note in one way.
pub(super) fn of_incoming<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    id: NoteId,
    relation: Relation,
    page: usize,
) -> ListView<'a> {
    let pointing = site.graph.incoming.of_relation(id, relation);
    let first = first_path(path, page);
    let mut frame = frame::below(site, path, id);
    frame.title = incoming::title(site, relation).to_owned();
    ListView {
        page: frame,
        of: &site.note(id).facts.card,
        relation: incoming::label(site, id, relation),
        items: incoming::listed(site, id, &pointing[part(site, pointing, page)], None),
        pager: pager(page, pages(site, pointing.len()), |n| page_path(&first, n)),
    }
}

/// The first page of the list whose nth is at `path`.
fn first_path(path: &OutputPath, page: usize) -> OutputPath {
    let numbered = stem(path).strip_suffix(&format!("-{page}")).filter(|_| page > 1);
    numbered.map_or_else(|| path.clone(), |stem| OutputPath::new(format!("{stem}.html")))
}

/// The pages of a list of `last` pages, seen from one; none if that is all there are.
pub(super) fn pager(
    current: usize,
    last: usize,
    url: impl Fn(usize) -> OutputPath,
) -> Option<Pager> {
    if last < 2 {
        return None;
    }
    let near = |number: &usize| number.abs_diff(current) <= 1 || *number == 1 || *number == last;
    let mut pages = Vec::new();
    let mut before = 0;
    for number in (1..=last).filter(near) {
        if number > before + 1 {
            pages.push(None);
        }
        pages.push(Some(PageLink { number, url: url(number) }));
        before = number;
    }
    let previous = (current > 1).then(|| url(current - 1));
    let next = (current < last).then(|| url(current + 1));
    Some(Pager { current, last, pages, previous, next })
}
