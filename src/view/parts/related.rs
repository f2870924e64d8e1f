//! Notes that are related to a note though neither points at the other: both refer to the same rare
//! thing, or a third note names both.

use std::cmp::Reverse;

use serde::Serialize;

use crate::graph::Pointer;
use crate::note::{NoteCard, NoteId};
use crate::site::Site;
use crate::template::SharedValue;

/// The most notes that point at a thing which makes them related.
const RARE: usize = 12;

/// The most notes that a third note names which makes them related.
const FEW: usize = 16;

/// The most notes that are looked at of those that a note points at, and of those that point at it.
const LOOKED_AT: usize = 64;

/// The weight of one shared thing, to be divided by the number of notes that share it.
const SHARED: u32 = 1200;

/// The weight of being named together, to be divided by the number of notes that are.
const TOGETHER: u32 = 800;

/// A related note, and the reason.
#[derive(Hash, Serialize)]
pub struct RelatedNote<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if both notes refer to `through`; false if `through` names both.
    pub shares: bool,
    /// The note that connects them most.
    pub through: &'a SharedValue<NoteCard>,
}

/// One reason to call a note related.
struct RelatedReason {
    note: NoteId,
    weight: u32,
    shares: bool,
    through: NoteId,
}

/// The notes most related to the note at `id`, the most related first.
pub(crate) fn related_notes(site: &Site, id: NoteId) -> Vec<RelatedNote<'_>> {
    if site.config.related == 0 || site.graph.positions[id.index()].is_none() {
        return Vec::new();
    }
    let targets = notes_targeted(site, id);
    let sources = notes_pointing(site.graph.incoming.of(id));
    let mut reasons = Vec::new();
    for target in targets.iter().take(LOOKED_AT) {
        let from = few_pointing(site, *target);
        let weight = SHARED / from.len().max(1) as u32;
        let through = *target;
        let reason = |note| RelatedReason { note, weight, shares: true, through };
        if from.len() <= RARE {
            reasons.extend(from.into_iter().map(reason));
        }
    }
    for source in sources.iter().take(LOOKED_AT) {
        let named = notes_targeted(site, *source);
        let weight = TOGETHER / named.len().max(1) as u32;
        let through = *source;
        let reason = |note| RelatedReason { note, weight, shares: false, through };
        if named.len() <= FEW {
            reasons.extend(named.iter().copied().map(reason));
        }
    }
    // The note itself, in whatever language, and what it points at or is pointed at by.
    let key = |id: NoteId| &site.note(id).facts.place.key;
    let is_near = |note: NoteId| {
        key(note) == key(id)
            || targets.binary_search(&note).is_ok()
            || sources.binary_search(&note).is_ok()
    };
    // A language may leave works out.
    let is_entry = |note: NoteId| {
        site.graph.positions[note.index()].is_some() && site.graph.works.have_one_language(note, id)
    };
    reasons.retain(|r| !is_near(r.note) && is_entry(r.note) && !site.is_past(r.note));
    // Of equal weight, works come in one order in all languages.
    let work = |id: NoteId| site.graph.works.original(id);
    reasons.sort_by_key(|r| (r.note, Reverse(r.weight), work(r.through)));
    let of_note = reasons.chunk_by(|a, b| a.note == b.note);
    let mut ranked: Vec<(u32, &RelatedReason)> =
        of_note.map(|all| (all.iter().map(|r| r.weight).sum(), &all[0])).collect();
    ranked.sort_by_key(|(weight, reason)| (Reverse(*weight), work(reason.note)));
    let related = |(_, reason): &(u32, &RelatedReason)| RelatedNote {
        card: &site.note(reason.note).facts.card,
        shares: reason.shares,
        through: &site.note(reason.through).facts.card,
    };
    ranked.iter().take(site.config.related).map(related).collect()
}

/// The notes that a note points at, each once.
pub(crate) fn notes_targeted(site: &Site, id: NoteId) -> &[NoteId] {
    &site.graph.targets[id.index()]
}

/// The notes that point at a note, each once; of many, only so many that the note is not rare.
fn few_pointing(site: &Site, id: NoteId) -> Vec<NoteId> {
    let pointers = site.graph.incoming.of(id);
    notes_pointing(&pointers[..pointers.len().min(4 * RARE)])
}

/// The notes that these pointers come from, each once.
pub(crate) fn notes_pointing(pointers: &[Pointer]) -> Vec<NoteId> {
    let mut found: Vec<NoteId> = pointers.iter().map(|pointer| pointer.from).collect();
    found.sort();
    found.dedup();
    found
}
