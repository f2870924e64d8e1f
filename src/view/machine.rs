//! Outputs for machines: redirects, feeds, the sitemap, robots.

use std::cmp::Reverse;

use serde::Serialize;

use super::PageKey;
use super::frame::absolute;
use super::list;
use crate::config::KindId;
use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::language::Language;
use crate::note::{NoteCard, NoteId, Origin};
use crate::path::OutputPath;
use crate::site::{Site, SiteCard};

/// How many addresses one sitemap may hold (sitemaps.org, protocol 0.9).
const SITEMAP_LIMIT: usize = 50_000;

/// How many entries a feed shows.
const FEED_LIMIT: usize = 30;

/// The page at a former address.
#[derive(Hash, Serialize)]
pub struct RedirectView<'a> {
    /// What every page shows.
    pub site: &'a SharedValue<SiteCard>,
    /// What leads from the page to the top of the site.
    pub root: String,
    /// The note that is elsewhere now.
    pub note: &'a SharedValue<NoteCard>,
    /// Its address, where the site's is known.
    pub canonical: Option<String>,
}

/// News of what points at a note (Atom, RFC 4287).
#[derive(Hash, Serialize)]
pub struct FeedView<'a> {
    /// What every page shows.
    pub site: &'a SharedValue<SiteCard>,
    /// The note.
    pub note: &'a SharedValue<NoteCard>,
    /// The absolute address of its page.
    pub page_url: Option<String>,
    /// The absolute address of the feed.
    pub feed_url: Option<String>,
    /// When the latest entry changed, as a date and time.
    pub updated: String,
    /// The entries, the newest first.
    pub entries: Vec<FeedEntry<'a>>,
}

/// An entry of a feed.
#[derive(Hash, Serialize)]
pub struct FeedEntry<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Whether it is superseded or withdrawn.
    pub past: bool,
    /// Its absolute address.
    pub url: Option<String>,
    /// When it changed, as a date and time.
    pub updated: String,
}

/// A list of pages for search engines (sitemaps.org, protocol 0.9).
#[derive(Hash, Serialize)]
pub struct SitemapView {
    /// Further sitemaps, where one can't hold all pages.
    pub parts: Vec<String>,
    /// The pages.
    pub pages: Vec<SitemapPage>,
}

/// A page in a sitemap.
#[derive(Hash, Serialize)]
pub struct SitemapPage {
    /// Its absolute address.
    pub url: Option<String>,
    /// When it last changed.
    pub updated: Option<Date>,
}

/// What search engines may read (RFC 9309).
#[derive(Hash, Serialize)]
pub struct RobotsView<'a> {
    /// The address of the sitemap.
    pub sitemap: Option<String>,
    /// What every page shows.
    pub site: &'a SharedValue<SiteCard>,
}

pub(super) fn redirect<'a>(site: &'a Site, path: &OutputPath, id: NoteId) -> RedirectView<'a> {
    let facts = &site.note(id).facts;
    RedirectView {
        site: site.card(&facts.place.language),
        root: path.to_root(),
        note: &facts.card,
        canonical: absolute(site, &facts.place.output),
    }
}

/// The feed of the note whose page is `output`.
pub(super) fn feed_path(output: &OutputPath) -> OutputPath {
    match output.as_str().strip_suffix("index.html") {
        Some(folder) => OutputPath::new(format!("{folder}feed.xml")),
        None => OutputPath::new(format!("{}.xml", list::stem(output))),
    }
}

/// Whether the page of the note at `id` has a feed: that of a note tells what points at it, that of
/// a kind tells of its notes, and that of the home page of all. One that had nothing to tell, and no date of
/// its own, could not say since when, so there is none.
pub(super) fn has_feed(site: &Site, id: NoteId) -> bool {
    let facts = &site.note(id).facts;
    let of_kind = |page: &(KindId, Language, NoteId)| page.2 == id && site.config.kind(page.0).feed;
    let has = || {
        site.config.kind(facts.kind).feed
            || facts.place.path.is_empty()
            || site.graph.kind_pages.iter().any(of_kind)
    };
    site.config.base_url.is_some() && has() && (dated(site, id).is_some() || tells(site, id))
}

