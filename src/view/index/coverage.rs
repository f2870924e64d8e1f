//! How many notes of each kind are filed under each note of an axis.

use serde::Serialize;

use super::{IndexShows, IndexView};
use crate::config::{Kind, KindId};
use crate::fingerprint::SharedValue;
use crate::index::LanguageIndexes;
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, index_path};
use crate::view::filed::{self, FiledCount};
use crate::view::frame::PageFrame;
use crate::view::{incoming, list};

/// What is there of each kind under each note of an axis.
#[derive(Hash, Serialize)]
pub struct CoverageView<'a> {
    /// What readers call the notes of the axis.
    pub axis: &'a str,
    /// What the kinds are called.
    pub columns: Vec<&'a str>,
    /// A row for each note of the axis.
    pub rows: Vec<CoverageRow<'a>>,
    /// Whether any is filed by this book's reading alone.
    pub inferred: bool,
    /// How many notes of each kind are filed under none.
    pub unfiled: Vec<usize>,
    /// How many those are together.
    pub unfiled_total: usize,
    /// Where they are listed.
    pub unfiled_url: Option<OutputPath>,
}

/// A note of the axis with what is filed under it.
#[derive(Hash, Serialize)]
pub struct CoverageRow<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// How many notes of each kind.
    pub cells: Vec<CoverageCell>,
    /// How many those are together.
    pub total: usize,
}

/// How many notes of a kind are filed under a note.
#[derive(Hash, Serialize)]
pub struct CoverageCell {
    /// How many; each is counted once, however many fields file it there.
    #[serde(flatten)]
    pub filed: FiledCount,
    /// Where they stand in the page of the note.
    pub anchor: Option<String>,
    /// How many, from 0 to 4, for a shade.
    pub level: u8,
}

/// The notes of the axis.
pub(super) fn rows(site: &Site, home: NoteId, axis: KindId) -> &[NoteId] {
    let language = &site.note(home).facts.place.language;
    let sequence = site.graph.sequences.iter().find(|s| s.kind == axis && s.language == *language);
    sequence.map_or(&[], |sequence| &sequence.notes)
}

/// The name of the coverage by an axis; the first axis of the book needs none of its own.
fn name(site: &Site, axis: KindId) -> String {
    let first = site.config.kinds().find(|(_, kind)| kind.shown.axis);
    match first.is_some_and(|(first, _)| first == axis) {
        true => "coverage".to_owned(),
        false => format!("coverage-{}", site.config.kind(axis).name),
    }
}

pub(super) fn path(site: &Site, home: NoteId, axis: KindId) -> OutputPath {
    index_path(site, home, &name(site, axis))
}

pub(super) fn unfiled_path(site: &Site, home: NoteId, axis: KindId) -> OutputPath {
    index_path(site, home, &format!("{}/unfiled", name(site, axis)))
}

pub(super) fn view<'a>(
    site: &'a Site,
    mut page: PageFrame<'a>,
    home: NoteId,
    axis: KindId,
    lists: &LanguageIndexes,
    number: usize,
) -> IndexView<'a> {
    let kinds = site.config.kinds();
    let kinds: Vec<(KindId, &Kind)> =
        kinds.filter(|(kind, k)| *kind != axis && k.points_at(axis)).collect();
    let notes = rows(site, home, axis);
    let unfiled = lists.unfiled.iter().find(|(other, _)| *other == axis);
    let unfiled = unfiled.map_or(&[][..], |(_, notes)| notes);
    let of_kind = |kind: KindId| lists.n_unfiled.get(&(axis, kind)).copied().unwrap_or(0);
    page.title = format!("{}: {}", page.title, site.config.kind(axis).plural);
    let shown = &notes[list::part(site, notes, number)];
    let rows: Vec<CoverageRow<'_>> = shown.iter().map(|id| row(site, *id, &kinds)).collect();
    let shows = IndexShows::Coverage(CoverageView {
        axis: &site.config.kind(axis).title,
        columns: kinds.iter().map(|(_, kind)| kind.plural.as_str()).collect(),
        inferred: rows.iter().flat_map(|row| &row.cells).any(|cell| cell.filed.inferred > 0),
        rows,
        unfiled: kinds.iter().map(|(kind, _)| of_kind(*kind)).collect(),
        unfiled_total: unfiled.len(),
        unfiled_url: (!unfiled.is_empty()).then(|| unfiled_path(site, home, axis)),
    });
    let base = path(site, home, axis);
    let pager = list::pager(number, list::pages(site, notes.len()), |n| list::page_path(&base, n));
    IndexView { page, shows, pager }
}

fn row<'a>(site: &'a Site, id: NoteId, kinds: &[(KindId, &Kind)]) -> CoverageRow<'a> {
    let filed = filed::filed(site, id);
    let cell = |kind: &KindId| {
        let (first, filed) = filed.get(kind).copied().unzip();
        let filed = filed.unwrap_or_default();
        let level = match filed.count {
            0 => 0,
            1 => 1,
            2..=3 => 2,
            4..=7 => 3,
            _ => 4,
        };
        CoverageCell { filed, anchor: first.map(|first| incoming::anchor(site, first)), level }
    };
    let cells: Vec<CoverageCell> = kinds.iter().map(|(kind, _)| cell(kind)).collect();
    let total = cells.iter().map(|cell| cell.filed.count).sum();
    CoverageRow { card: &site.note(id).facts.card, cells, total }
}
