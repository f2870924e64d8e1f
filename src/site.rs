//! A book in one state: its configuration, its notes, and the links between them. Immutable.

mod bodies;
mod theme;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

pub use theme::{
    FooterPart, OutsideLink, SiteLogo, SiteTheme, SocialImage, theme_file, theme_files,
};

use crate::config::{Config, Kind, KindFeatures, KindId};
use crate::date::Date;
use crate::files::BookFiles;
use crate::graph::{self, Graph, PartFound, Pointer, Relation, Resolution};
use crate::index::{Indexes, LETTERS};
use crate::language::{Direction, Language};
use crate::note::{Note, NoteId, Origin, RefField};
use crate::path::{OutputPath, SourcePath};
use crate::template::SharedValue;
use crate::terms::Glossary;
use crate::translation::{TranslationState, TranslationTable};
use crate::words::{InterfaceWord, Strings};

/// The whole book, ready to be checked and shown.
#[derive(Clone, Debug)]
pub struct Site {
    /// The configuration.
    pub config: Arc<Config>,
    /// The date for which the site is made.
    pub today: Date,
    /// The notes that readers see; notes without a file come last.
    pub notes: Arc<Vec<Arc<Note>>>,
    /// The notes that are left out because they are drafts.
    pub drafts: Arc<Vec<Arc<Note>>>,
    /// The files that are copied.
    pub files: Arc<BookFiles>,
    /// The text at the foot of every page, by language.
    pub footers: Arc<BTreeMap<Language, Note>>,
    /// The links between the notes.
    pub graph: Arc<Graph>,
    /// Lists over the whole book.
    pub indexes: Arc<Indexes>,
    /// The glossary terms and their mentions.
    pub terms: Arc<Glossary>,
    /// The states of translations.
    pub translations: Arc<TranslationTable>,
    /// The data that every page of a language shows.
    pub cards: Arc<BTreeMap<Language, SharedValue<SiteCard>>>,
}

/// The data that every page of a language shows.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SiteCard {
    /// The title of the site.
    pub title: String,
    /// A description of the site in one sentence.
    pub description: String,
    /// The address at which the site will be published, with a trailing slash.
    pub base_url: Option<String>,
    /// The language.
    pub language: Language,
    /// The direction of its script.
    pub direction: Direction,
    /// The home page.
    pub home: OutputPath,
    /// The page to search from.
    pub search: OutputPath,
    /// The list of notes for readers who can't search because scripts are off.
    pub index: MenuItem,
    /// The entries of the navigation.
    pub menu: Vec<MenuItem>,
    /// The indexes of the whole book.
    pub indexes: Vec<MenuItem>,
    /// The strings of the interface.
    pub words: Strings,
    /// The addresses of the theme's files, by name.
    pub assets: BTreeMap<String, OutputPath>,
    /// The additions of `[theme]`.
    pub theme: SiteTheme,
}

/// The parts of every page that do not come from notes.
#[derive(Debug, Default)]
pub struct PageFurniture {
    /// The words of the interface, by language.
    pub words: BTreeMap<Language, Strings>,
    /// The addresses of the theme's files, by name.
    pub assets: BTreeMap<String, OutputPath>,
    /// The pages over the whole book that the program knows, in the order of the menu.
    pub book_pages: Vec<BookPageEntry>,
    /// The text at the foot of every page, by language.
    pub footers: Arc<BTreeMap<Language, Note>>,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MenuItem {
    /// The label.
    pub title: String,
    /// The target.
    pub url: OutputPath,
    /// The language of the label.
    pub language: Language,
}

/// A page over the whole book, as menus name it.
#[derive(Clone, Copy, Debug)]
pub struct BookPageEntry {
    /// The name of the page in its address, and in `indexes` of `book.toml`.
    pub name: &'static str,
    /// The title.
    pub title: InterfaceWord,
    /// The condition on which a book has the page.
    pub condition: PageCondition,
}

/// The condition on which a book has a page.
#[derive(Clone, Copy, Debug)]
pub enum PageCondition {
    /// The book asks for it by its name.
    Asked,
    /// The book asks for it by its name, and has several languages.
    AskedInLanguages,
    /// A kind of the book has this feature.
    Kind(fn(&KindFeatures) -> bool),
}

impl BookPageEntry {
    /// Returns whether a book has the page.
    pub fn is_in(&self, config: &Config) -> bool {
        match self.condition {
            PageCondition::Asked => config.asks_for(self.name),
            PageCondition::AskedInLanguages => {
                config.asks_for(self.name) && config.languages.len() > 1
            }
            PageCondition::Kind(has) => config.kinds().any(|(_, kind)| has(&kind.features)),
        }
    }
}

impl Site {
    /// Builds the site. `notes` and `drafts` are sorted by path. Results for notes that haven't
    /// changed are taken from `before`.
    pub fn new(
        config: Arc<Config>,
        today: Date,
        notes: Vec<Arc<Note>>,
        drafts: Vec<Arc<Note>>,
        files: Arc<BookFiles>,
        furniture: &PageFurniture,
        before: Option<&Site>,
    ) -> Self {
        let (notes, graph) = graph::link(
            &config,
            notes,
            &files,
            &furniture.footers,
            before.map_or(&[][..], |site| &site.notes),
        );
        let card = |home: &(Language, NoteId)| {
            let card = site_card(&config, &notes, &graph, home, furniture);
            let footer = furniture.footers.get_key_value(&home.0);
            let theme = theme::site_theme(&config, &files, &notes, &graph, footer);
            (home.0.clone(), SharedValue::new(SiteCard { theme, ..card }))
        };
        let cards = graph.homes.iter().map(card).collect();
        let before = before.map(|site| (&*site.terms, &site.notes[..]));
        let terms = Glossary::new(&config, &notes, &graph, before);
        let translations = TranslationTable::new(&config, &notes, &graph.works);
        let indexes = Indexes::new(&config, &notes, &graph, &translations, today);
        Self {
            config,
            today,
            notes: Arc::new(notes),
            drafts: Arc::new(drafts),
            files,
            footers: Arc::clone(&furniture.footers),
            graph: Arc::new(graph),
            indexes: Arc::new(indexes),
            terms: Arc::new(terms),
            translations: Arc::new(translations),
            cards: Arc::new(cards),
        }
    }

