//! The table of a register: one row for each note, and links to the pages of its values.

use serde::Serialize;

use crate::config::{FieldConfig, Kind, RegisterColumn};
use crate::date::Date;
use crate::files::join;
use crate::fingerprint::name_of;
use crate::index::{ColumnValue, FacetColumn, FacetValue};
use crate::language::Language;
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::Site;
use crate::slug::slug;
use crate::template::SharedValue;
use crate::view::address::stem_of;
use crate::view::paging::rows_per_page;
use crate::view::parts::field::{self, FieldItem};

/// Rows of a register, and links to its other pages and files.
#[derive(Hash, Serialize)]
pub struct RegisterPage<'a> {
    /// The columns that a row of this page fills, in the order of the book.
    pub columns: Vec<ColumnView<'a>>,
    /// The number of columns that a card shows, as which a row stands on a narrow screen.
    pub on_card: usize,
    /// True if a table folds some of the columns.
    pub folds: bool,
    /// A row for each note of this page.
    pub rows: Vec<RegisterRow<'a>>,
    /// The number of rows of the whole list.
    pub total: usize,
    /// The columns whose values have pages of their own; each has at least two values.
    pub facets: Vec<FacetView<'a>>,
    /// True if a value of a row is this book's own reading.
    pub inferred: bool,
    /// True if something on the page is marked as that, so that the page says what the mark means.
    pub readings: bool,
    /// The path of the whole register as comma-separated values.
    pub csv: OutputPath,
    /// The path of the whole register as JSON.
    pub json: OutputPath,
    /// The path of both in a script, of which a page makes files with some of the rows; absent if the whole register
    /// is too long for a page, and so for that script.
    pub script: Option<OutputPath>,
}

/// A column.
#[derive(Hash, Serialize)]
pub struct ColumnView<'a> {
    /// The name of the field, as `book.toml` has it.
    pub name: &'a str,
    /// The label of the column, for readers.
    pub label: &'a str,
    /// The room that the column needs: `any` if it is shown on a narrow screen too, `table` if in a table only, and
    /// `fold` if it is folded in a table too.
    pub room: ColumnRoom,
}

/// The room that a column needs in order to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnRoom {
    /// That of any screen.
    Any,
    /// That of a table; on a narrow screen, where each row is a card, the column is folded.
    Table,
    /// More than a table has, so that the column is folded there too.
    Fold,
}

impl ColumnRoom {
    /// The number of columns besides the title that a card shows.
    const ON_CARD: usize = 3;
    /// The number of columns besides the title that a table shows: as many as can be read on a screen of 1280 pixels.
    const IN_TABLE: usize = 5;

    /// The room that the column at this place needs.
    fn of(at: usize) -> Self {
        match at {
            0..Self::ON_CARD => Self::Any,
            Self::ON_CARD..Self::IN_TABLE => Self::Table,
            _ => Self::Fold,
        }
    }
}

/// A note as a row.
#[derive(Hash, Serialize)]
pub struct RegisterRow<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note is superseded or withdrawn.
    pub past: bool,
    /// True if it has values that a card folds.
    pub has_more: bool,
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
    pub values: Vec<RegisterValue<'a>>,
}

/// A value of a column.
#[derive(Hash, Serialize)]
pub struct RegisterValue<'a> {
    /// The value, for readers.
    pub text: String,
    /// The language of the value, as a code such as `en`, if it is the title of a note; else absent.
    pub language: Option<&'a Language>,
    /// The number of rows that have it.
    pub count: usize,
    /// The number of those that have it by this book's own reading alone.
    pub inferred: usize,
    /// The path of the page with these rows.
    pub url: OutputPath,
}

/// The kind whose register the page at `id` is.
fn kind(site: &Site, id: NoteId) -> &Kind {
    let register = site.indexes.register(id);
    site.kind_for(register.map_or(site.config.page_kind(), |register| register.kind), id)
}

/// The field that adds values by this book's own reading to those of the column of this name, in the register
/// at `id`.
pub(crate) fn inferring_field<'a>(site: &'a Site, id: NoteId, name: &str) -> Option<&'a str> {
    let fields = &kind(site, id).fields;
    let base = fields.iter().position(|field| field.name == name)?;
    let infers = |field: &&FieldConfig| field.infers.map(usize::from) == Some(base);
    fields.iter().find(infers).map(|field| &*field.name)
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
        RegisterColumn::Field(at) => {
            let field = &kind(site, id).fields[usize::from(at)];
            field.column.as_ref().unwrap_or(&field.label)
        }
        RegisterColumn::Sources => site.words_of(id).get("sources"),
        RegisterColumn::Date => site.words_of(id).get("date"),
        RegisterColumn::Summary => site.words_of(id).get("summary"),
    }
}

