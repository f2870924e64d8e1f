//! The number of notes of each kind that are filed under each note of a kind that gathers notes (an
//! axis).

use serde::Serialize;

use crate::config::{Kind, KindId};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{BookPageEntry, PageCondition, Site, index_path};
use crate::template::SharedValue;
use crate::view::output::{BookPage, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::backlinks;
use crate::view::parts::book_list::{self, BookListWords};
use crate::view::parts::chart::{ChartCounts, ChartView, MOST_ROWS};
use crate::view::parts::filed::{self, FiledCount, FiledNotes};
use crate::view::parts::frame::{self, PageFrame};
use crate::words::InterfaceWord;

/// The pages of coverage, one for each kind that gathers notes.
pub(crate) const PAGE: BookPage = BookPage {
    entry: BookPageEntry {
        name: "coverage",
        title: InterfaceWord::new("index-coverage", "Coverage"),
        condition: PageCondition::Kind(|kind| kind.taxonomy),
    },
    list,
    texts: TextsShown::None,
};

/// A page of the coverage by one kind.
#[derive(Hash, Serialize)]
pub struct CoveragePageView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The coverage.
    pub coverage: CoverageView<'a>,
    /// The other pages of the table; absent if there are none.
    pub pager: Option<Pager>,
}

/// A table of the notes that are filed under each note of a kind: a row for each note, a column for each
/// kind that can be filed under it.
#[derive(Hash, Serialize)]
pub struct CoverageView<'a> {
    /// The name of the kind whose notes are the rows, for readers, in the singular.
    pub axis: &'a str,
    /// The names of the kinds that are the columns, for readers, in the plural.
    pub columns: Vec<&'a str>,
    /// The rows of this page.
    pub rows: Vec<CoverageRow<'a>>,
    /// The rows of this page as a chart; absent if there is too little to compare.
    pub chart: Option<ChartView>,
    /// True if a note on this page is filed by this book's reading alone.
    pub inferred: bool,
    /// The number of notes of each column's kind that are filed under none.
    pub unfiled: Vec<usize>,
    /// The number of all notes that are filed under none.
    pub unfiled_total: usize,
    /// The path of the list of these; absent if there are none.
    pub unfiled_url: Option<OutputPath>,
}

/// A note, with the number of notes of each kind that are filed under it.
#[derive(Hash, Serialize)]
pub struct CoverageRow<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// The number of notes for each column.
    pub cells: Vec<CoverageCell>,
    /// The sum of the row.
    pub total: usize,
}

/// The number of notes of a kind that are filed under a note.
#[derive(Hash, Serialize)]
pub struct CoverageCell {
    /// The number. Its variables, `count` and `inferred`, stand beside `anchor`. A note is counted once,
    /// however many of its fields file it there.
    #[serde(flatten)]
    pub filed: FiledCount,
    /// The id of their list in the page of the note; absent if there are none.
    pub anchor: Option<String>,
    /// A shade for the number, from 0 for none to 4 for eight and more.
    pub level: u8,
}

/// The notes of the axis in the language whose home page is `home`.
fn notes(site: &Site, home: NoteId, axis: KindId) -> &[NoteId] {
    site.graph.sequence(axis, &site.note(home).facts.place.language)
}

/// The notes that could be filed by the axis and are not.
fn unfiled(site: &Site, home: NoteId, axis: KindId) -> &[NoteId] {
    site.indexes.of(home).unfiled.get(&axis).map_or(&[], Vec::as_slice)
}

/// The name of the coverage by an axis; the first axis of the book needs none of its own.
fn name(site: &Site, axis: KindId) -> String {
    let first = site.config.kinds().find(|(_, kind)| kind.features.taxonomy);
    if first.is_some_and(|(first, _)| first == axis) {
        PAGE.entry.name.to_owned()
    } else {
        format!("{}-{}", PAGE.entry.name, site.config.kind(axis).name)
    }
}

/// The pages of the table.
fn table(site: &Site, home: NoteId, axis: KindId) -> PagedList {
    let first = index_path(site, home, &name(site, axis));
    PagedList::new(site, first, notes(site, home, axis).len())
}

/// The pages of the list of notes that are filed under none.
fn list_of_unfiled(site: &Site, home: NoteId, axis: KindId) -> PagedList {
    let first = index_path(site, home, &format!("{}/unfiled", name(site, axis)));
    PagedList::new(site, first, unfiled(site, home, axis).len())
}

