//! The frame of a page: title, navigation, language and addresses.

use serde::Serialize;

use crate::language::{Direction, Language};
use crate::note::{NoteCard, NoteId, Status};
use crate::path::OutputPath;
use crate::site::{Site, SiteCard};
use crate::template::SharedValue;
use crate::view::address::{absolute, base_path};
use crate::view::parts::colour;

/// The frame of a page, which every page has.
#[derive(Hash, Serialize)]
pub struct PageFrame<'a> {
    /// The site, as all pages of the language show it: title, menu, words of the interface.
    pub site: &'a SharedValue<SiteCard>,
    /// The path from the page to the top of the site, such as `../`; empty at the top. Put before the
    /// path of a page or file, it makes a link.
    pub root: String,
    /// The path of the page, from the top of the site.
    pub url: &'a OutputPath,
    /// The language of the page, as a code such as `en`.
    pub language: &'a Language,
    /// The direction of the language's script, `ltr` or `rtl`.
    pub direction: Direction,
    /// True if the book has several languages, so that the page may show titles in another than its own.
    pub mixed: bool,
    /// The title of the page.
    pub title: String,
    /// A summary of the page, in a sentence; absent if it has none.
    pub description: Option<&'a str>,
    /// The absolute address of the page, for search engines; absent if the book does not say where it
    /// will be published, and on the page for addresses that lead nowhere.
    pub canonical: Option<String>,
    /// The path of the menu's entry for the page or for its kind; absent if the menu has neither.
    pub section: Option<&'a OutputPath>,
    /// The number of the page's colour, from 1 to 8: that of its note, or of the note that this is filed
    /// under; absent if neither has one.
    pub colour: Option<u32>,
    /// The notes whose pages are above this one, the home page first.
    pub breadcrumb: Vec<&'a SharedValue<NoteCard>>,
    /// The page in each language of the book, in the order of the book. Empty in a book of one language, and on the
    /// page for addresses that lead nowhere.
    pub languages: Vec<LanguageLink<'a>>,
    /// The page in each of its languages, its own included, as search engines ask for them. Empty if
    /// there is one language, or if the book does not say where it will be published.
    pub versions: Vec<LanguageVersion<'a>>,
}

/// A link to a page in a language of the book.
#[derive(Hash, Serialize)]
pub struct LanguageLink<'a> {
    /// The language, as a code such as `en`.
    pub language: &'a Language,
    /// The name of the language in the language itself; its code where the words of the interface have no name.
    pub name: &'a str,
    /// The path of the page.
    pub url: OutputPath,
    /// True if it is the language of this page.
    pub current: bool,
    /// True if the text is in the language; false if it was not translated.
    pub translated: bool,
    /// The standing of the translation: `official`, `reviewed`, `unofficial` or `machine`; absent if nobody
    /// said, and of originals.
    pub standing: Option<&'a str>,
}

/// A page in one of its languages.
#[derive(Hash, Serialize)]
pub struct LanguageVersion<'a> {
    /// The language, as a code such as `en`.
    pub language: &'a Language,
    /// The absolute address of the page in that language.
    pub url: String,
}

/// The frame of the page of a note.
pub(crate) fn of_note(site: &Site, id: NoteId) -> PageFrame<'_> {
    let note = site.note(id);
    let facts = &note.facts;
    let lead = Some(note.body.lead.as_str()).filter(|lead| !lead.is_empty());
    let is_untranslated = facts.origin.is_untranslated();
    let mut frame = bare(site, &facts.place.output, &facts.place.language);
    PageFrame {
        title: facts.card.title.clone(),
        description: facts.card.summary.as_deref().or(lead),
        section: section(site, id),
        colour: colour::of_page(site, id),
        breadcrumb: breadcrumb(site, id),
        versions: versions(site, id),
        languages: languages_of(site, id),
        // For search engines, a page that was not translated is the one that has its text.
        canonical: absolute(site, &site.note(site.graph.works.shown(id)).facts.place.output)
            .filter(|_| is_untranslated)
            .or(frame.canonical.take()),
        ..frame
    }
}

/// The frame of a page that belongs to the note at `id`, such as a further page of its list.
pub(crate) fn below<'a>(site: &'a Site, path: &'a OutputPath, id: NoteId) -> PageFrame<'a> {
    let mut frame = bare(site, path, &site.note(id).facts.place.language);
    frame.section = section(site, id);
    frame.colour = colour::of_page(site, id);
    frame.breadcrumb = breadcrumb(site, id);
    frame.breadcrumb.push(&site.note(id).facts.card);
    frame.languages = languages_of(site, id);
    frame
}

