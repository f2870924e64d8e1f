//! The works of the book with the state of each in each language, for those who have them translated.

use serde::Serialize;

use crate::index::{TRANSLATIONS, VersionState, WorkInLanguages, WorkVersion};
use crate::language::Language;
use crate::note::{NoteCard, NoteId, TranslationDetails};
use crate::path::OutputPath;
use crate::site::{BookPageEntry, PageCondition, Site, index_path};
use crate::template::SharedValue;
use crate::view::output::{BookPage, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::frame::{self, PageFrame};
use crate::words::InterfaceWord;

/// The pages of translations.
pub(crate) const PAGE: BookPage = BookPage {
    entry: BookPageEntry {
        name: TRANSLATIONS,
        title: InterfaceWord::new("index-translations", "Translations"),
        condition: PageCondition::AskedInLanguages,
    },
    list,
    texts: TextsShown::None,
};

/// A page of the works with their translations.
#[derive(Hash, Serialize)]
pub struct TranslationsPageView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The language and the state that all works of the page have in common; absent on a page of all works.
    pub chosen: Option<ChosenVersions<'a>>,
    /// The languages, each with the number of its works by state. Empty on pages after the first, and on those of works
    /// in one state.
    pub languages: Vec<LanguageTotals<'a>>,
    /// The works of this page, those first that most notes point at.
    pub works: Vec<TranslatedWork<'a>>,
    /// The number of works on all pages of the list.
    pub total: usize,
    /// The path of the data of all works, as JSON.
    pub json: OutputPath,
    /// The other pages of the list; absent if there are none.
    pub pager: Option<Pager>,
}

/// The state that all works of a page have in one language.
#[derive(Hash, Serialize)]
pub struct ChosenVersions<'a> {
    /// The language.
    pub language: LanguageLabel<'a>,
    /// The state: `original`, `current`, `stale`, `unknown` or `missing`.
    pub state: &'static str,
    /// The path of the page of all works.
    pub all: OutputPath,
}

/// A language of the book.
#[derive(Clone, Copy, Hash, Serialize)]
pub struct LanguageLabel<'a> {
    /// The language, as a code such as `en`.
    pub language: &'a Language,
    /// The name of the language in the language itself; its code where the words of the interface have no name.
    pub name: &'a str,
}

/// The works of a language by state.
#[derive(Hash, Serialize)]
pub struct LanguageTotals<'a> {
    /// The language. Its variables, `language` and `name`, stand beside `counts`.
    #[serde(flatten)]
    pub label: LanguageLabel<'a>,
    /// The number of works in each state: `original`, `current`, `stale`, `unknown` and `missing`, in this order.
    pub counts: Vec<StateCount>,
}

/// The number of works that are in a state.
#[derive(Hash, Serialize)]
pub struct StateCount {
    /// The name of the state.
    pub state: &'static str,
    /// The number.
    pub count: usize,
    /// The path of their list; absent if there are none.
    pub url: Option<OutputPath>,
}

/// A work with its state in each language.
#[derive(Hash, Serialize)]
pub struct TranslatedWork<'a> {
    /// The work, as lists in the language of the page show it.
    pub card: &'a SharedValue<NoteCard>,
    /// The number of notes that point at it.
    pub pointers: usize,
    /// Its state in each language of the book, in their order, without a language in which all works are originals.
    pub versions: Vec<VersionCell<'a>>,
}

/// A work in one language.
#[derive(Hash, Serialize)]
pub struct VersionCell<'a> {
    /// The language. Its variables, `language` and `name`, stand beside `state`.
    #[serde(flatten)]
    pub label: LanguageLabel<'a>,
    /// The state: `original`, `current`, `stale`, `unknown` or `missing`.
    pub state: &'static str,
    /// The number of paragraphs of the original that it doesn't render as they are now; 0 unless it is stale.
    pub behind: u32,
    /// The number of paragraphs of the original; 0 unless it is stale.
    pub paragraphs: u32,
    /// The path of the version; absent if it is missing.
    pub url: Option<&'a OutputPath>,
    /// Its standing as a translation, who made it and when; absent if its front matter says nothing.
    pub translation: Option<&'a TranslationDetails>,
}

/// The works of a list: all, or those that are in a state in one language, which is given by its place among those of
/// the book.
#[derive(Clone, Copy)]
enum WorkList {
    All,
    In(usize, VersionState),
}

impl WorkList {
    /// Returns the number of works.
    fn total(self, site: &Site) -> usize {
        let index = &site.indexes.translations;
        match self {
            Self::All => index.works.len(),
            Self::In(language, state) => index.list(language, state).len(),
        }
    }

