//! The register of a kind: one row a note, with pages for each value of its columns.

use serde::Serialize;

use super::PageKey;
use super::frame::{self, PageFrame};
use super::list::{self, Pager};
use super::note::{self, FieldItem};
use crate::config::{FieldShape, Kind, RegisterColumn};
use crate::date::Date;
use crate::fingerprint::{SharedValue, name_of};
use crate::index::{self, ColumnValue};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::Site;
use crate::slug::slug;

/// A page of a register.
#[derive(Hash, Serialize)]
pub struct RegisterView<'a> {
    /// What every page has.
    pub page: PageFrame<'a>,
    /// The page of the kind.
    pub of: &'a SharedValue<NoteCard>,
    /// The column that all rows agree in, and what they have there.
    pub chosen: Option<FixedColumn<'a>>,
    /// The rows.
    pub register: RegisterPage<'a>,
    /// The other pages of the list.
    pub pager: Option<Pager>,
}

/// What all rows of a page have in one column.
#[derive(Hash, Serialize)]
pub struct FixedColumn<'a> {
    /// What the column is called.
    pub label: &'a str,
    /// The value.
    pub text: String,
    /// The note it is.
    pub note: Option<&'a SharedValue<NoteCard>>,
}

/// Rows of a register, and where else to look.
#[derive(Hash, Serialize)]
pub struct RegisterPage<'a> {
    /// The columns.
    pub columns: Vec<ColumnView<'a>>,
    /// A row for each note.
    pub rows: Vec<RegisterRow<'a>>,
    /// How many rows the whole list has.
    pub total: usize,
    /// The values of the columns that have pages of their own.
    pub facets: Vec<FacetView<'a>>,
    /// All rows, for a spreadsheet and for programs.
    pub csv: OutputPath,
    /// The same as JSON.
    pub json: OutputPath,
}

/// A column.
#[derive(Hash, Serialize)]
pub struct ColumnView<'a> {
    /// The field.
    pub name: &'a str,
    /// What readers call it.
    pub label: &'a str,
}

/// A note as a row.
#[derive(Hash, Serialize)]
pub struct RegisterRow<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Whether readers should look elsewhere.
    pub past: bool,
    /// What it has in each column.
    pub cells: Vec<Vec<FieldItem<'a>>>,
}

/// A column whose values have pages of their own.
#[derive(Hash, Serialize)]
pub struct FacetView<'a> {
    /// The field.
    pub name: &'a str,
    /// What readers call it.
    pub label: &'a str,
    /// Its values.
    pub values: Vec<RegisterValue>,
}

/// A value of a column.
#[derive(Hash, Serialize)]
pub struct RegisterValue {
    /// What readers call it.
    pub text: String,
    /// How many rows have it.
    pub count: usize,
    /// Its page.
    pub url: OutputPath,
}

/// Every page and file of the registers, but the pages of the kinds themselves.
pub(super) fn outputs(site: &Site) -> Vec<(OutputPath, PageKey)> {
    let mut outputs = Vec::new();
    for (id, register) in &site.indexes.registers {
        outputs.push((data_path(site, *id, "csv"), PageKey::RegisterCsv(*id)));
        outputs.push((data_path(site, *id, "json"), PageKey::RegisterJson(*id)));
        for (facet, of_column) in register.facets.iter().enumerate() {
            for (value, (target, notes)) in of_column.values.iter().enumerate() {
                let base = value_path(site, *id, of_column.column, *target);
                for page in 1..=list::pages(site, notes.len()) {
                    let subject = PageKey::Facet(*id, [facet, value], page);
                    outputs.push((list::page_path(&base, page), subject));
                }
            }
        }
    }
    outputs
}

/// The kind whose page is at `id`.
fn kind(site: &Site, id: NoteId) -> &Kind {
    let register = site.indexes.registers.iter().find(|register| register.0 == id);
    site.config.kind(register.map_or(site.config.page_kind(), |register| register.1.kind))
}

fn name(kind: &Kind, column: RegisterColumn) -> &str {
    match column {
        RegisterColumn::Field(at) => &kind.fields[usize::from(at)].name,
        RegisterColumn::Sources => "sources",
        RegisterColumn::Date => "date",
    }
}

