//! Citations of outdated notes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Resolution;
use crate::note::{LinkRole, Note, NoteId, RefField};

/// Returns the outdated notes that each note cites, in a field or in its text. An outdated note is
/// left out, since it shows a notice itself; so are citations of a note by its successor, which are
/// intended.
pub(super) fn cited(
    notes: &[Arc<Note>],
    links: &[Box<[Resolution]>],
    references: &[Box<[Resolution]>],
    past: &[bool],
    successors: &BTreeMap<NoteId, Vec<NoteId>>,
) -> BTreeMap<NoteId, Vec<NoteId>> {
    let mut cited = BTreeMap::new();
    if !past.contains(&true) {
        return cited;
    }
    for (at, note) in notes.iter().enumerate().filter(|(at, _)| !past[*at]) {
        let id = NoteId(at as u32);
        let fields = note.facts.references.iter().zip(&references[at]);
        let fields = fields.filter(|(reference, _)| reference.field != RefField::Supersedes);
        let texts = note.facts.links.iter().zip(&links[at]);
        let texts = texts.filter(|(link, _)| link.role != LinkRole::Image);
        let mut seen = BTreeSet::new();
        let all = fields.map(|(_, to)| to).chain(texts.map(|(_, to)| to));
        let found: Vec<NoteId> = all
            .filter_map(|to| to.note().filter(|to| past[to.index()]))
            .filter(|to| seen.insert(*to))
            .filter(|to| successors.get(to).is_none_or(|next| next.binary_search(&id).is_err()))
            .collect();
        if !found.is_empty() {
            cited.insert(id, found);
        }
    }
    cited
}
