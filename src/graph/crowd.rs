//! Many notes with the same name, sorted by what distinguishes them, so that a link to one of them
//! doesn't have to look at all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::config::KindId;
use crate::language::Language;
use crate::note::{Note, NoteId};
use crate::path::SourcePath;

/// The most notes that are compared one by one, which costs less than a table.
const MAX_SCANNED_NOTES: usize = 16;

/// Notes with the same name, in their order.
#[derive(Default)]
pub(super) struct Crowd {
    pub(super) ids: Vec<NoteId>,
    /// Tables derived from the notes, once they are needed.
    known: CrowdTables,
}

#[derive(Default)]
struct CrowdTables {
    order: OnceLock<CrowdOrder>,
    of_kinds: Mutex<BTreeMap<Vec<KindId>, Arc<Crowd>>>,
    /// The notes by path, with the segments of each path reversed.
    ends: OnceLock<BTreeMap<String, NoteId>>,
    /// The notes that match the end of a path, for links from notes in a language.
    endings: Mutex<PathEndings>,
}

/// The notes that match the end of a path, for links from notes in a language.
type PathEndings = BTreeMap<(String, Language), Arc<[NoteId]>>;

/// The notes by what distinguishes them.
#[derive(Default)]
struct CrowdOrder {
    by_path: BTreeMap<Arc<str>, Vec<NoteId>>,
    by_file: BTreeMap<SourcePath, NoteId>,
    /// The notes considered when a link doesn't name a folder's index, and when it does.
    counting: [CountedNotes; 2],
}

/// The notes of the crowd that are considered, all and by language.
#[derive(Default)]
struct CountedNotes {
    all: Vec<NoteId>,
    by_language: BTreeMap<Language, Vec<NoteId>>,
}

impl Crowd {
    pub(super) fn new(ids: Vec<NoteId>) -> Self {
        Self { ids, known: CrowdTables::default() }
    }

    /// Adds a note after the others.
    pub(super) fn push(&mut self, id: NoteId) {
        self.ids.push(id);
        self.known = CrowdTables::default();
    }

    /// Returns whether there are too many notes to compare them one by one.
    pub(super) fn is_large(&self) -> bool {
        self.ids.len() > MAX_SCANNED_NOTES
    }

    fn order(&self, notes: &[Arc<Note>]) -> &CrowdOrder {
        self.known.order.get_or_init(|| {
            let mut order = CrowdOrder::default();
            let place = |id: &NoteId| &notes[id.index()].facts.place;
            // If all paths are equal but for case and punctuation, indexes of folders are
            // considered only for links that name one, and other notes only for the other links.
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

    /// Returns the notes at either of two paths, in their order.
    pub(super) fn at_paths(&self, notes: &[Arc<Note>], paths: [Option<&str>; 2]) -> Vec<NoteId> {
        let of_path = |path: &str| self.order(notes).by_path.get(path).into_iter().flatten();
        let mut ids: Vec<NoteId> = paths.into_iter().flatten().flat_map(of_path).copied().collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Returns the considered notes in the first of `languages` that has any, or else all of them.
    /// `says_index` is whether the link names the index of a folder.
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

    /// Returns the note in a file, if it is considered.
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

    /// Returns the notes of `kinds`.
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

    /// Returns `choose` applied to the notes whose path ends with `key`, for links from notes in
    /// `language`.
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
                // The id keeps two notes with the same path apart.
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

/// Returns the segments of a path from the last to the first, each followed by a character that no
/// path contains.
fn backwards(path: &str) -> String {
    path.rsplit('/').flat_map(|part| [part, "\0"]).collect()
}