/// Says whether a note that the feed may tell of has a date.
fn tells(site: &Site, id: NoteId) -> bool {
    let is_dated = |id: NoteId| dated(site, id).is_some();
    let place = &site.note(id).facts.place;
    if place.path.is_empty() {
        let of_language = site.graph.sequences.iter().filter(|s| s.language == place.language);
        return of_language.flat_map(|sequence| &sequence.notes).any(|id| is_dated(*id));
    }
    match list::sequence_of(site, id) {
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
    let of_kind = list::sequence_of(site, id);
    if !of_kind.is_empty() {
        return of_kind.to_vec();
    }
    let mut ids: Vec<NoteId> =
        site.graph.incoming.of(id).iter().map(|pointer| pointer.from).collect();
    ids.sort();
    ids.dedup();
    ids
}

pub(super) fn feed<'a>(site: &'a Site, path: &OutputPath, id: NoteId) -> FeedView<'a> {
    let note = site.note(id);
    let date = |id: NoteId| dated(site, id);
    let mut ids = told(site, id);
    ids.retain(|id| date(*id).is_some());
    // What is current comes first; the rest is marked.
    ids.sort_by_key(|id| (super::is_past(site, *id), Reverse(date(*id)), *id));
    ids.truncate(FEED_LIMIT);
    let entry = |id: &NoteId| {
        let card = &site.note(*id).facts.card;
        let (past, url) = (super::is_past(site, *id), absolute(site, &card.url));
        Some(FeedEntry { card, past, url, updated: moment(date(*id)?) })
    };
    let entries: Vec<FeedEntry<'_>> = ids.iter().filter_map(entry).collect();
    let latest = entries.iter().map(|entry| entry.updated.clone()).max();
    FeedView {
        site: site.card(&note.facts.place.language),
        note: &note.facts.card,
        page_url: absolute(site, &note.facts.place.output),
        feed_url: absolute(site, path),
        updated: latest.or(date(id).map(moment)).unwrap_or_default(),
        entries,
    }
}

/// A date as the date and time that feeds ask for (RFC 3339): the first moment of it.
fn moment(date: crate::date::Date) -> String {
    let (month, day) = (date.month().unwrap_or(1), date.day_of_month().unwrap_or(1));
    format!("{:04}-{month:02}-{day:02}T00:00:00Z", date.year())
}

/// The notes that readers should find: neither past, nor without a text of their own.
fn listed(site: &Site) -> impl Iterator<Item = NoteId> {
    let wanted = |(id, note): &(NoteId, &crate::note::Note)| {
        note.facts.origin != Origin::OpenField && !super::is_past(site, *id)
    };
    site.notes().filter(wanted).map(|(id, _)| id)
}

/// Where the sitemap lies, in one part or in several.
pub(super) fn sitemap_paths(site: &Site) -> Vec<(OutputPath, PageKey)> {
    let parts = listed(site).count().div_ceil(SITEMAP_LIMIT);
    let numbers = if parts > 1 { 0..parts + 1 } else { 0..1 };
    numbers.map(|part| (sitemap_path(part), PageKey::Sitemap(part))).collect()
}

fn sitemap_path(part: usize) -> OutputPath {
    OutputPath::new(match part {
        0 => "sitemap.xml".to_owned(),
        part => format!("sitemap-{part}.xml"),
    })
}

pub(super) fn sitemap(site: &Site, part: usize) -> SitemapView {
    let ids: Vec<NoteId> = listed(site).collect();
    let parts = ids.len().div_ceil(SITEMAP_LIMIT);
    let page = |id: &NoteId| {
        let facts = &site.note(*id).facts;
        SitemapPage { url: absolute(site, &facts.card.url), updated: facts.changed() }
    };
    let mut chunks = ids.chunks(SITEMAP_LIMIT);
    let (shown, parts) = match part {
        0 if parts > 1 => {
            let urls = (1..=parts).filter_map(|part| absolute(site, &sitemap_path(part)));
            (None, urls.collect())
        }
        0 => (chunks.next(), Vec::new()),
        part => (chunks.nth(part - 1), Vec::new()),
    };
    SitemapView { parts, pages: shown.unwrap_or_default().iter().map(page).collect() }
}

pub(super) fn robots(site: &Site) -> RobotsView<'_> {
    RobotsView {
        sitemap: absolute(site, &sitemap_path(0)),
        site: site.card(site.config.language()),
    }
}
