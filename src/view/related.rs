//! Notes that have to do with a note though neither points at the other: they refer to the same rare
//! thing, or a third names both.

use serde::Serialize;

use super::is_past;
use crate::fingerprint::SharedValue;
use crate::graph::Pointer;
use crate::note::{NoteCard, NoteId};
use crate::site::Site;

/// How many notes at most may point at something for it to say that they are related.
const RARE: usize = 12;

/// How many notes at most a third may name for it to say so.
const FEW: usize = 16;

/// How many of what a note points at, and of what points at it, is looked at.
const LOOKED_AT: usize = 64;

/// What one shared thing counts, divided by how many share it.
const SHARED: u32 = 1200;

/// What being named together counts, divided by how many are.
const TOGETHER: u32 = 800;

/// A related note, and why it is.
#[derive(Hash, Serialize)]
pub struct RelatedNote<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Whether both refer to what is named; else that names both.
    pub shares: bool,
    /// What connects them most.
    pub through: &'a SharedValue<NoteCard>,
}

/// One reason to call a note related.
struct RelatedReason {
    note: NoteId,
    weight: u32,
    shares: bool,
    through: NoteId,
}

/// The notes most related to the note at `id`.
pub(super) fn related_notes(site: &Site, id: NoteId) -> Vec<RelatedNote<'_>> {
    if site.config.related == 0 || site.graph.positions[id.index()].is_none() {
        return Vec::new();
    }
    let (targets, sources) = (targets(site, id), sources(site.graph.incoming.of(id)));
    let mut reasons = Vec::new();
    for target in targets.iter().take(LOOKED_AT) {
        let from = sources_of(site, *target);
        let weight = SHARED / from.len().max(1) as u32;
        let through = *target;
        let reason = |note| RelatedReason { note, weight, shares: true, through };
        if from.len() <= RARE {
            reasons.extend(from.into_iter().map(reason));
        }
    }
    for source in sources.iter().take(LOOKED_AT) {
        let named = self::targets(site, *source);
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
    let is_entry = |note: NoteId| site.graph.positions[note.index()].is_some();
    reasons.retain(|r| !is_near(r.note) && is_entry(r.note) && !is_past(site, r.note));
    reasons.sort_by_key(|r| (r.note, std::cmp::Reverse(r.weight), r.through));
    let of_note = reasons.chunk_by(|a, b| a.note == b.note);
    let mut ranked: Vec<(u32, &RelatedReason)> =
        of_note.map(|all| (all.iter().map(|r| r.weight).sum(), &all[0])).collect();
    ranked.sort_by_key(|(weight, reason)| (std::cmp::Reverse(*weight), reason.note));
    let related = |(_, reason): &(u32, &RelatedReason)| RelatedNote {
        card: &site.note(reason.note).facts.card,
        shares: reason.shares,
        through: &site.note(reason.through).facts.card,
    };
    ranked.iter().take(site.config.related).map(related).collect()
}

/// What a note points at, each once.
pub(super) fn targets(site: &Site, id: NoteId) -> &[NoteId] {
    &site.graph.targets[id.index()]
}

/// What points at a note, each once; of what many point at only so many that it is not rare.
fn sources_of(site: &Site, id: NoteId) -> Vec<NoteId> {
    let pointers = site.graph.incoming.of(id);
    sources(&pointers[..pointers.len().min(4 * RARE)])
}

/// The notes that point, each once.
pub(super) fn sources(pointers: &[Pointer]) -> Vec<NoteId> {
    let mut found: Vec<NoteId> = pointers.iter().map(|pointer| pointer.from).collect();
    found.sort();
    found.dedup();
    found
}
