//! Feeds: the news of a note, of a kind or of the whole book (Atom, RFC 4287).

use std::cmp::Reverse;

use serde::Serialize;

use crate::date::Date;
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, SiteCard};
use crate::template::SharedValue;
use crate::view::address::{absolute, stem};
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};

/// The most entries of a feed.
const LIMIT: usize = 30;

/// The news of a note, of a kind or of the whole book.
#[derive(Hash, Serialize)]
pub struct FeedView<'a> {
    /// The site, as all pages of the note's language show it.
    pub site: &'a SharedValue<SiteCard>,
    /// The note whose page has the feed.
    pub note: &'a SharedValue<NoteCard>,
    /// True if the page is the home page, so that the feed tells of the whole site.
    pub home: bool,
    /// The absolute address of the page.
    pub page_url: Option<String>,
    /// The absolute address of the feed.
    pub feed_url: Option<String>,
    /// The time of the latest entry, as RFC 3339 writes date and time.
    pub updated: String,
    /// The entries, current notes first, of these the newest first; at most 30.
    pub entries: Vec<FeedEntry<'a>>,
}

/// An entry of a feed.
#[derive(Hash, Serialize)]
pub struct FeedEntry<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note is superseded or withdrawn.
    pub past: bool,
    /// The absolute address of the note's page.
    pub url: Option<String>,
    /// The time at which the note last changed, as RFC 3339 writes date and time.
    pub updated: String,
}

/// The feeds.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: Some("feed.xml"), list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for (id, _) in site.pages() {
        if let Some(path) = path(site, id) {
            out.add(path, OutputOwner::Note(id), move |site, path| {
                View::template("feed.xml", view(site, path, id))
            });
        }
    }
}

/// The path of the feed of the note at `id`, if it has one.
pub(crate) fn path(site: &Site, id: NoteId) -> Option<OutputPath> {
    let page = &site.note(id).facts.place.output;
    has_feed(site, id).then(|| match page.as_str().strip_suffix("index.html") {
        Some(folder) => OutputPath::new(format!("{folder}feed.xml")),
        None => OutputPath::new(format!("{}.xml", stem(page))),
    })
}

/// Says whether the page of the note at `id` has a feed: that of a note tells of the notes that point at
/// it, that of a kind of its notes, and that of the home page of all. A feed without news and without a
/// date of its own could not say since when, so there is none.
fn has_feed(site: &Site, id: NoteId) -> bool {
    let facts = &site.note(id).facts;
    let has = |kind| site.config.kind(kind).feed;
    let is_wanted = || {
        let mut pages = site.graph.kind_pages.iter().filter(|page| page.note == id);
        has(facts.kind) || facts.place.path.is_empty() || pages.any(|page| has(page.kind))
    };
    site.config.base_url.is_some() && is_wanted() && (dated(site, id).is_some() || tells(site, id))
}

/// Says whether a note that the feed may tell of has a date.
fn tells(site: &Site, id: NoteId) -> bool {
    let is_dated = |id: NoteId| dated(site, id).is_some();
    let place = &site.note(id).facts.place;
    if place.path.is_empty() {
        let of_language = site.graph.sequences.iter().filter(|s| s.language == place.language);
        return of_language.flat_map(|sequence| &sequence.notes).any(|id| is_dated(*id));
    }
    match site.graph.sequence_at(id) {
        [] => site.graph.incoming.of(id).iter().any(|pointer| is_dated(pointer.from)),
        of_kind => of_kind.iter().any(|id| is_dated(*id)),
    }
}

/// The date under which a feed tells of a note.
fn dated(site: &Site, id: NoteId) -> Option<Date> {
    let facts = &site.note(id).facts;
    facts.changed().or(facts.card.date)
}

/// The notes that the feed of the page at `id` may tell of.
fn told(site: &Site, id: NoteId) -> Vec<NoteId> {
    let place = &site.note(id).facts.place;
    if place.path.is_empty() {
        let of_language = site.graph.sequences.iter().filter(|s| s.language == place.language);
        return of_language.flat_map(|sequence| sequence.notes.iter().copied()).collect();
    }
    let of_kind = site.graph.sequence_at(id);
    if !of_kind.is_empty() {
        return of_kind.to_vec();
    }
    let mut ids: Vec<NoteId> =
        site.graph.incoming.of(id).iter().map(|pointer| pointer.from).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn view<'a>(site: &'a Site, path: &OutputPath, id: NoteId) -> FeedView<'a> {
    let note = site.note(id);
    let date = |id: NoteId| dated(site, id);
    let mut ids = told(site, id);
    ids.retain(|id| date(*id).is_some());
    // Current notes come first; the rest is marked.
    let work = |id: NoteId| site.graph.works.original(id);
    ids.sort_by_key(|id| (site.is_past(*id), Reverse(date(*id)), work(*id)));
    ids.truncate(LIMIT);
    let entry = |id: &NoteId| {
        let card = &site.note(*id).facts.card;
        let (past, url) = (site.is_past(*id), absolute(site, &card.url));
        Some(FeedEntry { card, past, url, updated: moment(date(*id)?) })
    };
    let entries: Vec<FeedEntry<'_>> = ids.iter().filter_map(entry).collect();
    let latest = entries.iter().map(|entry| entry.updated.clone()).max();
    FeedView {
        site: site.card(&note.facts.place.language),
        note: &note.facts.card,
        home: note.facts.place.path.is_empty(),
        page_url: absolute(site, &note.facts.place.output),
        feed_url: absolute(site, path),
        updated: latest.or(date(id).map(moment)).unwrap_or_default(),
        entries,
    }
}

/// Returns the first moment of a date, as the date and time that feeds ask for (RFC 3339).
fn moment(date: Date) -> String {
    let (month, day) = (date.month().unwrap_or(1), date.day_of_month().unwrap_or(1));
    format!("{:04}-{month:02}-{day:02}T00:00:00Z", date.year())
}