/// The frame of a page that belongs to the book as a whole, below the home page at `home`. `title` is
/// the key of its title among the words of the interface.
pub(crate) fn of_book<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    title: &str,
) -> PageFrame<'a> {
    let mut frame = bare(site, path, &site.note(home).facts.place.language);
    frame.title = frame.site.words.get(title).to_owned();
    frame.breadcrumb = vec![&site.note(home).facts.card];
    frame.languages = languages(site, frame.language, |language| {
        let own = folder_of(&site.note(home).facts.place.output);
        let other = folder_of(&site.note(site.graph.home(language)?).facts.place.output);
        // Of a list on several pages, the first is there in every language.
        let rest = path.as_str().strip_prefix(own)?;
        let first = rest.split_once('/').map(|(name, _)| format!("{name}.html"));
        let first = first.unwrap_or_else(|| rest.to_owned());
        Some((OutputPath::new(format!("{other}{first}")), true))
    });
    frame
}

/// The folder of the page of a folder, with a slash at its end; empty at the top.
fn folder_of(output: &OutputPath) -> &str {
    output.as_str().strip_suffix("index.html").unwrap_or_default()
}

/// The page of the note at `id` in each language of the book.
fn languages_of(site: &Site, id: NoteId) -> Vec<LanguageLink<'_>> {
    let versions = site.graph.works.in_languages(id);
    let all = site.config.languages.iter().zip(versions);
    let mut links = languages(site, &site.note(id).facts.place.language, |language| {
        let version = all.clone().find(|(of, _)| *of == language).and_then(|(_, found)| *found);
        let facts = &site.note(version.unwrap_or(site.graph.works.original(id))).facts;
        let is_translated = version.is_some() && !facts.origin.is_untranslated();
        Some((facts.place.output.clone(), is_translated))
    });
    for link in &mut links {
        let version = all.clone().find(|(of, _)| *of == link.language).and_then(|(_, id)| *id);
        let details = version.and_then(|id| site.note(id).facts.translation.as_deref());
        link.standing = details.and_then(|details| details.standing.as_deref());
    }
    links
}

/// A page in each language of the book; `find` returns its path in a language, and whether it is translated.
fn languages<'a>(
    site: &'a Site,
    own: &Language,
    find: impl Fn(&Language) -> Option<(OutputPath, bool)>,
) -> Vec<LanguageLink<'a>> {
    let all = &site.config.languages;
    let link = |language: &'a Language| {
        let (url, translated) = find(language)?;
        let name = site.card(language).words.language_name().unwrap_or(language.as_str());
        let current = language == own;
        Some(LanguageLink { language, name, url, current, translated, standing: None })
    };
    if all.len() < 2 { Vec::new() } else { all.iter().filter_map(link).collect() }
}

/// The frame of the page for addresses that lead nowhere. The page is shown at any depth, so its links
/// begin at the top of the site's address.
pub(crate) fn not_found<'a>(site: &'a Site, path: &'a OutputPath) -> PageFrame<'a> {
    let mut frame = bare(site, path, site.config.language());
    frame.title = frame.site.words.get("not-found").to_owned();
    frame.description = Some(frame.site.words.get("not-found-text"));
    frame.root = base_path(site);
    frame.canonical = None;
    frame
}

/// The frame of the page to search from.
pub(crate) fn search<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    language: &Language,
) -> PageFrame<'a> {
    let language = site.cards.get_key_value(language).map_or(site.config.language(), |card| card.0);
    let mut frame = bare(site, path, language);
    frame.title = frame.site.words.get("search").to_owned();
    frame.breadcrumb =
        site.graph.home(language).map(|id| &site.note(id).facts.card).into_iter().collect();
    frame.languages =
        languages(site, language, |language| Some((site.card(language).search.clone(), true)));
    frame
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
        languages: Vec::new(),
        versions: Vec::new(),
    }
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

/// The versions of the note at `id` that are not withdrawn, its own first; none if there is one only, if it was not
/// translated, or if nobody knows where the site will be published.
fn versions(site: &Site, id: NoteId) -> Vec<LanguageVersion<'_>> {
    let is_untranslated = |id: NoteId| site.note(id).facts.origin.is_untranslated();
    if is_untranslated(id) {
        return Vec::new();
    }
    let others = site.graph.works.all(id).filter(|other| *other != id && !is_untranslated(*other));
    let is_withdrawn = |id: &NoteId| site.note(*id).facts.card.status == Status::Withdrawn;
    let version = |id: NoteId| {
        let card = &site.note(id).facts.card;
        Some(LanguageVersion { language: &card.language, url: absolute(site, &card.url)? })
    };
    let all = std::iter::once(id).chain(others.filter(|other| !is_withdrawn(other)));
    let found: Vec<LanguageVersion<'_>> = all.filter_map(version).collect();
    if found.len() > 1 { found } else { Vec::new() }
}
