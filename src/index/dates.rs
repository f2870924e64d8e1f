//! Notes by date, and their changes by date.

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
    /// The place of the change among those of the note.
    pub change: u32,
}

/// The changes that a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeScope {
    /// Changes of content and conclusions.
    All,
    /// Changes of content and conclusions in notes that are filed under this note.
    Under(NoteId),
    /// Changes of the wording alone.
    Editorial,
}

/// The most notes that have a list of the changes filed under them: every page of changes links to all
/// of these lists.
const MOST_LISTS: usize = 250;

/// The notes of the timeline.
#[derive(Default)]
pub(super) struct Timeline {
    /// Those with a date, the earliest first.
    pub(super) dated: Vec<NoteId>,
    /// Those without, in the order of their kinds.
    pub(super) undated: Vec<NoteId>,
}

/// The notes of the timeline.
pub(super) fn timeline(book: &IndexInput<'_>, language: &Language) -> Timeline {
    let mut dated = Vec::new();
    let mut undated = Vec::new();
    let of_language = book.graph.sequences.iter().filter(|s| s.language == *language);
    for sequence in of_language.filter(|s| book.config.kind(s.kind).features.timeline) {
        for id in &sequence.notes {
            match book.note(*id).facts.card.date {
                Some(date) => dated.push((date, *id)),
                None => undated.push(*id),
            }
        }
    }
    // Stable, so that notes of one date keep the order of their kinds.
    dated.sort_by_key(|(date, _)| *date);
    Timeline { dated: dated.into_iter().map(|(_, id)| id).collect(), undated }
}

/// The changes of notes, the latest first, list by list.
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

/// The notes that each note with changes is filed under, as far as they have lists of their own.
fn under(book: &IndexInput<'_>, language: &Language) -> BTreeMap<NoteId, BTreeSet<NoteId>> {
    let axis = book.config.kinds().find(|(_, kind)| kind.features.taxonomy).map(|(axis, _)| axis);
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