/// What readers call a column of the register at `id`.
fn label<'a>(site: &'a Site, id: NoteId, kind: &'a Kind, column: RegisterColumn) -> &'a str {
    let words = &site.card(&site.note(id).facts.place.language).words;
    match column {
        RegisterColumn::Field(at) => &kind.fields[usize::from(at)].label,
        RegisterColumn::Sources => words.get("sources"),
        RegisterColumn::Date => words.get("date"),
    }
}

fn data_path(site: &Site, id: NoteId, ending: &str) -> OutputPath {
    let stem = list::stem_of(site, id);
    OutputPath::new(format!("{stem}/register.{ending}"))
}

fn value_path(site: &Site, id: NoteId, column: RegisterColumn, target: ColumnValue) -> OutputPath {
    let kind = kind(site, id);
    let value = match target {
        ColumnValue::Note(to) => value_of_note(site, id, to),
        ColumnValue::Word(_) => {
            let word = text(site, kind, column, target);
            let slug = slug(&word);
            // Of signs alone nothing would be left, so something made from them stands for the word.
            if slug.is_empty() { name_of(word.as_bytes()) } else { slug }
        }
    };
    let stem = list::stem_of(site, id);
    OutputPath::new(format!("{stem}/by-{}/{value}.html", name(kind, column)))
}

/// Returns what stands for the note at `to` in the address of its page in the register at `id`: its path, with its
/// language where that path means another note to readers of the register.
fn value_of_note(site: &Site, id: NoteId, to: NoteId) -> String {
    let (own, place) = (&site.note(id).facts.place, &site.note(to).facts.place);
    let mut path = place.path.to_string();
    if site.graph.beside.contains(&to) || path.is_empty() {
        path = crate::files::join(&path, "index").unwrap_or_default();
    }
    let translations = site.graph.translations.get(&place.key);
    let is_own = |note: &NoteId| site.note(*note).facts.place.language == own.language;
    match place.language != own.language && translations.into_iter().flatten().any(is_own) {
        true => format!("{}/{path}", place.language),
        false => path,
    }
}

/// A value as readers see it.
fn text(site: &Site, kind: &Kind, column: RegisterColumn, target: ColumnValue) -> String {
    match (target, column) {
        (ColumnValue::Note(to), _) => site.note(to).facts.card.title.clone(),
        (ColumnValue::Word(word), RegisterColumn::Field(at)) => {
            let FieldShape::OneOf(words) = &kind.fields[usize::from(at)].shape else {
                return String::new();
            };
            words.get(word as usize).map_or_else(String::new, |word| crate::config::label(word))
        }
        (ColumnValue::Word(_), _) => String::new(),
    }
}

/// Rows of the register at `id`; columns that none of them fills are left out.
fn register<'a>(site: &'a Site, id: NoteId, notes: &[NoteId], total: usize) -> RegisterPage<'a> {
    let kind = kind(site, id);
    let columns: Vec<RegisterColumn> = kind.shown.register.clone();
    let cells: Vec<Vec<Vec<FieldItem<'_>>>> = notes
        .iter()
        .map(|note| columns.iter().map(|column| cell(site, *note, *column)).collect())
        .collect();
    let is_filled = |at: usize| cells.iter().any(|row| !row[at].is_empty());
    let filled: Vec<bool> = (0..columns.len()).map(is_filled).collect();
    let row = |(note, cells): (&NoteId, Vec<Vec<FieldItem<'a>>>)| RegisterRow {
        card: &site.note(*note).facts.card,
        past: super::is_past(site, *note),
        cells: cells.into_iter().zip(&filled).filter(|(_, f)| **f).map(|(c, _)| c).collect(),
    };
    let shown = columns.iter().zip(&filled).filter(|(_, filled)| **filled);
    let column = |(column, _): (&RegisterColumn, &bool)| ColumnView {
        name: name(kind, *column),
        label: label(site, id, kind, *column),
    };
    let facets = site.indexes.register(id).map_or(&[][..], |register| &register.facets);
    RegisterPage {
        columns: shown.map(column).collect(),
        rows: notes.iter().zip(cells).map(row).collect(),
        total,
        facets: facets.iter().map(|of| facet(site, id, kind, of)).collect(),
        csv: data_path(site, id, "csv"),
        json: data_path(site, id, "json"),
    }
}

