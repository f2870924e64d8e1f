//! The notes that the keepers of a book have to look after.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::IndexInput;
use crate::config::{Kind, KindId};
use crate::date::Date;
use crate::language::Language;
use crate::note::{NoteId, RefField, Status};

/// The most notes that are listed of those that most others point at.
const MOST_LINKED: usize = 20;

/// The number of months before a review in which it is due soon.
const SOON: u8 = 3;

/// The notes that something has to be done about, by concern.
#[derive(Debug, Default)]
pub struct BookState {
    /// The notes of each concern, also of those without notes, in order of their dates if they have any.
    pub notes: BTreeMap<Concern, Vec<NoteId>>,
    /// The notes that most others point at, each with the number of these.
    pub most_linked: Vec<(NoteId, usize)>,
    /// The notes with a field for editors, by their kinds.
    pub for_editors: Vec<NotesForEditors>,
}

/// The notes of a kind that have a field for editors, in the order of the kind.
#[derive(Debug)]
pub struct NotesForEditors {
    /// The kind.
    pub kind: KindId,
    /// The notes; at least one.
    pub notes: Vec<NoteId>,
}

/// A reason to look after a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// The day of review is past.
    Overdue,
    /// The day of review is near.
    DueSoon,
    /// It is open for comment.
    UnderReview,
    /// It cites a note that is superseded or withdrawn.
    CitesPast,
    /// It is filed under nothing, though notes of its kind can be.
    Unfiled,
    /// No note points at it.
    Orphan,
    /// It points at no note.
    DeadEnd,
}

impl Concern {
    /// The concern as a part of addresses, and of the keys of words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::UnderReview => "under-review",
            Self::CitesPast => "cites-past",
            Self::Unfiled => "unfiled",
            Self::Orphan => "orphans",
            Self::DeadEnd => "dead-ends",
        }
    }
}

/// The notes of a language that something has to be done about; `unfiled` are those that could be filed
/// under a note and are not.
pub(super) fn state(book: &IndexInput<'_>, language: &Language, unfiled: &[NoteId]) -> BookState {
    let graph = book.graph;
    let current: Vec<NoteId> =
        book.written(language).filter(|id| !graph.past[id.index()]).collect();
    let only = |wanted: &dyn Fn(NoteId) -> bool| -> Vec<NoteId> {
        current.iter().copied().filter(|id| wanted(*id)).collect()
    };
    // The home page and the pages of kinds need no links to them, and link to notes anyway.
    let is_entry = |id: NoteId| graph.positions[id.index()].is_some();
    let due = |id: NoteId| book.note(id).facts.review_by;
    let (soon, today) = (book.today.months_later(SOON), book.today);
    let mut overdue = only(&|id| book.note(id).facts.review_missed(today).is_some());
    overdue.sort_by_key(|id| due(*id));
    let is_soon = |date: Date| !date.is_over_by(today) && date <= soon;
    let mut due_soon = only(&|id| due(id).is_some_and(is_soon));
    due_soon.sort_by_key(|id| due(*id));
    let until = |id: &NoteId| book.note(*id).facts.standing.comment_until;
    let mut open = only(&|id| book.note(id).facts.card.status == Status::UnderReview);
    open.sort_by_key(|id| (until(id).is_none(), until(id)));
    let leads = |id: NoteId| {
        let links = graph.links[id.index()].iter().chain(&*graph.references[id.index()]);
        links.filter_map(|link| link.note()).any(|to| to != id)
    };
    BookState {
        for_editors: for_editors(book, language),
        most_linked: most_linked(book, &only(&is_entry)),
        notes: BTreeMap::from([
            (Concern::Overdue, overdue),
            (Concern::DueSoon, due_soon),
            (Concern::UnderReview, open),
            (Concern::CitesPast, only(&|id| graph.cites_past.contains_key(&id))),
            (Concern::Unfiled, unfiled.to_vec()),
            (Concern::Orphan, only(&|id| is_entry(id) && graph.incoming.of(id).is_empty())),
            (Concern::DeadEnd, only(&|id| is_entry(id) && !leads(id))),
        ]),
    }
}

/// The notes of each kind in a language that have a field for editors.
fn for_editors(book: &IndexInput<'_>, language: &Language) -> Vec<NotesForEditors> {
    let of_kind = |(kind, of): (KindId, &Kind)| {
        let is_for_editors = |at: u16| of.fields[usize::from(at)].for_editors;
        let says = |id: &NoteId| {
            let facts = &book.note(*id).facts;
            let references = facts.references.iter().map(|reference| reference.field);
            facts.values.iter().any(|value| is_for_editors(value.field))
                || references
                    .into_iter()
                    .any(|field| matches!(field, RefField::Own(at) if is_for_editors(at)))
        };
        let notes = book.graph.sequence(kind, language).iter().copied().filter(|id| says(id));
        NotesForEditors { kind, notes: notes.collect() }
    };
    let with_fields = book.config.kinds().filter(|(_, of)| of.fields.iter().any(|f| f.for_editors));
    with_fields.map(of_kind).filter(|of| !of.notes.is_empty()).collect()
}

/// The notes that most others point at, each with the number of these.
fn most_linked(book: &IndexInput<'_>, entries: &[NoteId]) -> Vec<(NoteId, usize)> {
    let count = |id: &NoteId| {
        let mut from: Vec<NoteId> =
            book.graph.incoming.of(*id).iter().map(|pointer| pointer.from).collect();
        from.sort();
        from.dedup();
        (*id, from.len())
    };
    let mut counts: Vec<(NoteId, usize)> = entries.iter().map(count).collect();
    counts.sort_by_key(|(id, count)| (Reverse(*count), book.graph.works.original(*id)));
    counts.truncate(MOST_LINKED);
    counts.retain(|(_, count)| *count > 1);
    counts
}
