//! The whole register of a kind, as JSON and as comma-separated values, and both in a script.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::address::absolute;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::field::FieldItem;
use crate::view::parts::register::{self, RegisterPage, RegisterRow};

/// A register as JSON.
#[derive(Hash, Serialize)]
pub struct RegisterData<'a> {
    /// The title of the page of the kind.
    pub title: &'a str,
    /// The address of the site, with which the addresses of pages begin; null if the book does not say
    /// where it will be published.
    pub base_url: Option<&'a str>,
    /// The rows, in the order of the kind.
    pub rows: Vec<RowData<'a>>,
}

/// A row of a register as JSON.
#[derive(Hash, Serialize)]
pub struct RowData<'a> {
    /// The title of the note.
    pub title: &'a str,
    /// The path of its page.
    pub url: &'a OutputPath,
    /// Its summary, in a sentence; null if it has none.
    pub summary: Option<&'a str>,
    /// True if the note is superseded or withdrawn.
    pub past: bool,
    /// The values of the note in each column, by the name of the field. They stand beside `title`.
    #[serde(flatten)]
    pub columns: BTreeMap<&'a str, Vec<String>>,
}

/// Both files of a register, from which a page makes files with some of the rows: it may load a script also from a
/// folder on a disk, where it may fetch nothing else.
#[derive(Serialize)]
struct BothFiles<'a> {
    /// The lines of the comma-separated values; the first is the head.
    csv: Vec<String>,
    /// The rows as JSON, in the order of these lines.
    json: RegisterData<'a>,
}

/// A column of the files. What is this book's own reading has a column beside what the sources say.
struct DataColumn<'a> {
    /// The name of the field.
    name: &'a str,
    /// The label of the column.
    label: String,
    /// The place of the column in the register.
    at: usize,
    /// True if it holds the values by this book's own reading, false if the others; `None`: all values.
    inferred: Option<bool>,
}

/// The files of registers.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for id in site.indexes.registers.iter().map(|register| register.page) {
        out.add(register::data_path(site, id, "csv"), OutputOwner::Note(id), move |site, _| {
            View::text(csv(site, id).concat())
        });
        out.add(register::data_path(site, id, "json"), OutputOwner::Note(id), move |site, _| {
            View::json(json(site, id))
        });
        if let Some(path) = register::script_path(site, id) {
            out.add(path, OutputOwner::Note(id), move |site, _| View::text(script(site, id)));
        }
    }
}

/// The script with both files of the register at `id`.
fn script(site: &Site, id: NoteId) -> String {
    let data = BothFiles { csv: csv(site, id), json: json(site, id) };
    let data = serde_json::to_string(&data).expect("a register has only keys that are text");
    format!("fieldbookRegister({data})\n")
}

/// The columns of the files of the register at `id`.
fn columns<'a>(site: &'a Site, id: NoteId, register: &RegisterPage<'a>) -> Vec<DataColumn<'a>> {
    let mut columns = Vec::new();
    for (at, column) in register.columns.iter().enumerate() {
        let inferring = register::inferring_field(site, id, column.name);
        let (name, label) = (column.name, column.label.to_owned());
        columns.push(DataColumn { name, label, at, inferred: inferring.map(|_| false) });
        let is_filled = register.rows.iter().any(|row| row.cells[at].iter().any(|i| i.inferred));
        if let Some(name) = inferring.filter(|_| is_filled) {
            let label = format!("{} ({})", column.label, site.words_of(id).get("inferred"));
            columns.push(DataColumn { name, label, at, inferred: Some(true) });
        }
    }
    columns
}

impl DataColumn<'_> {
    /// The values of a row; `comma` is the sign between clauses.
    fn values(&self, row: &RegisterRow<'_>, comma: &str) -> Vec<String> {
        let belongs =
            |item: &&FieldItem<'_>| self.inferred.is_none_or(|part| part == item.inferred);
        row.cells[self.at].iter().filter(belongs).map(|item| full_text(item, comma)).collect()
    }
}

/// The text of a value, with the full title of a note, and the place in a source.
fn full_text(item: &FieldItem<'_>, comma: &str) -> String {
    let title = item.note.map_or(item.text.as_str(), |card| card.title.as_str());
    let places: String = item.places.iter().map(|part| part.text).collect();
    let comma = if title.is_empty() || places.is_empty() { "" } else { comma };
    format!("{title}{comma}{places}")
}

/// The register at `id` as JSON.
fn json(site: &Site, id: NoteId) -> RegisterData<'_> {
    let register = register::whole(site, id);
    let columns = columns(site, id, &register);
    let comma = site.words_of(id).get("clause-separator");
    RegisterData {
        title: &site.note(id).facts.card.title,
        base_url: site.config.base_url.as_deref(),
        rows: register.rows.iter().map(|row| row_data(row, &columns, comma)).collect(),
    }
}

fn row_data<'a>(row: &RegisterRow<'a>, columns: &[DataColumn<'a>], comma: &str) -> RowData<'a> {
    RowData {
        title: &row.card.title,
        url: &row.card.url,
        summary: row.card.summary.as_deref(),
        past: row.past,
        columns: columns.iter().map(|column| (column.name, column.values(row, comma))).collect(),
    }
}

/// The lines of the register at `id` as comma-separated values (RFC 4180).
fn csv(site: &Site, id: NoteId) -> Vec<String> {
    let register = register::whole(site, id);
    let columns = columns(site, id, &register);
    let words = site.words_of(id);
    let head = ["title", "address", "current"].map(|key| words.get(key).to_owned());
    let labels = columns.iter().map(|column| column.label.clone());
    let mut lines = vec![line(head.into_iter().chain(labels))];
    for row in &register.rows {
        let url = absolute(site, &row.card.url).unwrap_or_else(|| row.card.url.to_string());
        let current = words.get(if row.past { "no" } else { "yes" }).to_owned();
        let first = [row.card.title.clone(), url, current];
        let cells = columns
            .iter()
            .map(|column| column.values(row, words.get("clause-separator")).join("; "));
        lines.push(line(first.into_iter().chain(cells)));
    }
    lines
}

/// A line of a table. A text that a spreadsheet would take for a formula gets an apostrophe before it; a
/// number is none.
fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let mark = if is_formula && cell.parse::<f64>().is_err() { "'" } else { "" };
        let _ = if cell.contains([',', '"', '\n', '\r']) {
            write!(line, "{comma}\"{mark}{}\"", cell.replace('"', "\"\""))
        } else {
            write!(line, "{comma}{mark}{cell}")
        };
    }
    line.push_str("\r\n");
    line
}
