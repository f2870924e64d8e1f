//! Many notes of one name: ordered by what tells them apart, so that each link to one of them does not
//! have to look at all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::config::KindId;
use crate::language::Language;
use crate::note::{Note, NoteId};
use crate::path::SourcePath;

/// So few notes are looked at one by one, which costs less.
const FEW: usize = 16;

/// Notes of one name, in their order.
#[derive(Default)]
pub(super) struct Crowd {
    pub(super) ids: Vec<NoteId>,
    /// What follows from the notes, once it was asked for.
    known: CrowdTables,
}

#[derive(Default)]
struct CrowdTables {
    order: OnceLock<CrowdOrder>,
    of_kinds: Mutex<BTreeMap<Vec<KindId>, Arc<Crowd>>>,
    /// The notes by their paths, the last part of a path first.
    ends: OnceLock<BTreeMap<String, NoteId>>,
    /// What ends of paths mean for links from notes in a language.
    endings: Mutex<PathEndings>,
}

/// The notes that the end of a path means for links from notes in a language.
type PathEndings = BTreeMap<(String, Language), Arc<[NoteId]>>;

/// The notes by what tells them apart.
#[derive(Default)]
struct CrowdOrder {
    by_path: BTreeMap<Arc<str>, Vec<NoteId>>,
    by_file: BTreeMap<SourcePath, NoteId>,
    /// Those that count where no index of a folder was written, and where one was.
    counting: [CountedNotes; 2],
}

/// Those of the notes that count.
#[derive(Default)]
struct CountedNotes {
    all: Vec<NoteId>,
    by_language: BTreeMap<Language, Vec<NoteId>>,
}

impl Crowd {
    pub(super) fn new(ids: Vec<NoteId>) -> Self {
        Self { ids, known: CrowdTables::default() }
    }

    /// Adds a note behind the others.
    pub(super) fn push(&mut self, id: NoteId) {
        self.ids.push(id);
        self.known = CrowdTables::default();
    }

    /// Whether they are so many that they must not be looked at one by one.
    pub(super) fn is_large(&self) -> bool {
        self.ids.len() > FEW
    }

    fn order(&self, notes: &[Arc<Note>]) -> &CrowdOrder {
        self.known.order.get_or_init(|| {
            let mut order = CrowdOrder::default();
            let place = |id: &NoteId| &notes[id.index()].facts.place;
            // Where all have one path but for signs and capitals, an index counts only where one is meant.
            let alike = self.ids.iter().all(|id| place(id).key == place(&self.ids[0]).key);
            let counts = [false, true].map(|says_index| {
                alike && self.ids.iter().any(|id| place(id).is_index() == says_index)
            });
            for id in &self.ids {
                order.by_path.entry(Arc::clone(&place(id).path)).or_default().push(*id);
                order.by_file.insert(notes[id.index()].source.clone(), *id);
                for (says_index, counting) in [false, true].into_iter().zip(&mut order.counting) {
                    let counts = !counts[usize::from(says_index)];
                    if counts || place(id).is_index() == says_index {
                        let of_language = counting.by_language.entry(place(id).language.clone());
                        of_language.or_default().push(*id);
                        counting.all.push(*id);
                    }
                }
            }
            order
        })
    }

    /// The notes at either of two paths, in their order.
    pub(super) fn at_paths(&self, notes: &[Arc<Note>], paths: [Option<&str>; 2]) -> Vec<NoteId> {
        let of_path = |path: &str| self.order(notes).by_path.get(path).into_iter().flatten();
        let mut ids: Vec<NoteId> = paths.into_iter().flatten().flat_map(of_path).copied().collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Of those that count where an index of a folder was written, or was not: those in the first of
    /// `languages` that any is in, or else all.
    pub(super) fn in_language(
        &self,
        notes: &[Arc<Note>],
        says_index: bool,
        languages: [&Language; 2],
    ) -> &[NoteId] {
        let counting = &self.order(notes).counting[usize::from(says_index)];
        let mut found = languages.iter().filter_map(|wanted| counting.by_language.get(*wanted));
        found.next().map_or(&counting.all, Vec::as_slice)
    }

    /// The note in a file, if it is one of those that count.
    pub(super) fn in_file(
        &self,
        notes: &[Arc<Note>],
        says_index: bool,
        file: &SourcePath,
    ) -> Option<NoteId> {
        let order = self.order(notes);
        let id = order.by_file.get(file)?;
        let counting = &order.counting[usize::from(says_index)].all;
        counting.binary_search(id).is_ok().then_some(*id)
    }

    /// Those of `kinds`.
    pub(super) fn of_kinds(&self, notes: &[Arc<Note>], kinds: &[KindId]) -> Arc<Self> {
        let mut known = self.known.of_kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(crowd) = known.get(kinds) {
            return Arc::clone(crowd);
        }
        let is_meant = |id: &NoteId| kinds.contains(&notes[id.index()].facts.kind);
        let crowd = Arc::new(Self::new(self.ids.iter().copied().filter(is_meant).collect()));
        known.insert(kinds.to_vec(), Arc::clone(&crowd));
        crowd
    }

    /// What `choose` makes of those whose path ends with `key`, for links from notes in `language`.
    pub(super) fn ending(
        &self,
        notes: &[Arc<Note>],
        key: &str,
        language: &Language,
        choose: impl FnOnce(Vec<NoteId>) -> Vec<NoteId>,
    ) -> Arc<[NoteId]> {
        let mut known = self.known.endings.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = (key.to_owned(), language.clone());
        let chosen = known.entry(asked).or_insert_with(|| {
            let end = |id: &NoteId| {
                let path = backwards(&notes[id.index()].facts.place.key);
                // Two notes may have one path.
                (format!("{path}{:010}", id.0), *id)
            };
            let ends = self.known.ends.get_or_init(|| self.ids.iter().map(end).collect());
            let wanted = backwards(key);
            let found = ends.range(wanted.clone()..);
            let found = found.take_while(|(end, _)| end.starts_with(&wanted));
            let mut ids: Vec<NoteId> = found.map(|(_, id)| *id).collect();
            ids.sort();
            choose(ids).into()
        });
        Arc::clone(chosen)
    }
}

/// The parts of a path from the last to the first, each with a sign behind it that no path has.
fn backwards(path: &str) -> String {
    path.rsplit('/').flat_map(|part| [part, "\0"]).collect()
}
