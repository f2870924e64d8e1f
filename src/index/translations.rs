//! The works of the book with the state of each in each language, for those who have them translated.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::IndexInput;
use crate::note::{NoteId, Origin, Status};

/// The works with the state of each in each language.
#[derive(Debug, Default)]
pub struct TranslationIndex {
    /// The works that readers should read, those first that most notes point at.
    pub works: Vec<WorkInLanguages>,
    /// By the place of a language among those of the book, and by state: the places of the works in `works`.
    lists: BTreeMap<(usize, VersionState), Vec<usize>>,
}

/// A work with its state in each language.
#[derive(Debug)]
pub struct WorkInLanguages {
    /// The original.
    pub original: NoteId,
    /// The number of notes that point at it.
    pub pointers: usize,
    /// Its version in each language of the book, in their order.
    pub versions: Box<[WorkVersion]>,
}

/// A work in one language.
#[derive(Clone, Copy, Debug)]
pub struct WorkVersion {
    /// The state.
    pub state: VersionState,
    /// The version; absent if it is missing.
    pub note: Option<NoteId>,
    /// The number of paragraphs of the original that it doesn't render as they are now; 0 unless it is stale.
    pub behind: u32,
    /// The number of paragraphs of the original; 0 unless it is stale.
    pub paragraphs: u32,
}

/// The state of a work in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionState {
    /// It is the original.
    Original,
    /// It is a translation of today's original.
    Current,
    /// It is a translation of an earlier original.
    Stale,
    /// It is a translation that does not say of which original.
    Unknown,
    /// It was not translated, or the translation is withdrawn.
    Missing,
}

impl VersionState {
    /// All states, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Original, Self::Current, Self::Stale, Self::Unknown, Self::Missing];

    /// Returns the state as a part of addresses and of files for programs, and of the keys of words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Unknown => "unknown",
            Self::Missing => "missing",
        }
    }
}

impl TranslationIndex {
    /// Returns the places in `works` of those that are in `state` in a language, which is given by its place among the
    /// languages of the book.
    pub fn list(&self, language: usize, state: VersionState) -> &[usize] {
        self.lists.get(&(language, state)).map_or(&[], Vec::as_slice)
    }
}

/// Lists all works that are neither withdrawn nor superseded.
pub(super) fn translations(book: &IndexInput<'_>) -> TranslationIndex {
    let works = &book.graph.works;
    if works.is_empty() {
        return TranslationIndex::default();
    }
    let is_meant = |id: &NoteId| {
        book.note(*id).facts.origin == Origin::File
            && works.original(*id) == *id
            && !book.graph.past[id.index()]
    };
    let originals = (0..book.notes.len() as u32).map(NoteId).filter(is_meant);
    let mut works: Vec<WorkInLanguages> = originals.map(|id| work(book, id)).collect();
    works.sort_by_key(|work| (Reverse(work.pointers), work.original));
    let mut lists: BTreeMap<(usize, VersionState), Vec<usize>> = BTreeMap::new();
    for (at, work) in works.iter().enumerate() {
        for (language, version) in work.versions.iter().enumerate() {
            lists.entry((language, version.state)).or_default().push(at);
        }
    }
    TranslationIndex { works, lists }
}

fn work(book: &IndexInput<'_>, original: NoteId) -> WorkInLanguages {
    let mut from: Vec<NoteId> =
        book.graph.incoming.of(original).iter().map(|pointer| pointer.from).collect();
    from.retain(|from| *from != original);
    from.sort();
    from.dedup();
    let version = |id: &Option<NoteId>| {
        let is_there = |id: &NoteId| {
            let facts = &book.note(*id).facts;
            facts.origin == Origin::File && facts.card.status != Status::Withdrawn
        };
        let note = id.filter(is_there);
        let state = match note {
            None => VersionState::Missing,
            Some(id) if id == original => VersionState::Original,
            Some(id) => match book.translations.state(id) {
                None => VersionState::Unknown,
                Some(state) if state.is_current() => VersionState::Current,
                Some(_) => VersionState::Stale,
            },
        };
        let found = note.and_then(|id| book.translations.state(id));
        let found = found.filter(|_| state == VersionState::Stale);
        let (behind, paragraphs) = found.map_or((0, 0), |found| (found.behind(), found.total));
        WorkVersion { state, note, behind, paragraphs }
    };
    let versions = book.graph.works.in_languages(original).iter().map(version).collect();
    WorkInLanguages { original, pointers: from.len(), versions }
}
