//! Lists over the whole book, made once a book and only where `book.toml` asks for them, so that no
//! page has to go through all notes: by letter, by date, by what needs care, by the values of a
//! register.

mod dates;
mod letters;
mod register;
mod state;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use dates::{ChangeScope, DatedChange};
pub use letters::{Letter, LetterEntry};
pub use register::{ColumnValue, FacetColumn, RegisterIndex};
pub use state::{BookState, Concern};

use crate::config::{BookIndex, Config, KindId};
use crate::date::Date;
use crate::graph::Graph;
use crate::language::Language;
use crate::note::{Note, NoteId, Origin};

/// The lists over a book.
#[derive(Debug, Default)]
pub struct Indexes {
    /// Those of each language, with the home page of the language.
    pub languages: Vec<(NoteId, LanguageIndexes)>,
    /// The registers, with the page of the kind that each is.
    pub registers: Vec<(NoteId, RegisterIndex)>,
}

/// The lists over the notes of one language.
#[derive(Debug, Default)]
pub struct LanguageIndexes {
    /// Everything notes are called, by letter.
    pub letters: Vec<Letter>,
    /// The notes of the timeline that have a date, the earliest first.
    pub timeline: Vec<NoteId>,
    /// Those that have none, in the order of their kinds.
    pub undated: Vec<NoteId>,
    /// What changed, the latest first, list by list.
    pub changes: BTreeMap<ChangeScope, Vec<DatedChange>>,
    /// What needs care.
    pub state: BookState,
    /// For each axis, the notes that could be filed by it and are not.
    pub unfiled: Vec<(KindId, Vec<NoteId>)>,
    /// For each axis and kind, how many notes that are.
    pub n_unfiled: BTreeMap<(KindId, KindId), usize>,
}

/// What the lists are made from.
struct IndexInput<'a> {
    config: &'a Config,
    notes: &'a [Arc<Note>],
    graph: &'a Graph,
    today: Date,
}

impl Indexes {
    /// Makes the lists that `config` asks for.
    pub fn new(config: &Config, notes: &[Arc<Note>], graph: &Graph, today: Date) -> Self {
        let book = IndexInput { config, notes, graph, today };
        let languages = graph.homes.iter().map(|(language, home)| (*home, book.of(language)));
        Self { languages: languages.collect(), registers: register::registers(&book) }
    }

    /// The lists of the language whose home page is `home`.
    pub fn of(&self, home: NoteId) -> &LanguageIndexes {
        let lists = self.languages.iter().find(|(other, _)| *other == home);
        lists.map(|(_, lists)| lists).expect("every home page has its lists")
    }

    /// The register that the page at `id` is.
    pub fn register(&self, id: NoteId) -> Option<&RegisterIndex> {
        self.registers.iter().find(|(page, _)| *page == id).map(|(_, register)| register)
    }
}

impl IndexInput<'_> {
    fn of(&self, language: &Language) -> LanguageIndexes {
        let has = |index| self.config.indexes.contains(&index);
        let kinds = || self.config.kinds();
        let mut lists = LanguageIndexes::default();
        if has(BookIndex::Letters) {
            lists.letters = letters::letters(self, language);
        }
        if kinds().any(|(_, kind)| kind.shown.timeline) {
            (lists.timeline, lists.undated) = dates::timeline(self, language);
        }
        if has(BookIndex::Changes) {
            lists.changes = dates::changes(self, language);
        }
        let axes = kinds().filter(|(_, kind)| kind.shown.axis);
        lists.unfiled = axes.map(|(axis, _)| (axis, self.unfiled(axis, language))).collect();
        for (axis, notes) in &lists.unfiled {
            for id in notes {
                *lists.n_unfiled.entry((*axis, self.note(*id).facts.kind)).or_default() += 1;
            }
        }
        if has(BookIndex::State) {
            lists.state = state::state(self, language, lists.unfiled.first());
        }
        lists
    }

    fn note(&self, id: NoteId) -> &Note {
        &self.notes[id.index()]
    }

    /// The notes of a language that have a file, in the order of their paths.
    fn written(&self, language: &Language) -> impl Iterator<Item = NoteId> {
        let wanted = move |note: &Note| {
            note.facts.origin == Origin::File && note.facts.place.language == *language
        };
        let ids = self.notes.iter().enumerate().filter(move |(_, note)| wanted(note));
        ids.map(|(at, _)| NoteId(at as u32))
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
