//! The snapshot of a book: its configuration, its notes, and how they hang together. Immutable.

mod theme;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

pub use theme::{
    FooterPart, OutsideLink, SiteLogo, SiteTheme, SocialImage, theme_file, theme_files,
};

use crate::config::{BookIndex, Config, KindFeatures, LETTERS};
use crate::date::Date;
use crate::files::BookFiles;
use crate::fingerprint::SharedValue;
use crate::graph::{self, Graph, PartFound, Resolution};
use crate::index::Indexes;
use crate::language::{Direction, Language};
use crate::note::{Note, NoteId, Origin, RefField};
use crate::path::{OutputPath, SourcePath};
use crate::terms::Glossary;
use crate::words::Strings;

/// The whole book, ready to be judged and shown.
#[derive(Clone, Debug)]
pub struct Site {
    /// The configuration.
    pub config: Arc<Config>,
    /// The day for which the site is made.
    pub today: Date,
    /// The notes readers see, and at the end those without a file.
    pub notes: Arc<Vec<Arc<Note>>>,
    /// The notes that are left out as drafts.
    pub drafts: Arc<Vec<Arc<Note>>>,
    /// The files that are copied.
    pub files: Arc<BookFiles>,
    /// The text at the foot of every page, by language.
    pub footers: Arc<BTreeMap<Language, Note>>,
    /// How the notes hang together.
    pub graph: Arc<Graph>,
    /// Lists over the whole book.
    pub indexes: Arc<Indexes>,
    /// The terms of the glossary, and where they are mentioned.
    pub terms: Arc<Glossary>,
    /// What every page of a language shows.
    pub cards: Arc<BTreeMap<Language, SharedValue<SiteCard>>>,
}

/// What every page of a language shows.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SiteCard {
    /// The title of the site.
    pub title: String,
    /// What the site is, in a sentence.
    pub description: String,
    /// Where the site will be published, with a slash at its end.
    pub base_url: Option<String>,
    /// The language.
    pub language: Language,
    /// The direction of its script.
    pub direction: Direction,
    /// The home page.
    pub home: OutputPath,
    /// The page to search from.
    pub search: OutputPath,
    /// Where somebody finds a note who can't search, since there is no script.
    pub index: MenuItem,
    /// Where the navigation leads.
    pub menu: Vec<MenuItem>,
    /// The indexes of the whole book.
    pub indexes: Vec<MenuItem>,
    /// The words of the interface.
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
    /// The text at the foot of every page, by language.
    pub footers: Arc<BTreeMap<Language, Note>>,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MenuItem {
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub url: OutputPath,
}

