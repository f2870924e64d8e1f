//! What to read instead of a note that was superseded.

use std::collections::BTreeMap;

use crate::note::NoteId;

/// For each superseded note, the notes at the end of its chains: those that supersede it, by way of
/// others or not, and are not superseded themselves. Notes in a ring have no end.
pub(super) fn find(superseded_by: &[Vec<NoteId>]) -> BTreeMap<NoteId, Vec<NoteId>> {
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
                    add(&mut ends, note, &[next])
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
