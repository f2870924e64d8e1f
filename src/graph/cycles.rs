//! Rings in a relation between notes.

use std::collections::BTreeMap;

use crate::note::NoteId;

/// The rings of a relation, each once, beginning with its lowest note. Rings that share a note may
/// be reported as one.
pub(super) fn find(edges: &[(NoteId, NoteId)]) -> Vec<Vec<NoteId>> {
    let mut next: BTreeMap<NoteId, Vec<NoteId>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(*from).or_default().push(*to);
    }
    let mut finished: BTreeMap<NoteId, bool> = BTreeMap::new();
    let mut cycles: Vec<Vec<NoteId>> = Vec::new();
    for start in next.keys() {
        // A walk in depth, by hand: a chain of notes may be longer than the stack is deep.
        let mut path: Vec<(NoteId, usize)> = Vec::new();
        if !finished.contains_key(start) {
            finished.insert(*start, false);
            path.push((*start, 0));
        }
        while let Some((note, at)) = path.last_mut() {
            let step = next.get(note).and_then(|targets| targets.get(*at)).copied();
            *at += 1;
            match step {
                None => {
                    finished.insert(*note, true);
                    path.pop();
                }
                Some(to) => match finished.get(&to) {
                    Some(true) => {}
                    Some(false) => cycles.push(ring(&path, to)),
                    None => {
                        finished.insert(to, false);
                        path.push((to, 0));
                    }
                },
            }
        }
    }
    cycles.sort();
    cycles.dedup();
    cycles
}

fn ring(path: &[(NoteId, usize)], to: NoteId) -> Vec<NoteId> {
    let start = path.iter().position(|(note, _)| *note == to).unwrap_or(0);
    let mut ring: Vec<NoteId> = path[start..].iter().map(|(note, _)| *note).collect();
    let lowest = ring.iter().enumerate().min_by_key(|(_, note)| **note).map_or(0, |(at, _)| at);
    ring.rotate_left(lowest);
    ring
}
