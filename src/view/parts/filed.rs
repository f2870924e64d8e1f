//! The notes that other notes are filed under.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::KindId;
use crate::graph::{LinkVia, Relation};
use crate::note::{NoteId, RefField};
use crate::site::Site;

/// The number of notes of a kind that name a note in a field of theirs. Each is counted once.
#[derive(Clone, Copy, Default, Hash, Serialize)]
pub struct FiledCount {
    /// The number of notes.
    pub count: usize,
    /// The number of those that name it only in fields with `inferred = true`: filed there by this
    /// book's reading alone.
    pub inferred: usize,
}

/// The notes of one kind that are filed under a note.
#[derive(Clone, Copy)]
pub(crate) struct FiledNotes {
    /// The first way in which they are.
    pub(crate) first: Relation,
    /// Their number.
    pub(crate) count: FiledCount,
}

/// A note that names another, and whether the field is inferred.
type FiledNote = (NoteId, bool);

/// The notes that are filed under the note at `id`, by their kind.
pub(crate) fn filed(site: &Site, id: NoteId) -> BTreeMap<KindId, FiledNotes> {
    let mut found: BTreeMap<KindId, (Relation, Vec<FiledNote>)> = BTreeMap::new();
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        if let LinkVia::Field(RefField::Own(field)) = relation.way {
            let inferred = site.config.kind(relation.kind).fields[usize::from(field)].inferred;
            let (_, notes) = found.entry(relation.kind).or_insert((relation, Vec::new()));
            notes.extend(pointers.iter().map(|pointer| (pointer.from, inferred)));
        }
    }
    let count = |(kind, (first, mut notes)): (KindId, (Relation, Vec<FiledNote>))| {
        notes.sort_unstable();
        notes.dedup_by_key(|(from, _)| *from);
        let inferred = notes.iter().filter(|(_, inferred)| *inferred).count();
        (kind, FiledNotes { first, count: FiledCount { count: notes.len(), inferred } })
    };
    found.into_iter().map(count).collect()
}

/// The note that a note is filed under before others: the first that its fields name of the first kind
/// under which notes are filed.
pub(crate) fn primary(site: &Site, id: NoteId) -> Option<NoteId> {
    let facts = &site.note(id).facts;
    let kind = site.config.kind(facts.kind);
    let axes = site.config.kinds().filter(|(axis, of)| of.features.taxonomy && *axis != facts.kind);
    axes.filter(|(axis, _)| kind.points_at(*axis)).find_map(|(axis, _)| first_named(site, id, axis))
}

/// The first note that the first field for notes of `kind` names.
pub(crate) fn first_named(site: &Site, id: NoteId, kind: KindId) -> Option<NoteId> {
    let facts = &site.note(id).facts;
    let at = site.config.kind(facts.kind).fields.iter().position(|f| f.points_at(kind))?;
    site.named_in(id, RefField::Own(at as u16)).next()
}
