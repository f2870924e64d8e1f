//! The table of a register: one row for each note, and links to the pages of its values.

use serde::Serialize;

use crate::config::{Kind, RegisterColumn};
use crate::date::Date;
use crate::files::join;
use crate::fingerprint::{SharedValue, name_of};
use crate::index::{ColumnValue, FacetColumn, FacetValue};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::Site;
use crate::slug::slug;
use crate::view::address::stem_of;
use crate::view::parts::field::{self, FieldItem, SourceView};

/// Rows of a register, and links to its other pages and files.
#[derive(Hash, Serialize)]
pub struct RegisterPage<'a> {
    /// The columns that a row of this page fills, in the order of the book.
    pub columns: Vec<ColumnView<'a>>,
    /// A row for each note of this page.
    pub rows: Vec<RegisterRow<'a>>,
    /// The number of rows of the whole list.
    pub total: usize,
    /// The columns whose values have pages of their own.
    pub facets: Vec<FacetView<'a>>,
    /// The path of the whole register as comma-separated values.
    pub csv: OutputPath,
    /// The path of the whole register as JSON.
    pub json: OutputPath,
}

/// A column.
#[derive(Hash, Serialize)]
pub struct ColumnView<'a> {
    /// The name of the field, as `book.toml` has it.
    pub name: &'a str,
    /// The label of the column, for readers.
    pub label: &'a str,
}

/// A note as a row.
#[derive(Hash, Serialize)]
pub struct RegisterRow<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note is superseded or withdrawn.
    pub past: bool,
    /// The values of the note, for each column a list, which may be empty.
    pub cells: Vec<Vec<FieldItem<'a>>>,
}

/// A column whose values have pages of their own.
#[derive(Hash, Serialize)]
pub struct FacetView<'a> {
    /// The name of the field, as `book.toml` has it.
    pub name: &'a str,
    /// The label of the column, for readers.
    pub label: &'a str,
    /// The values, in order.
    pub values: Vec<RegisterValue>,
}

/// A value of a column.
#[derive(Hash, Serialize)]
pub struct RegisterValue {
    /// The value, for readers.
    pub text: String,
    /// The number of rows that have it.
    pub count: usize,
    /// The path of the page with these rows.
    pub url: OutputPath,
}

/// The kind whose register the page at `id` is.
fn kind(site: &Site, id: NoteId) -> &Kind {
    let register = site.indexes.register(id);
    site.config.kind(register.map_or(site.config.page_kind(), |register| register.kind))
}

fn name(kind: &Kind, column: RegisterColumn) -> &str {
    match column {
        RegisterColumn::Field(at) => &kind.fields[usize::from(at)].name,
        RegisterColumn::Sources => "sources",
        RegisterColumn::Date => "date",
        RegisterColumn::Summary => "summary",
    }
}

/// The label of a column of the register at `id`, for readers.
pub(crate) fn label(site: &Site, id: NoteId, column: RegisterColumn) -> &str {
    match column {
        RegisterColumn::Field(at) => &kind(site, id).fields[usize::from(at)].label,
        RegisterColumn::Sources => site.words_of(id).get("sources"),
        RegisterColumn::Date => site.words_of(id).get("date"),
        RegisterColumn::Summary => site.words_of(id).get("summary"),
    }
}

/// The path of the whole register at `id` as a file with this ending.
pub(crate) fn data_path(site: &Site, id: NoteId, ending: &str) -> OutputPath {
    OutputPath::new(format!("{}/register.{ending}", stem_of(site, id)))
}

/// The first page of the rows that have one value in a column.
pub(crate) fn value_path(
    site: &Site,
    id: NoteId,
    column: RegisterColumn,
    value: ColumnValue,
) -> OutputPath {
    let stem = match value {
        ColumnValue::Note(to) => value_of_note(site, id, to),
        ColumnValue::Word(_) => {
            let word = text(site, id, column, value);
            let slug = slug(&word);
            // Of signs alone nothing would be left, so something made from them stands for the word.
            if slug.is_empty() { name_of(word.as_bytes()) } else { slug }
        }
    };
    let (register, column) = (stem_of(site, id), name(kind(site, id), column));
    OutputPath::new(format!("{register}/by-{column}/{stem}.html"))
}

/// Returns the name of the note at `to` in the address of its page in the register at `id`: its path,
/// with its language if that path means another note to readers of the register.
fn value_of_note(site: &Site, id: NoteId, to: NoteId) -> String {
    let (own, place) = (&site.note(id).facts.place, &site.note(to).facts.place);
    let mut path = place.path.to_string();
    if site.graph.beside.contains(&to) || path.is_empty() {
        path = join(&path, "index").unwrap_or_default();
    }
    let translations = site.graph.translations.get(&place.key);
    let is_own = |note: &NoteId| site.note(*note).facts.place.language == own.language;
    if place.language != own.language && translations.into_iter().flatten().any(is_own) {
        format!("{}/{path}", place.language)
    } else {
        path
    }
}

