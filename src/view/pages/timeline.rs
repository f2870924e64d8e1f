//! Notes by date, and chains of notes that replaced one another.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{Kind, KindId};
use crate::index::LanguageIndexes;
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{BookPageEntry, PageCondition, Site, index_path};
use crate::template::SharedValue;
use crate::view::output::{BookPage, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::chart::{ChartCounts, ChartView};
use crate::view::parts::frame::{self, PageFrame};
use crate::view::parts::list::{ListItem, listed};
use crate::view::parts::supersession;
use crate::words::InterfaceWord;

/// The timeline.
pub(crate) const PAGE: BookPage = BookPage {
    entry: BookPageEntry {
        name: "timeline",
        title: InterfaceWord::new("index-timeline", "Timeline"),
        condition: PageCondition::Kind(|kind| kind.timeline),
    },
    list,
    texts: TextsShown::None,
};

/// A page of the timeline.
#[derive(Hash, Serialize)]
pub struct TimelinePageView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The notes.
    pub timeline: TimelineView<'a>,
    /// The other pages of the timeline; absent if there are none.
    pub pager: Option<Pager>,
}

/// Notes by date.
#[derive(Hash, Serialize)]
pub struct TimelineView<'a> {
    /// The number of notes of each kind in each year of the whole timeline. On the first page only.
    pub chart: Option<ChartView>,
    /// The years of this page, the earliest first.
    pub years: Vec<TimelineYear<'a>>,
    /// The chains of notes that replaced one another, each from its first note to its last. On the last
    /// page only; as many as a list shows on one page.
    pub chains: Vec<Vec<ReplacementLink<'a>>>,
    /// The notes without a date. On the last page only; as many as a list shows on one page.
    pub undated: Vec<ListItem<'a>>,
    /// The number of all notes without a date; 0 on all pages but the last.
    pub n_undated: usize,
}

/// A year with its notes.
#[derive(Hash, Serialize)]
pub struct TimelineYear<'a> {
    /// The year, as a number.
    pub year: i16,
    /// The notes, the earliest first.
    pub items: Vec<ListItem<'a>>,
}

/// A note in a chain of replacements.
#[derive(Hash, Serialize)]
pub struct ReplacementLink<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note was replaced itself, or withdrawn.
    pub past: bool,
}

/// The pages of the timeline.
fn paged(site: &Site, home: NoteId) -> PagedList {
    let first = index_path(site, home, PAGE.entry.name);
    PagedList::new(site, first, site.indexes.of(home).timeline.len())
}

fn list(site: &Site, home: NoteId, out: &mut OutputList) {
    let pages = paged(site, home);
    for page in 1..=pages.page_count() {
        out.add(pages.path(page), OutputOwner::Note(home), move |site, path| {
            View::template("timeline.html", view(site, path, home, page))
        });
    }
}

fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    page: usize,
) -> TimelinePageView<'a> {
    let (lists, pages) = (site.indexes.of(home), paged(site, home));
    let words = site.words_of(home);
    let year = |id: &NoteId| site.note(*id).facts.card.date.map_or(0, |date| date.year());
    let years = lists.timeline[pages.part(page)].chunk_by(|a, b| year(a) == year(b));
    let of_year = |notes: &[NoteId]| TimelineYear {
        year: year(&notes[0]),
        items: listed(site, notes, words),
    };
    let is_last = page == pages.page_count();
    let undated = &lists.undated[..lists.undated.len().min(site.config.page_size)];
    let timeline = TimelineView {
        chart: (page == 1).then(|| chart(site, home)).flatten(),
        years: years.map(of_year).collect(),
        chains: if is_last { chains(site, lists) } else { Vec::new() },
        undated: if is_last { listed(site, undated, words) } else { Vec::new() },
        n_undated: if is_last { lists.undated.len() } else { 0 },
    };
    let frame = frame::of_book(site, path, home, PAGE.entry.title.key);
    TimelinePageView { page: frame, timeline, pager: pages.pager(page) }
}

/// The number of notes of each kind in each year.
fn chart(site: &Site, home: NoteId) -> Option<ChartView> {
    let language = &site.note(home).facts.place.language;
    let card = site.card(language);
    let plural = |kind: &KindId| site.config.kind_in(*kind, language).plural.clone();
    let kinds = site.config.kinds().filter(|(_, kind)| kind.features.timeline);
    let kinds: Vec<(KindId, &Kind)> = kinds.collect();
    let mut years: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
    for id in &site.indexes.of(home).timeline {
        let facts = &site.note(*id).facts;
        let at = kinds.iter().position(|(kind, _)| *kind == facts.kind);
        if let Some((date, at)) = facts.card.date.zip(at) {
            years.entry(date.year()).or_insert_with(|| vec![0; kinds.len()])[at] += 1;
        }
    }
    let counts = ChartCounts {
        title: card.words.get("timeline-chart").to_owned(),
        rows_title: card.words.get("chart-year").to_owned(),
        series: kinds.iter().map(|(kind, _)| ((plural(kind), None), None)).collect(),
        rows: years
            .into_iter()
            .map(|(year, counts)| ((year.to_string(), None), None, counts))
            .collect(),
        other: card.words.get("chart-other").to_owned(),
        direction: card.direction,
    };
    counts.years()
}

/// The chains that end in a note that is current.
fn chains<'a>(site: &'a Site, lists: &LanguageIndexes) -> Vec<Vec<ReplacementLink<'a>>> {
    let all = lists.timeline.iter().chain(&lists.undated);
    let ends = all.filter(|id| !site.is_past(**id));
    let chain = |end: &NoteId| {
        let mut ids = supersession::all_replaced(site, *end);
        ids.reverse();
        ids.push(*end);
        let link = |id: NoteId| ReplacementLink {
            card: &site.note(id).facts.card,
            past: site.is_past(id),
        };
        ids.into_iter().map(link).collect::<Vec<_>>()
    };
    ends.map(chain).filter(|chain| chain.len() > 1).take(site.config.page_size).collect()
}
