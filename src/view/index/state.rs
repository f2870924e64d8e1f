//! What the keepers of a book have to look after.

use serde::Serialize;

use super::{IndexShows, IndexView};
use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::index::{Concern, LanguageIndexes};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, index_path};
use crate::view::frame::PageFrame;

/// How many notes of each concern the page itself shows.
pub(super) const SHOWN: usize = 10;

/// What needs care.
#[derive(Hash, Serialize)]
pub struct StateView<'a> {
    /// How many notes the book has.
    pub notes: usize,
    /// Each concern; also those that nothing falls under, for that is news too.
    pub concerns: Vec<StateSection<'a>>,
    /// The notes that are pointed at most, and by how many.
    pub most_linked: Vec<(&'a SharedValue<NoteCard>, usize)>,
}

/// A concern with the first notes that fall under it.
#[derive(Hash, Serialize)]
pub struct StateSection<'a> {
    /// The concern, as its words have it.
    pub title: &'a str,
    /// What it means, and what to do.
    pub intro: &'a str,
    /// Its anchor.
    pub name: &'static str,
    /// The first notes.
    pub items: Vec<StateItem<'a>>,
    /// How many there are.
    pub total: usize,
    /// Where all are listed, if they are more than are shown.
    pub more: Option<OutputPath>,
}

/// A note that something is to be done about.
#[derive(Hash, Serialize)]
pub struct StateItem<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// By when.
    pub by: Option<Date>,
}

/// The key of what a concern is called.
pub(super) fn key(concern: Concern) -> &'static str {
    match concern {
        Concern::Overdue => "state-overdue",
        Concern::DueSoon => "state-due-soon",
        Concern::UnderReview => "state-under-review",
        Concern::CitesPast => "state-cites-past",
        Concern::Unfiled => "state-unfiled",
        Concern::Orphan => "state-orphans",
        Concern::DeadEnd => "state-dead-ends",
    }
}

/// The key of what is said of the concern called `name`.
pub(super) fn intro(name: &str) -> &'static str {
    match name {
        "overdue" => "state-overdue-text",
        "due-soon" => "state-due-soon-text",
        "under-review" => "state-under-review-text",
        "cites-past" => "state-cites-past-text",
        "orphans" => "state-orphans-text",
        "dead-ends" => "state-dead-ends-text",
        _ => "state-unfiled-text",
    }
}

pub(super) fn path(site: &Site, home: NoteId, concern: Concern) -> OutputPath {
    index_path(site, home, &format!("state/{}", concern.name()))
}

pub(super) fn view<'a>(
    site: &'a Site,
    page: PageFrame<'a>,
    home: NoteId,
    lists: &'a LanguageIndexes,
) -> IndexView<'a> {
    let words = &page.site.words;
    let card = |id: NoteId| &site.note(id).facts.card;
    let section = |(concern, notes): &(Concern, Vec<NoteId>)| {
        let item = |id: &NoteId| {
            let facts = &site.note(*id).facts;
            let by = match concern {
                Concern::Overdue | Concern::DueSoon => facts.review_by,
                Concern::UnderReview => facts.standing.comment_until,
                _ => None,
            };
            StateItem { card: &facts.card, by }
        };
        StateSection {
            title: words.get(key(*concern)),
            intro: words.get(intro(concern.name())),
            name: concern.name(),
            items: notes.iter().take(SHOWN).map(item).collect(),
            total: notes.len(),
            more: (notes.len() > SHOWN).then(|| path(site, home, *concern)),
        }
    };
    let language = &site.note(home).facts.place.language;
    let of_language = site.graph.sequences.iter().filter(|s| s.language == *language);
    let shows = IndexShows::State(StateView {
        notes: of_language.map(|sequence| sequence.notes.len()).sum(),
        concerns: lists.state.lists.iter().map(section).collect(),
        most_linked: lists.state.most_linked.iter().map(|(id, n)| (card(*id), *n)).collect(),
    });
    IndexView { page, shows, pager: None }
}
