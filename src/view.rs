//! What a page shows: all that its template may see. Each view derives both `Hash` and
//! `Serialize`, so what is shown is exactly what is compared.

mod content;
mod frame;
mod incoming;
mod list;
mod machine;
mod note;
mod plain;
mod quote;

use std::collections::BTreeSet;

use serde::Serialize;

pub use content::Content;
pub use frame::Frame;
pub use list::{ListView, Listed};
pub use machine::{FeedView, RedirectView, RobotsView, SitemapView};
pub use note::NoteView;

use crate::graph::Relation;
use crate::language::Language;
use crate::note::{NoteId, Status};
use crate::path::OutputPath;
use crate::site::Site;

/// What an output shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A note.
    Note(NoteId),
    /// A further page of the list of a kind, by the page of the kind; the first is on that page.
    Kind(NoteId, usize),
    /// A page of what points at a note in one way, where that is too much for the note's page.
    Incoming(NoteId, Relation, usize),
    /// The page for addresses that lead nowhere.
    NotFound,
    /// The page to search from, in a language.
    Search(Language),
    /// The page at the nth former address of a note.
    Redirect(NoteId, usize),
    /// The news of what points at a note.
    Feed(NoteId),
    /// The list of all pages for search engines; the nth part of it.
    Sitemap(usize),
    /// What search engines may read.
    Robots,
}

/// A view of any sort.
#[derive(Hash, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is named after the view it holds")]
pub enum View<'a> {
    Note(Box<NoteView<'a>>),
    List(Box<ListView<'a>>),
    NotFound(PageView<'a>),
    Search(PageView<'a>),
    Redirect(RedirectView<'a>),
    Feed(Box<FeedView<'a>>),
    Sitemap(SitemapView<'a>),
    Robots(RobotsView<'a>),
}

/// A page that shows nothing of the book but what every page has.
#[derive(Hash, Serialize)]
pub struct PageView<'a> {
    /// What every page has.
    pub page: Frame<'a>,
}

impl View<'_> {
    /// The template that shows the view.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Note(note) => note.template(),
            Self::List(_) => "list.html",
            Self::NotFound(_) => "404.html",
            Self::Search(_) => "search.html",
            Self::Redirect(_) => "redirect.html",
            Self::Feed(_) => "feed.xml",
            Self::Sitemap(_) => "sitemap.xml",
            Self::Robots(_) => "robots.txt",
        }
    }
}

/// The view of `subject` at `path`.
pub fn view<'a>(site: &'a Site, path: &'a OutputPath, subject: &Subject) -> View<'a> {
    match subject {
        Subject::Note(id) => View::Note(Box::new(note::view(site, *id))),
        Subject::Kind(id, page) => View::List(Box::new(list::of_kind(site, path, *id, *page))),
        Subject::Incoming(id, relation, page) => {
            View::List(Box::new(list::of_incoming(site, path, *id, *relation, *page)))
        }
        Subject::NotFound => View::NotFound(PageView { page: frame::not_found(site, path) }),
        Subject::Search(language) => {
            View::Search(PageView { page: frame::search(site, path, language) })
        }
        Subject::Redirect(id, _) => View::Redirect(machine::redirect(site, path, *id)),
        Subject::Feed(id) => View::Feed(Box::new(machine::feed(site, path, *id))),
        Subject::Sitemap(part) => View::Sitemap(machine::sitemap(site, *part)),
        Subject::Robots => View::Robots(machine::robots(site)),
    }
}

/// Every output made from a view, in no order that matters.
pub fn outputs(site: &Site) -> Vec<(OutputPath, Subject)> {
    let mut outputs = Vec::with_capacity(site.notes.len() + 16);
    for (id, note) in site.notes() {
        let output = &note.facts.place.output;
        outputs.push((output.clone(), Subject::Note(id)));
        for (at, redirect) in note.facts.redirects.iter().enumerate() {
            outputs.push((redirect.clone(), Subject::Redirect(id, at)));
        }
        outputs.extend(incoming::overflow(site, id));
        if site.config.base_url.is_some() && site.config.kind(note.facts.kind).feed {
            outputs.push((machine::feed_path(output), Subject::Feed(id)));
        }
    }
    for (_, _, id) in &site.graph.kind_pages {
        let pages = list::pages(site, list::sequence_of(site, *id).len());
        let base = &site.note(*id).facts.place.output;
        outputs.extend(
            (2..=pages).map(|page| (list::page_path(base, page), Subject::Kind(*id, page))),
        );
    }
    let pages = site.cards.iter();
    outputs.extend(pages.map(|(of, card)| (card.search.clone(), Subject::Search(of.clone()))));
    outputs.push((OutputPath::new("404.html"), Subject::NotFound));
    outputs.push((OutputPath::new("robots.txt"), Subject::Robots));
    if site.config.base_url.is_some() {
        outputs.extend(machine::sitemap_paths(site));
    }
    outputs
}

/// The notes whose pages show the text of one of `changed`, those themselves included.
pub fn showing(site: &Site, changed: &[NoteId]) -> BTreeSet<NoteId> {
    let embedders = |id: &NoteId| site.graph.embedders(*id);
    changed.iter().flat_map(|id| embedders(id).into_iter().chain([*id])).collect()
}

/// Whether readers should look elsewhere.
pub fn is_past(site: &Site, id: NoteId) -> bool {
    let withdrawn = site.note(id).facts.card.status == Status::Withdrawn;
    withdrawn || !site.graph.superseded_by[id.index()].is_empty()
}