impl Site {
    /// Puts the parts of a book together. `notes` and `drafts` are in the order of their paths. What
    /// is known of notes that are as they were `before` is taken from there.
    pub fn new(
        config: Arc<Config>,
        today: Date,
        notes: Vec<Arc<Note>>,
        drafts: Vec<Arc<Note>>,
        files: Arc<BookFiles>,
        furniture: &PageFurniture,
        before: Option<&Site>,
    ) -> Self {
        let (notes, graph) = graph::link(&config, notes, &files, &furniture.footers);
        let card = |home: &(Language, NoteId)| {
            let card = site_card(&config, &notes, &graph, home, &furniture.words);
            let footer = furniture.footers.get_key_value(&home.0);
            let theme = theme::site_theme(&config, &files, &notes, &graph, footer);
            let assets = furniture.assets.clone();
            (home.0.clone(), SharedValue::new(SiteCard { assets, theme, ..card }))
        };
        let cards = graph.homes.iter().map(card).collect();
        let before = before.map(|site| (&*site.terms, &site.notes[..]));
        let terms = Glossary::new(&config, &notes, &graph.past, before);
        let indexes = Indexes::new(&config, &notes, &graph, today);
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
            cards: Arc::new(cards),
        }
    }

    /// The same site with another text for some notes, whose facts are as they were.
    pub fn with_bodies(&self, changed: &[(NoteId, Arc<Note>)]) -> Self {
        let mut site = self.clone();
        let notes = Arc::make_mut(&mut site.notes);
        for (id, note) in changed {
            notes[id.index()] = Arc::clone(note);
        }
        Arc::make_mut(&mut site.terms).refresh(changed);
        site
    }

    /// The note read from the file at `path`, if readers see it.
    pub fn note_at(&self, path: &SourcePath) -> Option<NoteId> {
        // Those without a file come last, and are not in the order of paths.
        let files = self.notes.partition_point(|note| note.facts.origin == Origin::File);
        let found = self.notes[..files].binary_search_by(|note| note.source.cmp(path));
        found.ok().map(|at| NoteId(at as u32))
    }

    /// The note at `id`.
    pub fn note(&self, id: NoteId) -> &Note {
        &self.notes[id.index()]
    }

    /// All notes with their ids.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, &Note)> {
        self.notes.iter().enumerate().map(|(at, note)| (NoteId(at as u32), &**note))
    }

    /// The notes that a field of the note at `id` names, in the order written.
    pub fn named_in(&self, id: NoteId, field: RefField) -> impl Iterator<Item = NoteId> {
        let places = self.note(id).facts.references_in(field);
        self.graph.references[id.index()][places].iter().filter_map(|found| found.note())
    }

    /// The notes that supersede `id`, by way of others or not, and are current themselves: what to read
    /// instead.
    pub fn successors(&self, id: NoteId) -> &[NoteId] {
        self.graph.successors.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Whether another note supersedes `id`, or supersedes what `id` translates.
    pub fn is_superseded(&self, id: NoteId) -> bool {
        !self.graph.superseded_by[id.index()].is_empty()
    }

    /// What every page in `language` shows.
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
    words: &BTreeMap<Language, Strings>,
) -> SiteCard {
    let words = words.get(language).or_else(|| words.get(config.language()));
    let home = &*notes[home.index()];
    let word = |name| words.map_or(String::new(), |words| words.get(name).to_owned());
    let has_letters = config.indexes.contains(&BookIndex::Letters);
    SiteCard {
        title: config.title.clone(),
        description: config.description.clone(),
        base_url: config.base_url.clone(),
        language: language.clone(),
        direction: language.direction(),
        home: home.facts.place.output.clone(),
        search: match language == config.language() {
            true => OutputPath::new("search.html"),
            false => OutputPath::new(format!("{language}/search.html")),
        },
        index: match has_letters {
            true => MenuItem { title: word("index-a-z"), url: below_home(home, LETTERS) },
            false => MenuItem { title: word("search-index"), url: home.facts.place.output.clone() },
        },
        menu: menu(config, notes, graph, language),
        indexes: indexes(config, home, words.unwrap_or(&Strings::default())),
        words: words.cloned().unwrap_or_default(),
        assets: BTreeMap::new(),
        theme: SiteTheme::default(),
    }
}

/// The navigation: what the book asks for, or else every kind. An entry that leads nowhere is left
/// out here, and reported by a rule.
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
        MenuItem { title: facts.card.title.clone(), url: facts.place.output.clone() }
    };
    ids.into_iter().map(item).collect()
}

/// The indexes of the whole book, in the order in which readers want them.
fn indexes(config: &Config, home: &Note, words: &Strings) -> Vec<MenuItem> {
    let any = |has: fn(&KindFeatures) -> bool| config.kinds().any(|(_, kind)| has(&kind.shown));
    let indexes = [
        (LETTERS, "index-a-z", config.indexes.contains(&BookIndex::Letters)),
        ("coverage", "index-coverage", any(|shown| shown.axis)),
        ("timeline", "index-timeline", any(|shown| shown.timeline)),
        ("changes", "index-changes", config.indexes.contains(&BookIndex::Changes)),
        ("state", "index-state", config.indexes.contains(&BookIndex::State)),
    ];
    let item = |(name, word, _): (&str, &str, bool)| MenuItem {
        title: words.get(word).to_owned(),
        url: below_home(home, name),
    };
    indexes.into_iter().filter(|(_, _, is_there)| *is_there).map(item).collect()
}

/// The page called `name` of the language whose home page is `home`.
pub fn index_path(site: &Site, home: NoteId, name: &str) -> OutputPath {
    below_home(site.note(home), name)
}

fn below_home(home: &Note, name: &str) -> OutputPath {
    let folder = home.facts.place.output.as_str();
    let folder = folder.strip_suffix("index.html").unwrap_or("");
    OutputPath::new(format!("{folder}{name}.html"))
}

/// The note that an entry of the menu names: the page of a kind, or the note at a path.
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

/// The note and the range of its text that link number `link` of the note at `id` embeds; none if
/// there is no such part.
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
