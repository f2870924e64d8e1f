//! The whole register of a kind, as JSON and as comma-separated values.

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

/// The files of registers.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for id in site.indexes.registers.iter().map(|register| register.page) {
        out.add(register::data_path(site, id, "csv"), OutputOwner::Note(id), move |site, _| {
            View::text(csv(site, id))
        });
        out.add(register::data_path(site, id, "json"), OutputOwner::Note(id), move |site, _| {
            View::json(json(site, id))
        });
    }
}

/// The register at `id` as JSON.
fn json(site: &Site, id: NoteId) -> RegisterData<'_> {
    let RegisterPage { columns, rows, .. } = register::whole(site, id);
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    RegisterData {
        title: &site.note(id).facts.card.title,
        base_url: site.config.base_url.as_deref(),
        rows: rows.into_iter().map(|row| row_data(row, &names)).collect(),
    }
}

/// A row as JSON; `names` are those of the columns.
fn row_data<'a>(row: RegisterRow<'a>, names: &[&'a str]) -> RowData<'a> {
    let texts = |cell: Vec<FieldItem<'_>>| cell.into_iter().map(|item| item.text).collect();
    RowData {
        title: &row.card.title,
        url: &row.card.url,
        summary: row.card.summary.as_deref(),
        past: row.past,
        columns: names.iter().copied().zip(row.cells.into_iter().map(texts)).collect(),
    }
}

/// The register at `id` as comma-separated values (RFC 4180).
fn csv(site: &Site, id: NoteId) -> String {
    let whole = register::whole(site, id);
    let words = site.words_of(id);
    let mut csv = String::new();
    let labels = whole.columns.iter().map(|column| column.label.to_owned());
    let head = ["title", "address", "current"].map(|key| words.get(key).to_owned());
    line(&mut csv, head.into_iter().chain(labels));
    for row in &whole.rows {
        let url = absolute(site, &row.card.url).unwrap_or_else(|| row.card.url.to_string());
        let join = |cell: &Vec<FieldItem<'_>>| {
            cell.iter().map(|item| item.text.as_str()).collect::<Vec<_>>().join("; ")
        };
        let current = words.get(if row.past { "no" } else { "yes" }).to_owned();
        let first = [row.card.title.clone(), url, current];
        line(&mut csv, first.into_iter().chain(row.cells.iter().map(join)));
    }
    csv
}

/// Writes a line of a table. A text that a spreadsheet would take for a formula gets an apostrophe before
/// it; a number is none.
fn line(csv: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let mark = if is_formula && cell.parse::<f64>().is_err() { "'" } else { "" };
        let _ = if cell.contains([',', '"', '\n', '\r']) {
            write!(csv, "{comma}\"{mark}{}\"", cell.replace('"', "\"\""))
        } else {
            write!(csv, "{comma}{mark}{cell}")
        };
    }
    csv.push_str("\r\n");
}
