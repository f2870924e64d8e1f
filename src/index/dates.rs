//! The notes and their changes in the order of time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Book;
use crate::language::Language;
use crate::note::NoteId;

/// A change of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The note.
    pub note: NoteId,
    /// Which of its changes.
    pub change: u32,
}

/// Which changes a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Those of content and conclusions.
    All,
    /// Those of content and conclusions in notes that are filed under a note.
    Under(NoteId),
    /// Those of the wording alone.
    Editorial,
}

/// The notes of the timeline: those with a date, the earliest first, and those without.
pub(super) fn timeline(book: &Book<'_>, language: &Language) -> (Vec<NoteId>, Vec<NoteId>) {
    let mut dated = Vec::new();
    let mut undated = Vec::new();
    let of_language = book.graph.sequences.iter().filter(|s| s.language == *language);
    for sequence in of_language.filter(|s| book.config.kind(s.kind).shown.timeline) {
        for id in &sequence.notes {
            match book.note(*id).facts.card.date {
                Some(date) => dated.push((date, *id)),
                None => undated.push(*id),
            }
        }
    }
    // Stable, so that notes of one date keep the order of their kinds.
    dated.sort_by_key(|(date, _)| *date);
    (dated.into_iter().map(|(_, id)| id).collect(), undated)
}

/// What changed, the latest first, list by list.
pub(super) fn changes(book: &Book<'_>, language: &Language) -> BTreeMap<Scope, Vec<Changed>> {
    let mut changes = Vec::new();
    for note in book.written(language) {
        for (change, of_note) in (0..).zip(&book.note(note).facts.changes) {
            changes.push((Reverse(of_note.date), Changed { note, change }));
        }
    }
    changes.sort_by_key(|(date, _)| *date);
    let axis = book.config.kinds().find(|(_, kind)| kind.shown.axis).map(|(axis, _)| axis);
    let mut scopes = BTreeMap::from([(Scope::All, Vec::new())]);
    for (_, changed) in changes {
        let weight = &book.note(changed.note).facts.changes[changed.change as usize].weight;
        if weight == "editorial" {
            scopes.entry(Scope::Editorial).or_insert_with(Vec::new).push(changed);
            continue;
        }
        let targets = book.graph.references[changed.note.index()].iter();
        let is_of_axis = |to: &NoteId| {
            let facts = &book.note(*to).facts;
            Some(facts.kind) == axis && facts.place.language == *language
        };
        let under: BTreeSet<NoteId> =
            targets.filter_map(|to| to.note()).filter(is_of_axis).collect();
        for scope in under.into_iter().map(Scope::Under).chain([Scope::All]) {
            scopes.entry(scope).or_default().push(changed);
        }
    }
    scopes
}
