//! Files for programs, written without a template: registers, references, the list of all notes.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::frame::absolute;
use super::register;
use crate::config::FieldShape;
use crate::fingerprint::SharedValue;
use crate::note::{NoteCard, NoteId, RefField};
use crate::path::OutputPath;
use crate::site::Site;

/// The schema of `notes.json`.
pub const SCHEMA: &str = include_str!("notes.schema.json");

/// A register as JSON.
#[derive(Hash, Serialize)]
pub struct RegisterData<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Where the site is, if that is known; addresses begin there.
    pub base_url: Option<&'a str>,
    /// The rows.
    pub rows: Vec<RowData<'a>>,
}

/// A row of a register as JSON.
#[derive(Hash, Serialize)]
pub struct RowData<'a> {
    /// The title of the note.
    pub title: &'a str,
    /// Its page.
    pub url: &'a OutputPath,
    /// What it says, in a sentence.
    pub summary: Option<&'a str>,
    /// Whether it is superseded or withdrawn.
    pub past: bool,
    /// What it has in each column.
    #[serde(flatten)]
    pub columns: BTreeMap<&'a str, Vec<String>>,
}

/// All notes, for programs.
#[derive(Hash, Serialize)]
pub struct NotesData<'a> {
    /// The title of the site.
    pub title: &'a str,
    /// Where the site is, if that is known; addresses begin there.
    pub base_url: Option<&'a str>,
    /// The notes, in the order of their files.
    pub notes: Vec<NoteData<'a>>,
}

/// A note, for programs.
#[derive(Hash, Serialize)]
pub struct NoteData<'a> {
    /// What lists show of it.
    #[serde(flatten)]
    pub card: &'a SharedValue<NoteCard>,
    /// What replaces it.
    pub superseded_by: Vec<&'a OutputPath>,
    /// The notes that its fields point at.
    pub references: BTreeMap<&'a str, Vec<&'a OutputPath>>,
    /// The values of its other fields.
    pub values: BTreeMap<&'a str, &'a [String]>,
}

/// The register at `id` as JSON.
pub(super) fn register_json(site: &Site, id: NoteId) -> RegisterData<'_> {
    let whole = register::whole(site, id);
    let row = |row: &register::RegisterRow<'_>| {
        let names = whole.columns.iter().map(|column| column.name);
        let texts = row.cells.iter().map(|cell| cell.iter().map(|i| i.text.clone()).collect());
        names.zip(texts).collect::<BTreeMap<&str, Vec<String>>>()
    };
    let rows: Vec<_> = whole.rows.iter().map(|r| (r.card, r.past, row(r))).collect();
    let rows = rows.into_iter().map(|(card, past, columns)| RowData {
        title: &card.title,
        url: &card.url,
        summary: card.summary.as_deref(),
        past,
        columns,
    });
    RegisterData {
        title: &site.note(id).facts.card.title,
        base_url: site.config.base_url.as_deref(),
        rows: rows.collect(),
    }
}

/// The register at `id` as comma-separated values (RFC 4180).
pub(super) fn register_csv(site: &Site, id: NoteId) -> String {
    let whole = register::whole(site, id);
    let words = &site.card(&site.note(id).facts.place.language).words;
    let mut csv = String::new();
    let labels = whole.columns.iter().map(|column| column.label.to_owned());
    let head = ["title", "address", "current"].map(|key| words.get(key).to_owned());
    line(&mut csv, head.into_iter().chain(labels));
    for row in &whole.rows {
        let url = absolute(site, &row.card.url).unwrap_or_else(|| row.card.url.to_string());
        let join = |cell: &Vec<_>| {
            let texts = cell.iter().map(|item: &super::note::FieldItem<'_>| item.text.as_str());
            texts.collect::<Vec<_>>().join("; ")
        };
        let current = words.get(if row.past { "no" } else { "yes" }).to_owned();
        let first = [row.card.title.clone(), url, current];
        line(&mut csv, first.into_iter().chain(row.cells.iter().map(join)));
    }
    csv
}

/// A line of a table. What a spreadsheet would take for a formula gets an apostrophe before it; a number
/// is none.
fn line(csv: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let mark = if formula && cell.parse::<f64>().is_err() { "'" } else { "" };
        let _ = match cell.contains([',', '"', '\n', '\r']) {
            true => write!(csv, "{comma}\"{mark}{}\"", cell.replace('"', "\"\"")),
            false => write!(csv, "{comma}{mark}{cell}"),
        };
    }
    csv.push_str("\r\n");
}

/// All notes.
pub(super) fn notes(site: &Site) -> NotesData<'_> {
    let written = site.notes().filter(|(_, n)| n.facts.origin == crate::note::Origin::File);
    NotesData {
        title: &site.config.title,
        base_url: site.config.base_url.as_deref(),
        notes: written.map(|(id, _)| note(site, id)).collect(),
    }
}

fn note(site: &Site, id: NoteId) -> NoteData<'_> {
    let facts = &site.note(id).facts;
    let kind = site.config.kind(facts.kind);
    let url = |id: NoteId| &site.note(id).facts.place.output;
    let mut references: BTreeMap<&str, Vec<&OutputPath>> = BTreeMap::new();
    for (reference, to) in facts.references.iter().zip(&site.graph.references[id.index()]) {
        let name = match reference.field {
            RefField::Own(at) => &kind.fields[usize::from(at)].name,
            RefField::Supersedes => "supersedes",
            RefField::Sources => "sources",
        };
        references.entry(name).or_default().extend(to.note().map(url));
    }
    let is_value =
        |at: u16| !matches!(kind.fields[usize::from(at)].shape, FieldShape::Reference { .. });
    let values = facts.values.iter().filter(|value| is_value(value.field));
    let named = values.map(|v| (kind.fields[usize::from(v.field)].name.as_str(), &v.items[..]));
    let superseded_by = &site.graph.superseded_by[id.index()];
    NoteData {
        card: &facts.card,
        superseded_by: superseded_by.iter().map(|id| url(*id)).collect(),
        references,
        values: named.collect(),
    }
}