/// The path of the whole register at `id` as a file with this ending.
pub(crate) fn data_path(site: &Site, id: NoteId, ending: &str) -> OutputPath {
    OutputPath::new(format!("{}/register.{ending}", stem_of(site, id)))
}

/// The path of the script with the whole register at `id`; `None` if the register is longer than a page.
pub(crate) fn script_path(site: &Site, id: NoteId) -> Option<OutputPath> {
    let length = site.indexes.register(id).map_or(0, |register| register.notes.len());
    (length <= rows_per_page(site)).then(|| data_path(site, id, "data.js"))
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
        ColumnValue::Word(word) => {
            let word = word_in_address(site, id, column, word);
            let slug = slug(&word);
            // Of signs alone nothing would be left, so something made from them stands for the word.
            if slug.is_empty() { name_of(word.as_bytes()) } else { slug }
        }
    };
    let (register, column) = (stem_of(site, id), name(kind(site, id), column));
    OutputPath::new(format!("{register}/by-{column}/{stem}.html"))
}

/// Returns the word of a column by which its page is addressed: the same in all languages.
fn word_in_address(site: &Site, id: NoteId, column: RegisterColumn, word: u32) -> String {
    let RegisterColumn::Field(at) = column else { return String::new() };
    let register = site.indexes.register(id).map(|register| register.kind);
    let kind = site.config.kind(register.unwrap_or(site.config.page_kind()));
    let field = &kind.fields[usize::from(at)];
    let word = field.words().get(word as usize);
    word.map_or_else(String::new, |word| field.shape.as_type().filter_label(word))
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
        (ColumnValue::Note(to), _) => site.note(to).facts.card.short_title().to_owned(),
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
    let row = |(note, cells): (&NoteId, Vec<Vec<FieldItem<'a>>>)| {
        let cells = cells.into_iter().zip(&filled).filter(|(_, filled)| **filled);
        let cells: Vec<_> = cells.map(|(cell, _)| cell).collect();
        RegisterRow {
            card: &site.note(*note).facts.card,
            past: site.is_past(*note),
            has_more: cells.iter().skip(ColumnRoom::ON_CARD).any(|cell| !cell.is_empty()),
            cells,
        }
    };
    let inferred = cells.iter().flatten().flatten().any(|item| item.inferred);
    let shown = columns.iter().zip(&filled).filter(|(_, filled)| **filled);
    let column = |(at, (column, _)): (usize, (&RegisterColumn, &bool))| ColumnView {
        name: name(kind, *column),
        label: label(site, id, *column),
        room: ColumnRoom::of(at),
    };
    let facets = site.indexes.register(id).map_or(&[][..], |register| &register.facets);
    let mut counts = facets.iter().flat_map(|facet| &facet.values).map(|value| value.inferred);
    let shown_columns = filled.iter().filter(|filled| **filled).count();
    RegisterPage {
        on_card: ColumnRoom::ON_CARD,
        folds: shown_columns > ColumnRoom::IN_TABLE,
        columns: shown.enumerate().map(column).collect(),
        rows: notes.iter().zip(cells).map(row).collect(),
        total,
        facets: facets.iter().map(|facet| facet_view(site, id, facet)).collect(),
        readings: inferred || counts.any(|count| count > 0),
        inferred,
        csv: data_path(site, id, "csv"),
        json: data_path(site, id, "json"),
        script: script_path(site, id),
    }
}

/// The whole register that the page at `id` is.
pub(crate) fn whole(site: &Site, id: NoteId) -> RegisterPage<'_> {
    let notes = site.indexes.register(id).map_or(&[][..], |register| &register.notes);
    rows(site, id, notes, notes.len())
}

fn facet_view<'a>(site: &'a Site, id: NoteId, facet: &FacetColumn) -> FacetView<'a> {
    let language = |value: ColumnValue| match value {
        ColumnValue::Note(to) => Some(&site.note(to).facts.card.language),
        ColumnValue::Word(_) => None,
    };
    let value = |of_column: &FacetValue| RegisterValue {
        text: text(site, id, facet.column, of_column.value),
        language: language(of_column.value),
        count: of_column.notes.len(),
        inferred: of_column.inferred,
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
            let facts = &site.note(id).facts;
            let language = Some(&facts.card.language);
            let language = language.filter(|of_text| **of_text != facts.place.language);
            let item = |text: String| FieldItem { text, language, ..FieldItem::default() };
            facts.card.summary.clone().map(item).into_iter().collect()
        }
        RegisterColumn::Sources => {
            field::sources(site, id).into_iter().map(field::source_item).collect()
        }
    }
}
