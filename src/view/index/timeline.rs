//! Notes by date, and what replaced what.

use serde::Serialize;

use super::{IndexShows, IndexView};
use crate::fingerprint::SharedValue;
use crate::index::LanguageIndexes;
use crate::note::{NoteCard, NoteId};
use crate::site::{Site, index_path};
use crate::view::frame::PageFrame;
use crate::view::list::{self, ListItem};
use crate::view::{currency, is_past};

/// Notes by date.
#[derive(Hash, Serialize)]
pub struct TimelineView<'a> {
    /// The years of this page, the earliest first.
    pub years: Vec<TimelineYear<'a>>,
    /// What was replaced once or more often, the first of each chain first.
    pub chains: Vec<Vec<ReplacementLink<'a>>>,
    /// Notes that have no date.
    pub undated: Vec<ListItem<'a>>,
    /// How many those are.
    pub n_undated: usize,
}

/// A year with its notes.
#[derive(Hash, Serialize)]
pub struct TimelineYear<'a> {
    /// The year.
    pub year: i16,
    /// The notes.
    pub items: Vec<ListItem<'a>>,
}

/// A note in a chain of replacements.
#[derive(Hash, Serialize)]
pub struct ReplacementLink<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Whether it was replaced itself.
    pub past: bool,
}

pub(super) fn view<'a>(
    site: &'a Site,
    page: PageFrame<'a>,
    home: NoteId,
    lists: &'a LanguageIndexes,
    number: usize,
) -> IndexView<'a> {
    let words = &page.site.words;
    let shown = &lists.timeline[list::part(site, &lists.timeline, number)];
    let year = |id: &NoteId| site.note(*id).facts.card.date.map_or(0, |date| date.year());
    let years = shown.chunk_by(|a, b| year(a) == year(b));
    let years =
        years.map(|of| TimelineYear { year: year(&of[0]), items: list::listed(site, of, words) });
    let pages = list::pages(site, lists.timeline.len());
    let is_last = number == pages;
    let undated = &lists.undated[..lists.undated.len().min(site.config.page_size)];
    let shows = IndexShows::Timeline(TimelineView {
        years: years.collect(),
        chains: if is_last { chains(site, lists) } else { Vec::new() },
        undated: if is_last { list::listed(site, undated, words) } else { Vec::new() },
        n_undated: if is_last { lists.undated.len() } else { 0 },
    });
    let base = index_path(site, home, "timeline");
    IndexView { page, shows, pager: list::pager(number, pages, |n| list::page_path(&base, n)) }
}

/// The chains that end in a note that is current.
fn chains<'a>(site: &'a Site, lists: &LanguageIndexes) -> Vec<Vec<ReplacementLink<'a>>> {
    let all = lists.timeline.iter().chain(&lists.undated);
    let ends = all.filter(|id| !is_past(site, **id));
    let chain = |end: &NoteId| {
        let mut ids = currency::replaced_by_way(site, *end);
        ids.reverse();
        ids.push(*end);
        let link = |id: NoteId| ReplacementLink {
            card: &site.note(id).facts.card,
            past: is_past(site, id),
        };
        ids.into_iter().map(link).collect::<Vec<_>>()
    };
    ends.map(chain).filter(|chain| chain.len() > 1).take(site.config.page_size).collect()
}