fn list(site: &Site, home: NoteId, out: &mut OutputList) {
    for (axis, unfiled) in &site.indexes.of(home).unfiled {
        let (axis, owner) = (*axis, OutputOwner::Note(home));
        let pages = table(site, home, axis);
        for page in 1..=pages.page_count() {
            out.add(pages.path(page), owner, move |site, path| {
                View::template("coverage.html", view(site, path, home, axis, page))
            });
        }
        let pages = list_of_unfiled(site, home, axis);
        for page in (1..=pages.page_count()).filter(|_| !unfiled.is_empty()) {
            out.add(pages.path(page), owner, move |site, path| {
                view_of_unfiled(site, path, home, axis, page)
            });
        }
    }
}

fn view_of_unfiled<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    axis: KindId,
    page: usize,
) -> View<'a> {
    let frame = frame::of_book(site, path, home, "state-unfiled");
    let of = index_path(site, home, &name(site, axis));
    let says = BookListWords { intro: "state-unfiled-text", of, of_title: PAGE.entry.title.key };
    let (notes, pages) = (unfiled(site, home, axis), list_of_unfiled(site, home, axis));
    book_list::view(site, frame, Some(says), notes, &pages, page)
}

fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    axis: KindId,
    page: usize,
) -> CoveragePageView<'a> {
    let kinds = site.config.kinds();
    let kinds: Vec<(KindId, &Kind)> =
        kinds.filter(|(kind, k)| *kind != axis && k.points_at(axis)).collect();
    let lists = site.indexes.of(home);
    let unfiled = unfiled(site, home, axis);
    let of_kind = |kind: KindId| lists.n_unfiled.get(&(axis, kind)).copied().unwrap_or(0);
    let pages = table(site, home, axis);
    let shown = &notes(site, home, axis)[pages.part(page)];
    let rows: Vec<CoverageRow<'_>> = shown.iter().map(|id| row(site, *id, &kinds)).collect();
    let coverage = CoverageView {
        axis: &site.kind_for(axis, home).title,
        columns: kinds.iter().map(|(kind, _)| site.kind_for(*kind, home).plural.as_str()).collect(),
        inferred: rows.iter().flat_map(|row| &row.cells).any(|cell| cell.filed.inferred > 0),
        chart: chart(site, home, axis, &kinds, &rows),
        rows,
        unfiled: kinds.iter().map(|(kind, _)| of_kind(*kind)).collect(),
        unfiled_total: unfiled.len(),
        unfiled_url: (!unfiled.is_empty()).then(|| list_of_unfiled(site, home, axis).path(1)),
    };
    let mut frame = frame::of_book(site, path, home, PAGE.entry.title.key);
    frame.title = frame.site.words.labelled(&frame.title, &site.kind_for(axis, home).plural);
    CoveragePageView { page: frame, coverage, pager: pages.pager(page) }
}

/// The rows as a chart.
fn chart(
    site: &Site,
    home: NoteId,
    axis: KindId,
    kinds: &[(KindId, &Kind)],
    rows: &[CoverageRow<'_>],
) -> Option<ChartView> {
    let card = site.card(&site.note(home).facts.place.language);
    let axis = &site.kind_for(axis, home).title;
    let of_row = |row: &CoverageRow<'_>| {
        let counts = row.cells.iter().map(|cell| cell.filed.count).collect();
        let title = (row.card.short_title().to_owned(), Some(row.card.language.clone()));
        (title, Some(row.card.url.clone()), counts)
    };
    let counts = ChartCounts {
        title: card.words.filled(card.words.get("coverage-chart"), "kind", axis),
        rows_title: axis.clone(),
        series: kinds
            .iter()
            .map(|(kind, _)| ((site.kind_for(*kind, home).plural.clone(), None), None))
            .collect(),
        rows: rows.iter().take(MOST_ROWS).map(of_row).collect(),
        other: card.words.get("chart-other").to_owned(),
        direction: card.direction,
    };
    counts.rows()
}

fn row<'a>(site: &'a Site, id: NoteId, kinds: &[(KindId, &Kind)]) -> CoverageRow<'a> {
    let filed = filed::filed(site, id);
    let cells: Vec<CoverageCell> =
        kinds.iter().map(|(kind, _)| cell(site, filed.get(kind))).collect();
    let total = cells.iter().map(|cell| cell.filed.count).sum();
    CoverageRow { card: &site.note(id).facts.card, cells, total }
}

fn cell(site: &Site, filed: Option<&FiledNotes>) -> CoverageCell {
    let count = filed.map_or_else(FiledCount::default, |filed| filed.count);
    let level = match count.count {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=7 => 3,
        _ => 4,
    };
    let anchor = filed.map(|filed| backlinks::anchor(site, filed.first));
    CoverageCell { filed: count, anchor, level }
}
