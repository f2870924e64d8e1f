//! The notes that supersede a note, and those to read instead of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::WorkTable;
use crate::note::{Note, NoteId};

/// The most notes that a reader is told to read instead of one. Each note of a chain has all the
/// notes at its end, so without a limit there could be as many as the square of the book.
const MAX_SUCCESSORS: usize = 100;

/// Returns, by note, the notes that say they supersede it. A note that no other supersedes gets the
/// notes that supersede another version of it, in its own language where they have one: a translation
/// is no more current than its original.
pub(super) fn superseded_by(
    notes: &[Arc<Note>],
    said: &[(NoteId, NoteId)],
    works: &WorkTable,
) -> Vec<Vec<NoteId>> {
    let mut by = vec![Vec::new(); notes.len()];
    for (later, earlier) in said {
        by[earlier.index()].push(*later);
    }
    let mut inherited = Vec::new();
    for group in works.groups() {
        let own: BTreeSet<NoteId> = group.clone().collect();
        let later = own.iter().flat_map(|id| &by[id.index()]).filter(|id| !own.contains(id));
        let all: BTreeSet<NoteId> = later.copied().collect();
        for earlier in group.filter(|id| by[id.index()].is_empty()) {
            let later: BTreeSet<NoteId> =
                all.iter().map(|id| works.for_reader(*id, earlier)).collect();
            inherited.push((earlier, later));
        }
    }
    for (earlier, later) in inherited {
        by[earlier.index()] = later.into_iter().collect();
    }
    by
}

/// Returns, for each superseded note, the first of the notes at the ends of its chains: notes that
/// supersede it directly or transitively, are not superseded themselves and were not withdrawn.
/// Notes in a ring have no end.
pub(super) fn find(
    superseded_by: &[Vec<NoteId>],
    is_withdrawn: impl Fn(NoteId) -> bool,
) -> BTreeMap<NoteId, Vec<NoteId>> {
    let mut ends: BTreeMap<NoteId, Vec<NoteId>> = BTreeMap::new();
    let superseded = (0..).map(NoteId).zip(superseded_by).filter(|(_, next)| !next.is_empty());
    for (start, _) in superseded {
        // An explicit depth-first search: a chain may be longer than the stack is deep.
        let mut path = vec![(start, 0usize)];
        while let Some((note, at)) = path.last_mut() {
            let (note, next) = (*note, superseded_by[note.index()].get(*at).copied());
            if *at == 0 && ends.contains_key(&note) {
                path.pop();
                continue;
            }
            ends.entry(note).or_default();
            *at += 1;
            match next {
                Some(next) if superseded_by[next.index()].is_empty() => {
                    let end = Some(next).filter(|next| !is_withdrawn(*next));
                    ends.entry(note).or_default().extend(end);
                }
                Some(next) if !ends.contains_key(&next) => path.push((next, 0)),
                Some(_) => {}
                None => {
                    path.pop();
                    let mut found = ends.remove(&note).unwrap_or_default();
                    for next in &superseded_by[note.index()] {
                        found.extend(ends.get(next).into_iter().flatten().take(MAX_SUCCESSORS));
                    }
                    found.sort_unstable();
                    found.dedup();
                    found.truncate(MAX_SUCCESSORS);
                    ends.insert(note, found);
                }
            }
        }
    }
    ends
}
