//! The notes that other notes are filed under.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::KindId;
use crate::graph::{LinkVia, Pointer, Relation};
use crate::note::{NoteId, RefField};
use crate::site::Site;

/// The number of notes of a kind that name a note in a field of theirs. Each is counted once.
#[derive(Clone, Copy, Default, Hash, Serialize)]
pub struct FiledCount {
    /// The number of notes.
    pub count: usize,
    /// The number of those that are filed there by this book's reading alone.
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

/// A note that names another, and whether it does so by the book's reading alone.
type FiledNote = (NoteId, bool);

/// The notes that are filed under the note at `id`, by their kind.
pub(crate) fn filed(site: &Site, id: NoteId) -> BTreeMap<KindId, FiledNotes> {
    let mut found: BTreeMap<KindId, (Relation, Vec<FiledNote>)> = BTreeMap::new();
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        if let LinkVia::Field(RefField::Own(_)) = relation.way {
            let (_, notes) = found.entry(relation.kind).or_insert((relation, Vec::new()));
            notes.extend(pointers.iter().map(|pointer| (pointer.from, pointer.inferred)));
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

/// The number of notes of `kind` that name the note at `id` in the first of their fields that may, are
/// current and not closed.
pub(crate) fn open(site: &Site, id: NoteId, kind: KindId) -> FiledCount {
    let Some(way) = first_way(site, kind, site.note(id).facts.kind) else {
        return FiledCount::default();
    };
    let is_open = |pointer: &&Pointer| {
        !site.note(pointer.from).facts.card.closed && !site.is_past(pointer.from)
    };
    let all = site.pointers_in(id, Relation { kind, way });
    let open = all.iter().filter(is_open);
    FiledCount {
        count: open.clone().count(),
        inferred: open.filter(|pointer| pointer.inferred).count(),
    }
}

/// The first field of a kind that may name notes of another.
fn first_way(site: &Site, kind: KindId, of: KindId) -> Option<LinkVia> {
    let at = site.config.kind(kind).fields.iter().position(|field| field.points_at(of))?;
    Some(LinkVia::Field(RefField::Own(at as u16)))
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