/// A value of a column of the register at `id`, for readers.
pub(crate) fn text(site: &Site, id: NoteId, column: RegisterColumn, value: ColumnValue) -> String {
    match (value, column) {
        (ColumnValue::Note(to), _) => site.note(to).facts.card.title.clone(),
        (ColumnValue::Word(word), RegisterColumn::Field(at)) => {
            let field = &kind(site, id).fields[usize::from(at)];
            let word = field.words().get(word as usize);
            word.map_or_else(String::new, |word| field.shape.as_type().filter_label(word))
        }
        (ColumnValue::Word(_), _) => String::new(),
    }
}

/// Rows of the register at `id`, for these notes of a list of `total`. Columns that none of them fills
/// are left out.
pub(crate) fn rows<'a>(
    site: &'a Site,
    id: NoteId,
    notes: &[NoteId],
    total: usize,
) -> RegisterPage<'a> {
    let kind = kind(site, id);
    let columns = &kind.features.register;
    let cells: Vec<Vec<Vec<FieldItem<'_>>>> = notes
        .iter()
        .map(|note| columns.iter().map(|column| cell(site, *note, *column)).collect())
        .collect();
    let is_filled = |at: usize| cells.iter().any(|row| !row[at].is_empty());
    let filled: Vec<bool> = (0..columns.len()).map(is_filled).collect();
    let row = |(note, cells): (&NoteId, Vec<Vec<FieldItem<'a>>>)| RegisterRow {
        card: &site.note(*note).facts.card,
        past: site.is_past(*note),
        cells: cells.into_iter().zip(&filled).filter(|(_, f)| **f).map(|(c, _)| c).collect(),
    };
    let shown = columns.iter().zip(&filled).filter(|(_, filled)| **filled);
    let column = |(column, _): (&RegisterColumn, &bool)| ColumnView {
        name: name(kind, *column),
        label: label(site, id, *column),
    };
    let facets = site.indexes.register(id).map_or(&[][..], |register| &register.facets);
    RegisterPage {
        columns: shown.map(column).collect(),
        rows: notes.iter().zip(cells).map(row).collect(),
        total,
        facets: facets.iter().map(|facet| facet_view(site, id, facet)).collect(),
        csv: data_path(site, id, "csv"),
        json: data_path(site, id, "json"),
    }
}

/// The whole register that the page at `id` is.
pub(crate) fn whole(site: &Site, id: NoteId) -> RegisterPage<'_> {
    let notes = site.indexes.register(id).map_or(&[][..], |register| &register.notes);
    rows(site, id, notes, notes.len())
}

fn facet_view<'a>(site: &'a Site, id: NoteId, facet: &FacetColumn) -> FacetView<'a> {
    let value = |of_column: &FacetValue| RegisterValue {
        text: text(site, id, facet.column, of_column.value),
        count: of_column.notes.len(),
        url: value_path(site, id, facet.column, of_column.value),
    };
    FacetView {
        name: name(kind(site, id), facet.column),
        label: label(site, id, facet.column),
        values: facet.values.iter().map(value).collect(),
    }
}

/// The values of a note in a column.
fn cell(site: &Site, id: NoteId, column: RegisterColumn) -> Vec<FieldItem<'_>> {
    match column {
        RegisterColumn::Field(at) => field::items(site, id, at),
        RegisterColumn::Date => {
            let item = |date: Date| {
                let (text, sort) = (site.words_of(id).date(date), Some(date.to_string()));
                FieldItem { text, sort, ..FieldItem::default() }
            };
            site.note(id).facts.card.date.map(item).into_iter().collect()
        }
        RegisterColumn::Summary => {
            let item = |text: String| FieldItem { text, ..FieldItem::default() };
            site.note(id).facts.card.summary.clone().map(item).into_iter().collect()
        }
        RegisterColumn::Sources => field::sources(site, id).into_iter().map(source).collect(),
    }
}

/// A source as a value of a column.
fn source(source: SourceView<'_>) -> FieldItem<'_> {
    let title = source.note.map(|card| card.title.as_str()).or(source.title);
    let parts = title.into_iter().chain(source.locator);
    let text = parts.collect::<Vec<_>>().join(", ");
    FieldItem { text, note: source.note, url: source.url, ..FieldItem::default() }
}
