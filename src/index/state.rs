//! What the keepers of a book have to look after.

use std::cmp::Reverse;

use super::IndexInput;
use crate::config::KindId;
use crate::date::Date;
use crate::language::Language;
use crate::note::{NoteId, Status};

/// How many of the notes that are pointed at most are told.
const MOST_LINKED: usize = 20;

/// How many months before a review it is said to be due soon.
const SOON: u8 = 3;

/// The notes that something is to be done about, by what it is.
#[derive(Debug, Default)]
pub struct BookState {
    /// Each concern with its notes, and with the day or number that puts them in order.
    pub lists: Vec<(Concern, Vec<NoteId>)>,
    /// How often the notes that are pointed at most are pointed at.
    pub most_linked: Vec<(NoteId, usize)>,
}

/// Something to look after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// The day of review is past.
    Overdue,
    /// The day of review is near.
    DueSoon,
    /// Open for comment.
    UnderReview,
    /// Cites something that is past.
    CitesPast,
    /// Filed under nothing, though its kind can be.
    Unfiled,
    /// Nothing points at it.
    Orphan,
    /// It points at nothing.
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

pub(super) fn state(
    book: &IndexInput<'_>,
    language: &Language,
    unfiled: Option<&(KindId, Vec<NoteId>)>,
) -> BookState {
    let graph = book.graph;
    let current: Vec<NoteId> =
        book.written(language).filter(|id| !graph.past[id.index()]).collect();
    let only = |wanted: &dyn Fn(NoteId) -> bool| -> Vec<NoteId> {
        current.iter().copied().filter(|id| wanted(*id)).collect()
    };
    // The home page and the pages of kinds need nothing that leads to them, and lead to notes anyway.
    let is_entry = |id: NoteId| graph.positions[id.index()].is_some();
    let due = |id: NoteId| book.note(id).facts.review_by;
    let (soon, today) = (book.today.months_later(SOON), book.today);
    let mut overdue = only(&|id| due(id).is_some_and(|date| date.is_over_by(today)));
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
        most_linked: most_linked(book, &only(&is_entry)),
        lists: vec![
            (Concern::Overdue, overdue),
            (Concern::DueSoon, due_soon),
            (Concern::UnderReview, open),
            (Concern::CitesPast, only(&|id| graph.cites_past.contains_key(&id))),
            (Concern::Unfiled, unfiled.map_or_else(Vec::new, |(_, notes)| notes.clone())),
            (Concern::Orphan, only(&|id| is_entry(id) && graph.incoming.of(id).is_empty())),
            (Concern::DeadEnd, only(&|id| is_entry(id) && !leads(id))),
        ],
    }
}

fn most_linked(book: &IndexInput<'_>, entries: &[NoteId]) -> Vec<(NoteId, usize)> {
    let count = |id: &NoteId| {
        let mut from: Vec<NoteId> =
            book.graph.incoming.of(*id).iter().map(|pointer| pointer.from).collect();
        from.sort();
        from.dedup();
        (*id, from.len())
    };
    let mut counts: Vec<(NoteId, usize)> = entries.iter().map(count).collect();
    counts.sort_by_key(|(id, count)| (Reverse(*count), *id));
    counts.truncate(MOST_LINKED);
    counts.retain(|(_, count)| *count > 1);
    counts
}
