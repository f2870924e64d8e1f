//! The notes and their changes in the order of time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::IndexInput;
use crate::language::Language;
use crate::note::NoteId;

/// A change of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedChange {
    /// The note.
    pub note: NoteId,
    /// Which of its changes.
    pub change: u32,
}

/// Which changes a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeScope {
    /// Those of content and conclusions.
    All,
    /// Those of content and conclusions in notes that are filed under a note.
    Under(NoteId),
    /// Those of the wording alone.
    Editorial,
}

/// How many of the notes that others are filed under have a list of changes of their own: every page
/// of changes leads to all of them.
const MOST_LISTS: usize = 250;

/// The notes of the timeline: those with a date, the earliest first, and those without.
pub(super) fn timeline(book: &IndexInput<'_>, language: &Language) -> (Vec<NoteId>, Vec<NoteId>) {
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
pub(super) fn changes(
    book: &IndexInput<'_>,
    language: &Language,
) -> BTreeMap<ChangeScope, Vec<DatedChange>> {
    let mut changes = Vec::new();
    for note in book.written(language) {
        for (change, of_note) in (0..).zip(&book.note(note).facts.changes) {
            changes.push((Reverse(of_note.date), DatedChange { note, change }));
        }
    }
    changes.sort_by_key(|(date, _)| *date);
    let under = under(book, language);
    let mut scopes = BTreeMap::from([(ChangeScope::All, Vec::new())]);
    for (_, changed) in changes {
        let weight = &book.note(changed.note).facts.changes[changed.change as usize].weight;
        if weight == "editorial" {
            scopes.entry(ChangeScope::Editorial).or_insert_with(Vec::new).push(changed);
            continue;
        }
        let under = under.get(&changed.note).into_iter().flatten().copied();
        for scope in under.map(ChangeScope::Under).chain([ChangeScope::All]) {
            scopes.entry(scope).or_default().push(changed);
        }
    }
    scopes
}

/// What each note with changes is filed under, as far as that has a list of its own.
fn under(book: &IndexInput<'_>, language: &Language) -> BTreeMap<NoteId, BTreeSet<NoteId>> {
    let axis = book.config.kinds().find(|(_, kind)| kind.shown.axis).map(|(axis, _)| axis);
    let is_of_axis = |to: &NoteId| {
        let facts = &book.note(*to).facts;
        Some(facts.kind) == axis && facts.place.language == *language
    };
    let mut under: BTreeMap<NoteId, BTreeSet<NoteId>> = BTreeMap::new();
    for note in book.written(language).filter(|id| !book.note(*id).facts.changes.is_empty()) {
        let targets = book.graph.references[note.index()].iter();
        under.insert(note, targets.filter_map(|to| to.note()).filter(is_of_axis).collect());
    }
    let all: BTreeSet<NoteId> = under.values().flatten().copied().collect();
    if let Some(beyond) = all.iter().nth(MOST_LISTS) {
        under.values_mut().for_each(|of_note| drop(of_note.split_off(beyond)));
    }
    under
}
