//! What supersedes a note, and what to read instead of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::note::{Note, NoteId};

/// For each note, those that say they supersede it. Of a note that no other names, what supersedes a
/// translation of it, in the language of the note where that is there: a translation is no more
/// current than what it translates.
pub(super) fn superseded_by(
    notes: &[Arc<Note>],
    said: &[(NoteId, NoteId)],
    translations: &BTreeMap<Box<str>, Vec<NoteId>>,
) -> Vec<Vec<NoteId>> {
    let mut by = vec![Vec::new(); notes.len()];
    for (later, earlier) in said {
        by[earlier.index()].push(*later);
    }
    let place = |id: NoteId| &notes[id.index()].facts.place;
    let in_language_of = |later: NoteId, earlier: NoteId| {
        let same = translations.get(&place(later).key).into_iter().flatten();
        let mut same = same.filter(|id| place(**id).language == place(earlier).language);
        same.next().copied().unwrap_or(later)
    };
    let mut inherited = Vec::new();
    for group in translations.values() {
        for earlier in group.iter().filter(|id| by[id.index()].is_empty()) {
            let later =
                group.iter().flat_map(|id| &by[id.index()]).filter(|id| !group.contains(id));
            let mut later: Vec<NoteId> = later.map(|id| in_language_of(*id, *earlier)).collect();
            later.sort();
            later.dedup();
            inherited.push((*earlier, later));
        }
    }
    for (earlier, later) in inherited {
        by[earlier.index()] = later;
    }
    by
}

/// For each superseded note, the notes at the end of its chains: those that supersede it, by way of
/// others or not, are not superseded themselves and stand. Notes in a ring have no end.
pub(super) fn find(
    superseded_by: &[Vec<NoteId>],
    is_withdrawn: impl Fn(NoteId) -> bool,
) -> BTreeMap<NoteId, Vec<NoteId>> {
    let mut ends: BTreeMap<NoteId, Vec<NoteId>> = BTreeMap::new();
    let superseded = (0..).map(NoteId).zip(superseded_by).filter(|(_, next)| !next.is_empty());
    for (start, _) in superseded {
        // A walk in depth, by hand: a chain may be longer than the stack is deep.
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
                    if !is_withdrawn(next) {
                        add(&mut ends, note, &[next]);
                    }
                }
                Some(next) if !ends.contains_key(&next) => path.push((next, 0)),
                Some(_) => {}
                None => {
                    path.pop();
                    for next in &superseded_by[note.index()] {
                        let found = ends.get(next).cloned().unwrap_or_default();
                        add(&mut ends, note, &found);
                    }
                }
            }
        }
    }
    ends
}

fn add(ends: &mut BTreeMap<NoteId, Vec<NoteId>>, note: NoteId, more: &[NoteId]) {
    let known = ends.entry(note).or_default();
    known.extend(more);
    known.sort();
    known.dedup();
}
