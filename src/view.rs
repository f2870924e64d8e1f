//! What a page shows: all that its template may see. Each view derives both `Hash` and
//! `Serialize`, so what is shown is exactly what is compared.

mod allowance;
mod cite;
mod content;
mod currency;
mod data;
mod filed;
mod frame;
mod highlight;
mod home;
mod in_full;
mod incoming;
mod index;
mod leads;
mod linked;
mod list;
mod machine;
mod map;
mod measure;
mod note;
mod plain;
mod quote;
mod register;
mod related;
mod terms;
mod unled;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

pub use content::{BodyContent, FilledPiece, traced};
pub use data::{NotesData, RegisterData, SCHEMA};
pub use frame::{PageFrame, base_path};
pub use in_full::InFullView;
pub use index::IndexView;
pub use list::{ListItem, ListView};
pub use machine::{FeedView, RedirectView, RobotsView, SitemapView};
pub use note::NoteView;
pub use register::RegisterView;

use crate::config::BookIndex;
use crate::graph::Relation;
use crate::language::Language;
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;

/// What an output shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKey {
    /// A note with the texts of what points at it.
    InFull(NoteId),
    /// A note.
    Note(NoteId),
    /// A further page of the list of a kind, by the page of the kind; the first is on that page.
    Kind(NoteId, usize),
    /// A page of what points at a note in one way, where that is too much for the note's page.
    Incoming(NoteId, Relation, usize),
    /// A page of the rows of a register that have one value in a column: the page of the kind, the
    /// places of column and value, the number of the page.
    Facet(NoteId, [usize; 2], usize),
    /// A whole register, for a spreadsheet.
    RegisterCsv(NoteId),
    /// A whole register, for programs.
    RegisterJson(NoteId),
    /// The reference to a note, for programs that manage references.
    Cite(NoteId, cite::CitationFormat),
    /// All notes, for programs.
    Notes,
    /// What can be in that.
    NotesSchema,
    /// A page of an index, in the language of a home page.
    Index(NoteId, index::IndexPage),
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
    InFull(Box<InFullView<'a>>),
    List(Box<ListView<'a>>),
    Index(Box<IndexView<'a>>),
    Register(Box<RegisterView<'a>>),
    RegisterData(RegisterData<'a>),
    Notes(NotesData<'a>),
    Csl([cite::CslItem<'a>; 1]),
    /// A file that is text and needs no template.
    Text(Cow<'a, str>),
    NotFound(PageView<'a>),
    Search(PageView<'a>),
    Redirect(RedirectView<'a>),
    Feed(Box<FeedView<'a>>),
    Sitemap(SitemapView),
    Robots(RobotsView<'a>),
}

/// A page that shows nothing of the book but what every page has.
#[derive(Hash, Serialize)]
pub struct PageView<'a> {
    /// What every page has.
    pub page: PageFrame<'a>,
}

impl PageKey {
    /// The note that the output belongs to; none if it belongs to the book.
    pub fn note(&self) -> Option<NoteId> {
        match self {
            Self::InFull(id)
            | Self::Note(id)
            | Self::Kind(id, _)
            | Self::Incoming(id, ..)
            | Self::Facet(id, ..)
            | Self::RegisterCsv(id)
            | Self::RegisterJson(id)
            | Self::Cite(id, _)
            | Self::Index(id, _)
            | Self::Redirect(id, _)
            | Self::Feed(id) => Some(*id),
            Self::Notes
            | Self::NotesSchema
            | Self::NotFound
            | Self::Search(_)
            | Self::Sitemap(_)
            | Self::Robots => None,
        }
    }
}

impl View<'_> {
    /// The template that shows the view; none for data, which is written as JSON or as it is.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Note(note) => note.template(),
            Self::InFull(_) => "in-full.html",
            Self::List(_) => "list.html",
            Self::Index(index) => index.template(),
            Self::Register(_) => "register.html",
            Self::RegisterData(_) | Self::Notes(_) | Self::Csl(_) | Self::Text(_) => "",
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
pub fn view<'a>(site: &'a Site, path: &'a OutputPath, subject: &PageKey) -> View<'a> {
    match subject {
        PageKey::Note(id) => View::Note(Box::new(note::view(site, *id))),
        PageKey::Kind(id, page) if site.indexes.register(*id).is_some() => {
            View::Register(Box::new(register::view(site, path, *id, None, *page)))
        }
        PageKey::Facet(id, value, page) => {
            View::Register(Box::new(register::view(site, path, *id, Some(*value), *page)))
        }
        PageKey::RegisterCsv(id) => View::Text(data::register_csv(site, *id).into()),
        PageKey::RegisterJson(id) => View::RegisterData(data::register_json(site, *id)),
        PageKey::Cite(id, cite::CitationFormat::Bibtex) => {
            View::Text(cite::bibtex(site, *id).into())
        }
        PageKey::Cite(id, cite::CitationFormat::Ris) => View::Text(cite::ris(site, *id).into()),
        PageKey::Cite(id, cite::CitationFormat::Csl) => View::Csl(cite::csl(site, *id)),
        PageKey::Notes => View::Notes(data::notes(site)),
        PageKey::NotesSchema => View::Text(SCHEMA.into()),
        PageKey::Kind(id, page) => View::List(Box::new(list::of_kind(site, path, *id, *page))),
        PageKey::Incoming(id, relation, page) => {
            View::List(Box::new(list::of_incoming(site, path, *id, *relation, *page)))
        }
        PageKey::Index(home, page) => View::Index(Box::new(index::view(site, path, *home, *page))),
        PageKey::InFull(id) => View::InFull(Box::new(in_full::view(site, path, *id))),
        PageKey::NotFound => View::NotFound(PageView { page: frame::not_found(site, path) }),
        PageKey::Search(language) => {
            View::Search(PageView { page: frame::search(site, path, language) })
        }
        PageKey::Redirect(id, _) => View::Redirect(machine::redirect(site, path, *id)),
        PageKey::Feed(id) => View::Feed(Box::new(machine::feed(site, path, *id))),
        PageKey::Sitemap(part) => View::Sitemap(machine::sitemap(site, *part)),
        PageKey::Robots => View::Robots(machine::robots(site)),
    }
}

/// Every output made from a view, in no order that matters.
pub fn outputs(site: &Site) -> Vec<(OutputPath, PageKey)> {
    let mut outputs = Vec::with_capacity(site.notes.len() + 16);
    for (id, note) in site.notes() {
        let output = &note.facts.place.output;
        outputs.push((output.clone(), PageKey::Note(id)));
        for (at, redirect) in note.facts.redirects.iter().enumerate() {
            outputs.push((redirect.clone(), PageKey::Redirect(id, at)));
        }
        outputs.extend(incoming::overflow(site, id));
        outputs.extend(cite::outputs(site, id));
        outputs.extend(in_full::path(site, id).map(|path| (path, PageKey::InFull(id))));
        if machine::has_feed(site, id) {
            outputs.push((machine::feed_path(output), PageKey::Feed(id)));
        }
    }
    for (_, _, id) in &site.graph.kind_pages {
        let pages = list::pages(site, list::sequence_of(site, *id).len());
        let base = &site.note(*id).facts.place.output;
        outputs.extend(
            (2..=pages).map(|page| (list::page_path(base, page), PageKey::Kind(*id, page))),
        );
    }
    outputs.extend(index::outputs(site));
    outputs.extend(register::outputs(site));
    if site.config.indexes.contains(&BookIndex::Notes) {
        outputs.push((OutputPath::new("notes.json"), PageKey::Notes));
        outputs.push((OutputPath::new("notes.schema.json"), PageKey::NotesSchema));
    }
    let pages = site.cards.iter();
    outputs.extend(pages.map(|(of, card)| (card.search.clone(), PageKey::Search(of.clone()))));
    outputs.push((OutputPath::new("404.html"), PageKey::NotFound));
    outputs.push((OutputPath::new("robots.txt"), PageKey::Robots));
    if site.config.base_url.is_some() {
        outputs.extend(machine::sitemap_paths(site));
    }
    outputs
}

/// The notes whose pages show the text of one of `changed`, those themselves included.
pub fn showing(site: &Site, changed: &[NoteId]) -> BTreeSet<NoteId> {
    site.graph.showing(changed)
}

/// The outputs that show the text of the note at `id`, but for those of notes that embed it.
pub fn outputs_of(site: &Site, id: NoteId) -> Vec<(OutputPath, PageKey)> {
    let own = (site.note(id).facts.place.output.clone(), PageKey::Note(id));
    in_full::showing(site, id).chain([own]).collect()
}

/// A text, or its beginning if it is longer than so many bytes.
fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.len() > most {
        true => Cow::Owned(format!("{}…", &text[..text.floor_char_boundary(most)])),
        false => Cow::Borrowed(text),
    }
}

/// Whether readers should look elsewhere.
pub fn is_past(site: &Site, id: NoteId) -> bool {
    site.graph.past[id.index()]
}