    /// Returns the note read from the file at `path`, if readers see it.
    pub fn note_at(&self, path: &SourcePath) -> Option<NoteId> {
        // Notes without a file come last and aren't sorted by path.
        let files = self.notes.partition_point(|note| note.facts.origin == Origin::File);
        let found = self.notes[..files].binary_search_by(|note| note.source.cmp(path));
        found.ok().map(|at| NoteId(at as u32))
    }

    /// Returns the note at `id`.
    pub fn note(&self, id: NoteId) -> &Note {
        &self.notes[id.index()]
    }

    /// Returns all notes with their ids.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, &Note)> {
        self.notes.iter().enumerate().map(|(at, note)| (NoteId(at as u32), &**note))
    }

    /// Returns the notes that have pages of their own.
    pub fn pages(&self) -> impl Iterator<Item = (NoteId, &Note)> {
        self.notes().filter(|(_, note)| note.facts.origin != Origin::Listed)
    }

    /// Returns the notes that a field of the note at `id` names, in the order written.
    pub fn named_in(&self, id: NoteId, field: RefField) -> impl Iterator<Item = NoteId> {
        let places = self.note(id).facts.references_in(field);
        self.graph.references[id.index()][places].iter().filter_map(|found| found.note())
    }

    /// Returns all that points at the note at `id`, sorted by relation: links, references, and mentions
    /// if it is a term.
    pub fn pointers(&self, id: NoteId) -> &[Pointer] {
        self.terms.pointers(id).unwrap_or_else(|| self.graph.incoming.of(id))
    }

    /// Returns what points at the note at `id` in one relation.
    pub fn pointers_in(&self, id: NoteId, relation: Relation) -> &[Pointer] {
        let all = self.pointers(id);
        let start = all.partition_point(|pointer| pointer.relation < relation);
        let end = all.partition_point(|pointer| pointer.relation <= relation);
        &all[start..end]
    }

