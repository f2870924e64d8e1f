//! How many notes are filed under a note, and how many of them by this book's reading alone.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::KindId;
use crate::graph::{LinkVia, Relation};
use crate::note::{NoteId, RefField};
use crate::site::Site;

/// The notes of a kind that name a note in a field of theirs, each counted once.
#[derive(Clone, Copy, Default, Hash, Serialize)]
pub struct FiledCount {
    /// How many there are.
    pub count: usize,
    /// How many of them name it only in fields that are `inferred`.
    pub inferred: usize,
}

/// What is filed under the note at `id`, by kind, with the first way in which it is.
pub(super) fn filed(site: &Site, id: NoteId) -> BTreeMap<KindId, (Relation, FiledCount)> {
    let mut found: BTreeMap<KindId, (Relation, Vec<(NoteId, bool)>)> = BTreeMap::new();
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        if let LinkVia::Field(RefField::Own(field)) = relation.way {
            let inferred = site.config.kind(relation.kind).fields[usize::from(field)].inferred;
            let of_kind = found.entry(relation.kind).or_insert((relation, Vec::new()));
            of_kind.1.extend(pointers.iter().map(|pointer| (pointer.from, inferred)));
        }
    }
    let count = |(kind, (first, mut notes)): (KindId, (Relation, Vec<(NoteId, bool)>))| {
        notes.sort_unstable();
        notes.dedup_by_key(|(from, _)| *from);
        let inferred = notes.iter().filter(|(_, inferred)| *inferred).count();
        (kind, (first, FiledCount { count: notes.len(), inferred }))
    };
    found.into_iter().map(count).collect()
}
