//! What every page has around its text.

use serde::Serialize;

use crate::fingerprint::SharedValue;
use crate::language::{Direction, Language};
use crate::note::{NoteCard, NoteId, Status};
use crate::path::OutputPath;
use crate::site::{Site, SiteCard};

/// What every page has around its text.
#[derive(Hash, Serialize)]
pub struct PageFrame<'a> {
    /// What every page of the language shows.
    pub site: &'a SharedValue<SiteCard>,
    /// What leads from the page to the top of the site.
    pub root: String,
    /// The page.
    pub url: &'a OutputPath,
    /// The language of the page.
    pub language: &'a Language,
    /// The direction of its script.
    pub direction: Direction,
    /// Whether the book has several languages, so that what the page shows may be in another.
    pub mixed: bool,
    /// The title of the page.
    pub title: String,
    /// What the page says, in a sentence.
    pub description: Option<&'a str>,
    /// The one address of the page, where the site's is known.
    pub canonical: Option<String>,
    /// The entry of the navigation that the page is, or that it is below.
    pub section: Option<&'a OutputPath>,
    /// The colour of the page, from 1 to 8, if its note or the one it is filed under has one.
    pub colour: Option<u32>,
    /// The pages above, the home page first.
    pub breadcrumb: Vec<&'a SharedValue<NoteCard>>,
    /// The same note in other languages.
    pub alternates: Vec<&'a SharedValue<NoteCard>>,
    /// The same note in every language, its own included, as search engines ask for them.
    pub versions: Vec<LanguageVersion<'a>>,
}

/// A note in one of the languages of the book.
#[derive(Hash, Serialize)]
pub struct LanguageVersion<'a> {
    /// The language.
    pub language: &'a Language,
    /// The one address of its page.
    pub url: String,
}

/// The frame of the page of a note.
pub(super) fn of_note(site: &Site, id: NoteId) -> PageFrame<'_> {
    let note = site.note(id);
    let facts = &note.facts;
    let lead = Some(note.body.lead.as_str()).filter(|lead| !lead.is_empty());
    let alternates = alternates(site, id);
    PageFrame {
        title: facts.card.title.clone(),
        description: facts.card.summary.as_deref().or(lead),
        section: section(site, id),
        colour: colour(site, id),
        breadcrumb: breadcrumb(site, id),
        versions: versions(site, &facts.card, &alternates),
        alternates,
        ..bare(site, &facts.place.output, &facts.place.language)
    }
}

/// The frame of a page that belongs to the note at `id`, such as a further page of its list.
pub(super) fn below<'a>(site: &'a Site, path: &'a OutputPath, id: NoteId) -> PageFrame<'a> {
    let mut frame = bare(site, path, &site.note(id).facts.place.language);
    frame.section = section(site, id);
    frame.colour = colour(site, id);
    frame.breadcrumb = breadcrumb(site, id);
    frame.breadcrumb.push(&site.note(id).facts.card);
    frame
}

/// The frame of a page that belongs to the book as a whole, below the home page at `home`.
pub(super) fn of_book<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    title: &str,
) -> PageFrame<'a> {
    let mut frame = bare(site, path, &site.note(home).facts.place.language);
    frame.title = title.to_owned();
    frame.breadcrumb = vec![&site.note(home).facts.card];
    frame
}

/// The page for addresses that lead nowhere. It is shown at any depth, so its links begin at the
/// top of the site's address.
pub(super) fn not_found<'a>(site: &'a Site, path: &'a OutputPath) -> PageFrame<'a> {
    let mut frame = bare(site, path, site.config.language());
    frame.title = frame.site.words.get("not-found").to_owned();
    frame.description = Some(frame.site.words.get("not-found-text"));
    frame.root = base_path(site);
    frame.canonical = None;
    frame
}

/// The page to search from.
pub(super) fn search<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    language: &Language,
) -> PageFrame<'a> {
    let language = site.cards.get_key_value(language).map_or(site.config.language(), |card| card.0);
    let mut frame = bare(site, path, language);
    frame.title = frame.site.words.get("search").to_owned();
    frame.breadcrumb =
        site.graph.home(language).map(|id| &site.note(id).facts.card).into_iter().collect();
    frame
}