    /// Returns the notes to read instead of `id`: those that supersede it, directly or
    /// transitively, and are current themselves.
    pub fn successors(&self, id: NoteId) -> &[NoteId] {
        self.graph.successors.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns whether another note supersedes `id`, or supersedes a translation of it.
    pub fn is_superseded(&self, id: NoteId) -> bool {
        !self.graph.superseded_by[id.index()].is_empty()
    }

    /// Returns whether the note at `id` is superseded or withdrawn, so that readers should look elsewhere.
    pub fn is_past(&self, id: NoteId) -> bool {
        self.graph.past[id.index()]
    }

    /// Returns what has changed in the original of the translation at `id` since it was made; `None` if nobody knows, and
    /// for all other notes.
    pub fn translation_state(&self, id: NoteId) -> Option<&TranslationState> {
        self.translations.state(id)
    }

    /// Returns a kind with its words in the language of the page of the note at `reader`.
    pub fn kind_for(&self, kind: KindId, reader: NoteId) -> &Kind {
        self.config.kind_in(kind, &self.note(reader).facts.place.language)
    }

    /// Returns the words of the interface in the language of the note at `id`.
    pub fn words_of(&self, id: NoteId) -> &Strings {
        &self.card(&self.note(id).facts.place.language).words
    }

    /// Returns the data that every page in `language` shows.
    pub fn card(&self, language: &Language) -> &SharedValue<SiteCard> {
        self.cards.get(language).unwrap_or_else(|| {
            self.cards.get(self.config.language()).expect("the book's own language has a home page")
        })
    }
}

fn site_card(
    config: &Config,
    notes: &[Arc<Note>],
    graph: &Graph,
    (language, home): &(Language, NoteId),
    furniture: &PageFurniture,
) -> SiteCard {
    let words = &furniture.words;
    let words = words.get(language).or_else(|| words.get(config.language()));
    let home = &*notes[home.index()];
    let word = |name| words.map_or(String::new(), |words| words.get(name).to_owned());
    let book_pages = book_pages(config, home, words, &furniture.book_pages);
    let letters = below_home(home, LETTERS);
    SiteCard {
        title: config.title_in(language).to_owned(),
        description: config.description_in(language).to_owned(),
        base_url: config.base_url.clone(),
        language: language.clone(),
        direction: language.direction(),
        home: home.facts.place.output.clone(),
        search: if language == config.language() {
            OutputPath::new("search.html")
        } else {
            OutputPath::new(format!("{language}/search.html"))
        },
        index: book_pages.iter().find(|page| page.url == letters).cloned().unwrap_or_else(|| {
            MenuItem {
                title: word("search-index"),
                url: home.facts.place.output.clone(),
                language: language.clone(),
            }
        }),
        menu: menu(config, notes, graph, language),
        indexes: book_pages,
        words: words.cloned().unwrap_or_default(),
        assets: furniture.assets.clone(),
        theme: SiteTheme::default(),
    }
}

/// Returns the navigation: the configured menu, or else every kind. An entry that leads nowhere is
/// left out here and reported by a rule.
fn menu(config: &Config, notes: &[Arc<Note>], graph: &Graph, language: &Language) -> Vec<MenuItem> {
    let asked = config
        .menu
        .iter()
        .filter_map(|entry| menu_note(config, notes, graph, &entry.text, language));
    let every = config.kinds().filter_map(|(kind, _)| {
        graph.kind_page(kind, language).or_else(|| graph.kind_page(kind, config.language()))
    });
    let ids: Vec<NoteId> = if config.menu.is_empty() { every.collect() } else { asked.collect() };
    let item = |id: NoteId| {
        let facts = &notes[id.index()].facts;
        MenuItem {
            title: facts.card.title.clone(),
            url: facts.place.output.clone(),
            language: facts.card.language.clone(),
        }
    };
    ids.into_iter().map(item).collect()
}

/// Returns the pages over the whole book that the book has, in the order of the menu.
fn book_pages(
    config: &Config,
    home: &Note,
    words: Option<&Strings>,
    known: &[BookPageEntry],
) -> Vec<MenuItem> {
    let item = |page: &BookPageEntry| MenuItem {
        title: words.map_or(page.title.english, |words| words.get(page.title.key)).to_owned(),
        url: below_home(home, page.name),
        language: home.facts.place.language.clone(),
    };
    known.iter().filter(|page| page.is_in(config)).map(item).collect()
}

/// Returns the address of the index `name` of the language whose home page is `home`.
pub fn index_path(site: &Site, home: NoteId, name: &str) -> OutputPath {
    below_home(site.note(home), name)
}

fn below_home(home: &Note, name: &str) -> OutputPath {
    let folder = home.facts.place.output.as_str();
    let folder = folder.strip_suffix("index.html").unwrap_or("");
    OutputPath::new(format!("{folder}{name}.html"))
}

/// Returns the note that an entry of the menu names: the page of a kind, or the note at a path.
pub fn menu_note(
    config: &Config,
    notes: &[Arc<Note>],
    graph: &Graph,
    name: &str,
    language: &Language,
) -> Option<NoteId> {
    let page =
        |kind| graph.kind_page(kind, language).or_else(|| graph.kind_page(kind, config.language()));
    if let Some(page) = config.kind_named(name).and_then(page) {
        return Some(page);
    }
    let path = name.trim_matches('/');
    let at = |wanted: &Language| {
        let fits = |note: &Arc<Note>| {
            *note.facts.place.path == *path && note.facts.place.language == *wanted
        };
        notes.iter().position(fits).map(|at| NoteId(at as u32))
    };
    at(language).or_else(|| at(config.language()))
}

/// Returns the note that link number `link` of the note at `id` embeds, and the range of its text;
/// `None` if there is no such part.
pub fn embedded_range(site: &Site, id: NoteId, link: u32) -> Option<(NoteId, u32, u32)> {
    let Resolution::Note(target, part) = site.graph.links[id.index()][link as usize] else {
        return None;
    };
    let Note { body, facts, .. } = site.note(target);
    let anchor = match part {
        PartFound::Whole => return Some((target, 0, body.text_end)),
        PartFound::Heading(at) => &facts.headings[at as usize].anchor,
        PartFound::Anchor(at) => &facts.anchors[at as usize],
        PartFound::Missing => return None,
    };
    body.section(anchor).map(|section| (target, section.start, section.end))
}
