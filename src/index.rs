//! Lists over the whole book: by letter, by date, by concern, by the values of a register. They are made
//! once, and only if `book.toml` asks for them, so that no page has to go through all notes.

mod dates;
mod letters;
mod register;
mod state;
mod translations;

use std::collections::BTreeMap;
use std::sync::Arc;

use dates::Timeline;
pub use dates::{ChangeScope, DatedChange};
pub use letters::{Letter, LetterEntry};
pub use register::{ColumnValue, FacetColumn, FacetValue, RegisterIndex};
pub use state::{BookState, Concern, NotesForEditors};
pub use translations::{TranslationIndex, VersionState, WorkInLanguages, WorkVersion};

use crate::config::{Config, KindId};
use crate::date::Date;
use crate::graph::Graph;
use crate::language::Language;
use crate::note::{Note, NoteId};
use crate::translation::TranslationTable;

/// The name of the list of all names by letter, in `book.toml` and in addresses.
pub const LETTERS: &str = "a-z";

/// The name of the list of changes, in `book.toml` and in addresses.
pub const CHANGES: &str = "changes";

/// The name of the state of the book, in `book.toml` and in addresses.
pub const STATE: &str = "state";

/// The name of the list of works with their translations, in `book.toml` and in addresses.
pub const TRANSLATIONS: &str = "translations";

/// The lists over a book.
#[derive(Debug, Default)]
pub struct Indexes {
    /// The lists of each language that has a home page.
    pub languages: Vec<LanguageIndexes>,
    /// The registers of all kinds that have one, in each language.
    pub registers: Vec<RegisterIndex>,
    /// The works with the state of each in each language.
    pub translations: TranslationIndex,
}

/// The lists over the notes of one language.
#[derive(Debug)]
pub struct LanguageIndexes {
    /// The home page of the language.
    pub home: NoteId,
    /// All titles and other names of notes, by letter.
    pub letters: Vec<Letter>,
    /// The notes of the timeline that have a date, the earliest first.
    pub timeline: Vec<NoteId>,
    /// The notes of the timeline that have none, in the order of their kinds.
    pub undated: Vec<NoteId>,
    /// The changes of notes, the latest first, list by list.
    pub changes: BTreeMap<ChangeScope, Vec<DatedChange>>,
    /// The notes that somebody has to look after.
    pub state: BookState,
    /// For each axis, the notes that could be filed by it and are not.
    pub unfiled: BTreeMap<KindId, Vec<NoteId>>,
    /// For each axis and kind, the number of these notes.
    pub n_unfiled: BTreeMap<(KindId, KindId), usize>,
}

/// The book, as far as the lists are made from it.
struct IndexInput<'a> {
    config: &'a Config,
    notes: &'a [Arc<Note>],
    graph: &'a Graph,
    translations: &'a TranslationTable,
    today: Date,
}

impl Indexes {
    /// Makes the lists that `config` asks for.
    pub fn new(
        config: &Config,
        notes: &[Arc<Note>],
        graph: &Graph,
        translations: &TranslationTable,
        today: Date,
    ) -> Self {
        let book = IndexInput { config, notes, graph, translations, today };
        let languages = graph.homes.iter().map(|(language, home)| book.lists(language, *home));
        Self {
            languages: languages.collect(),
            registers: register::registers(&book),
            translations: book.if_asked(TRANSLATIONS, || translations::translations(&book)),
        }
    }

    /// The lists of the language whose home page is `home`.
    pub fn of(&self, home: NoteId) -> &LanguageIndexes {
        let lists = self.languages.iter().find(|lists| lists.home == home);
        lists.expect("every home page has its lists")
    }

    /// The register that the page at `id` is.
    pub fn register(&self, id: NoteId) -> Option<&RegisterIndex> {
        self.registers.iter().find(|register| register.page == id)
    }
}

impl IndexInput<'_> {
    /// Makes the lists of the language whose home page is `home`.
    fn lists(&self, language: &Language, home: NoteId) -> LanguageIndexes {
        let kinds = || self.config.kinds();
        let has_timeline = kinds().any(|(_, kind)| kind.features.timeline);
        let dates =
            if has_timeline { dates::timeline(self, language) } else { Timeline::default() };
        let axes = kinds().filter(|(_, kind)| kind.features.taxonomy);
        let unfiled: BTreeMap<KindId, Vec<NoteId>> =
            axes.map(|(axis, _)| (axis, self.unfiled(axis, language))).collect();
        let first_unfiled = unfiled.values().next().map_or(&[][..], Vec::as_slice);
        LanguageIndexes {
            home,
            letters: self.if_asked(LETTERS, || letters::letters(self, language)),
            timeline: dates.dated,
            undated: dates.undated,
            changes: self.if_asked(CHANGES, || dates::changes(self, language)),
            state: self.if_asked(STATE, || state::state(self, language, first_unfiled)),
            n_unfiled: self.count_unfiled(&unfiled),
            unfiled,
        }
    }

    /// Makes a list if the book asks for it by this name.
    fn if_asked<T: Default>(&self, name: &str, make: impl FnOnce() -> T) -> T {
        if self.config.asks_for(name) { make() } else { T::default() }
    }

    /// The number of notes by the axis that they could be filed by and by their kind.
    fn count_unfiled(
        &self,
        unfiled: &BTreeMap<KindId, Vec<NoteId>>,
    ) -> BTreeMap<(KindId, KindId), usize> {
        let mut counts = BTreeMap::new();
        for (axis, notes) in unfiled {
            for id in notes {
                *counts.entry((*axis, self.note(*id).facts.kind)).or_default() += 1;
            }
        }
        counts
    }

    fn note(&self, id: NoteId) -> &Note {
        &self.notes[id.index()]
    }

    /// The notes of a language whose works have a file, in the order of their paths.
    fn written(&self, language: &Language) -> impl Iterator<Item = NoteId> {
        let ids = (0..self.notes.len() as u32).map(NoteId);
        ids.filter(move |id| {
            let is_of_language = self.note(*id).facts.place.language == *language;
            let original = || self.note(self.graph.works.original(*id));
            is_of_language && original().facts.origin.is_written()
        })
    }

    /// The notes of kinds that can be filed by `axis`, and that are filed under none of its notes.
    fn unfiled(&self, axis: KindId, language: &Language) -> Vec<NoteId> {
        let is_filed = |id: &NoteId| {
            let targets = self.graph.references[id.index()].iter();
            let kind_of = |to: NoteId| self.note(to).facts.kind;
            targets.filter_map(|to| to.note()).any(|to| kind_of(to) == axis)
        };
        let can = |id: &NoteId| {
            let kind = self.note(*id).facts.kind;
            kind != axis && self.config.kind(kind).points_at(axis)
        };
        self.written(language).filter(|id| can(id) && !is_filed(id)).collect()
    }
}