    fn first_path(self, site: &Site, home: NoteId) -> OutputPath {
        match self {
            Self::All => index_path(site, home, TRANSLATIONS),
            Self::In(language, state) => {
                let language = &site.config.languages[language];
                let name = state.name();
                index_path(site, home, &format!("{TRANSLATIONS}/{language}-{name}"))
            }
        }
    }

    fn pages(self, site: &Site, home: NoteId) -> PagedList {
        PagedList::of_rows(site, self.first_path(site, home), self.total(site))
    }

    /// Returns the works of one page.
    fn works<'a>(self, site: &'a Site, pages: &PagedList, page: usize) -> Vec<&'a WorkInLanguages> {
        let (index, part) = (&site.indexes.translations, pages.part(page));
        match self {
            Self::All => index.works[part].iter().collect(),
            Self::In(language, state) => {
                index.list(language, state)[part].iter().map(|at| &index.works[*at]).collect()
            }
        }
    }
}

/// The path of the page in the language whose home page is `home`; `None` if the book has none.
pub(super) fn path(site: &Site, home: NoteId) -> Option<OutputPath> {
    PAGE.entry.is_in(&site.config).then(|| WorkList::All.first_path(site, home))
}

fn list(site: &Site, home: NoteId, out: &mut OutputList) {
    let languages = 0..site.config.languages.len();
    let states = languages.flat_map(|at| VersionState::ALL.map(|state| WorkList::In(at, state)));
    let states = states.filter(|list| list.total(site) > 0);
    for works in std::iter::once(WorkList::All).chain(states) {
        let pages = works.pages(site, home);
        for page in 1..=pages.page_count() {
            out.add(pages.path(page), OutputOwner::Note(home), move |site, path| {
                View::template("translations.html", view(site, path, home, works, page))
            });
        }
    }
}

fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    list: WorkList,
    page: usize,
) -> TranslationsPageView<'a> {
    let pages = list.pages(site, home);
    let works = list.works(site, &pages, page);
    let mut frame = frame::of_book(site, path, home, PAGE.entry.title.key);
    let chosen = match list {
        WorkList::All => None,
        WorkList::In(language, state) => Some(ChosenVersions {
            language: label(site, language),
            state: state.name(),
            all: WorkList::All.first_path(site, home),
        }),
    };
    if let Some(chosen) = &chosen {
        let words = &frame.site.words;
        let state = words.get(word(chosen.state));
        frame.title = words.labelled(chosen.language.name, state);
    }
    let is_start = chosen.is_none() && page == 1;
    TranslationsPageView {
        page: frame,
        chosen,
        languages: if is_start { totals(site, home) } else { Vec::new() },
        works: works.into_iter().map(|work| translated(site, home, work)).collect(),
        total: list.total(site),
        json: OutputPath::new("translations.json"),
        pager: pages.pager(page),
    }
}

/// The key of the word for a state.
fn word(state: &str) -> &'static str {
    match state {
        "original" => "translations-original",
        "current" => "translations-current",
        "stale" => "translations-stale",
        "unknown" => "translations-unknown",
        _ => "translations-missing",
    }
}

/// The language at a place among those of the book.
fn label(site: &Site, at: usize) -> LanguageLabel<'_> {
    let language = &site.config.languages[at];
    let name = site.card(language).words.language_name().unwrap_or(language.as_str());
    LanguageLabel { language, name }
}

fn totals(site: &Site, home: NoteId) -> Vec<LanguageTotals<'_>> {
    let count = |at: usize, state: VersionState| {
        let list = WorkList::In(at, state);
        let count = list.total(site);
        let url = (count > 0).then(|| list.first_path(site, home));
        StateCount { state: state.name(), count, url }
    };
    let totals = |at: usize| LanguageTotals {
        label: label(site, at),
        counts: VersionState::ALL.map(|state| count(at, state)).into(),
    };
    (0..site.config.languages.len()).map(totals).collect()
}

fn translated<'a>(site: &'a Site, home: NoteId, work: &WorkInLanguages) -> TranslatedWork<'a> {
    let index = &site.indexes.translations;
    let is_news = |at: usize| index.list(at, VersionState::Original).len() < index.works.len();
    let cell = |(at, version): (usize, &WorkVersion)| {
        let facts = version.note.map(|id| &site.note(id).facts);
        VersionCell {
            label: label(site, at),
            state: version.state.name(),
            behind: version.behind,
            paragraphs: version.paragraphs,
            url: facts.map(|facts| &facts.place.output),
            translation: facts.and_then(|facts| facts.translation.as_deref()),
        }
    };
    let shown = site.graph.works.for_reader(work.original, home);
    TranslatedWork {
        card: &site.note(shown).facts.card,
        pointers: work.pointers,
        versions: work
            .versions
            .iter()
            .enumerate()
            .filter(|(at, _)| is_news(*at))
            .map(cell)
            .collect(),
    }
}