fn facet<'a>(
    site: &'a Site,
    id: NoteId,
    kind: &'a Kind,
    facet: &index::FacetColumn,
) -> FacetView<'a> {
    let value = |(target, notes): &(ColumnValue, Vec<NoteId>)| RegisterValue {
        text: text(site, kind, facet.column, *target),
        count: notes.len(),
        url: value_path(site, id, facet.column, *target),
    };
    FacetView {
        name: name(kind, facet.column),
        label: label(site, id, kind, facet.column),
        values: facet.values.iter().map(value).collect(),
    }
}

/// What a note has in a column.
fn cell(site: &Site, id: NoteId, column: RegisterColumn) -> Vec<FieldItem<'_>> {
    let facts = &site.note(id).facts;
    match column {
        RegisterColumn::Field(at) => note::items(site, id, at),
        RegisterColumn::Date => {
            let words = &site.card(&facts.place.language).words;
            let item = |date: Date| {
                let sort = Some(date.to_string());
                FieldItem { text: words.date(date), sort, ..FieldItem::default() }
            };
            facts.card.date.map(item).into_iter().collect()
        }
        RegisterColumn::Sources => {
            let item = |source: note::SourceView<'_>| {
                let title = source.note.map(|card| card.title.as_str()).or(source.title);
                let parts = title.into_iter().chain(source.locator);
                let text = parts.collect::<Vec<_>>().join(", ");
                FieldItem { text, ..FieldItem::default() }
            };
            let sources = note::sources(site, id);
            sources
                .into_iter()
                .map(|source| {
                    let (note, url) = (source.note, source.url);
                    FieldItem { note, url, ..item(source) }
                })
                .collect()
        }
    }
}

/// The first page of the register that the page at `id` is, if it is one.
pub(super) fn first_page(site: &Site, id: NoteId) -> Option<RegisterPage<'_>> {
    let notes = &site.indexes.register(id)?.notes;
    Some(register(site, id, &notes[list::part(site, notes, 1)], notes.len()))
}

/// The whole register that the page at `id` is.
pub(super) fn whole(site: &Site, id: NoteId) -> RegisterPage<'_> {
    let notes = site.indexes.register(id).map_or(&[][..], |register| &register.notes);
    register(site, id, notes, notes.len())
}

/// A further page of a register, or a page of the rows that have one value in a column.
pub(super) fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    id: NoteId,
    value: Option<[usize; 2]>,
    page: usize,
) -> RegisterView<'a> {
    let kind = kind(site, id);
    let of = &site.note(id).facts.card;
    let of_value = value.and_then(|[facet, value]| {
        let facet = site.indexes.register(id)?.facets.get(facet)?;
        Some((facet.column, facet.values.get(value)?))
    });
    let (notes, base) = match of_value {
        Some((column, (target, notes))) => (&notes[..], value_path(site, id, column, *target)),
        None => (list::sequence_of(site, id), site.note(id).facts.place.output.clone()),
    };
    let chosen = of_value.map(|(column, (target, _))| FixedColumn {
        label: label(site, id, kind, column),
        text: text(site, kind, column, *target),
        note: match target {
            ColumnValue::Note(to) => Some(&site.note(*to).facts.card),
            ColumnValue::Word(_) => None,
        },
    });
    let mut frame = frame::below(site, path, id);
    frame.title = match &chosen {
        Some(chosen) => format!("{}: {}", of.title, chosen.text),
        None => of.title.clone(),
    };
    let shown = &notes[list::part(site, notes, page)];
    RegisterView {
        page: frame,
        of,
        chosen,
        register: register(site, id, shown, notes.len()),
        pager: list::pager(page, list::pages(site, notes.len()), |n| list::page_path(&base, n)),
    }
}