/// The path of the base address: `/linking/` of `https://example.org/linking/`.
pub fn base_path(site: &Site) -> String {
    let url = site.config.base_url.as_deref().unwrap_or("");
    let after_scheme = url.split_once("://").map_or("", |(_, rest)| rest);
    after_scheme.find('/').map_or("/", |slash| &after_scheme[slash..]).to_owned()
}

fn bare<'a>(site: &'a Site, path: &'a OutputPath, language: &'a Language) -> PageFrame<'a> {
    PageFrame {
        site: site.card(language),
        root: path.to_root(),
        url: path,
        language,
        direction: language.direction(),
        mixed: site.config.languages.len() > 1,
        title: String::new(),
        description: None,
        canonical: absolute(site, path),
        section: None,
        colour: None,
        breadcrumb: Vec::new(),
        alternates: Vec::new(),
        versions: Vec::new(),
    }
}

/// The absolute address of a page, where the site's is known.
pub(super) fn absolute(site: &Site, path: &OutputPath) -> Option<String> {
    let base = site.config.base_url.as_deref()?;
    Some(format!("{base}{}", crate::path::url_path(path.address())))
}

/// The colour of a page: that of its note, or else of the first note it points at of a kind that has
/// colours. If that one has none, nor has the page: another colour would file it elsewhere.
fn colour(site: &Site, id: NoteId) -> Option<u32> {
    let targets = site.graph.references[id.index()].iter().filter_map(|found| found.note());
    let can = |id: &NoteId| site.config.kind(site.note(*id).facts.kind).shown.colours > 0;
    [id].into_iter().chain(targets).find(can).and_then(|id| own_colour(site, id))
}

/// The colour of a note: its place among the notes of its kind, if so many of them have one.
pub(super) fn own_colour(site: &Site, id: NoteId) -> Option<u32> {
    let colours = site.config.kind(site.note(id).facts.kind).shown.colours;
    let (_, place) = site.graph.positions[id.index()]?;
    (place < colours).then_some(place + 1)
}

fn section(site: &Site, id: NoteId) -> Option<&OutputPath> {
    let place = &site.note(id).facts.place;
    let page = site.graph.kind_page(site.note(id).facts.kind, &place.language);
    let above = page.map(|page| &site.note(page).facts.place.output);
    let menu = || site.card(&place.language).menu.iter().map(|item| &item.url);
    let is_in_menu = |url: &OutputPath| menu().any(|item| item == url);
    let own = Some(&place.output).filter(|url| is_in_menu(url));
    own.or(above.filter(|url| is_in_menu(url)))
}

fn breadcrumb(site: &Site, id: NoteId) -> Vec<&SharedValue<NoteCard>> {
    let facts = &site.note(id).facts;
    let home = site.graph.home(&facts.place.language).filter(|home| *home != id);
    let page = site.graph.kind_page(facts.kind, &facts.place.language).filter(|page| *page != id);
    let ids = home.into_iter().chain(page);
    ids.map(|id| &site.note(id).facts.card).collect()
}

fn alternates(site: &Site, id: NoteId) -> Vec<&SharedValue<NoteCard>> {
    if site.config.languages.len() < 2 {
        return Vec::new();
    }
    let place = &site.note(id).facts.place;
    let same = |note: &crate::note::Note| {
        note.facts.place.key == place.key && note.facts.place.language != place.language
    };
    let translations = site.graph.translations.get(&place.key);
    let notes = translations.into_iter().flatten().map(|id| site.note(*id));
    notes.filter(|note| same(note)).map(|note| &note.facts.card).collect()
}

/// The versions of a note that are not withdrawn; none if it has no other, or if nobody knows where the
/// site will be published.
fn versions<'a>(
    site: &Site,
    own: &'a NoteCard,
    others: &[&'a SharedValue<NoteCard>],
) -> Vec<LanguageVersion<'a>> {
    let others = others.iter().map(|card| &***card);
    let found: Vec<LanguageVersion<'a>> = std::iter::once(own)
        .chain(others.filter(|card| card.status != Status::Withdrawn))
        .filter_map(|card| {
            Some(LanguageVersion { language: &card.language, url: absolute(site, &card.url)? })
        })
        .collect();
    if found.len() > 1 { found } else { Vec::new() }
}
