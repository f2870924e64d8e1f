//! Rows for people and for programs.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::visible::{shown, shown_json};

/// The version of the form of the JSON. Every key keeps its name and meaning, and this number changes if that ever has
/// to be broken.
const VERSION: u32 = 1;

/// The greatest width of a column of a table, in characters.
const WIDEST: usize = 70;

/// The form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// Columns for people.
    Table,
    /// The first column alone, such as the paths of files.
    Paths,
    /// Comma-separated values with a head.
    Csv,
    /// JSON.
    Json,
}

/// A list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The name of the list.
    pub name: &'static str,
    /// The columns.
    pub columns: &'static [ListedColumn],
    /// The rows, each with a value for each column: a text, a number, a list of texts or null.
    pub rows: Vec<Vec<Value>>,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct ListedColumn {
    /// The name.
    pub name: &'static str,
    /// True if tables for people have it.
    pub in_table: bool,
}

impl Listed {
    /// Returns the list in a form.
    pub fn written(&self, format: ListFormat) -> String {
        match format {
            ListFormat::Table => self.table(),
            ListFormat::Paths => {
                let first = self.rows.iter().filter_map(|row| row.first());
                first.map(|value| format!("{}\n", shown(&text(value)))).collect()
            }
            ListFormat::Csv => self.csv(),
            ListFormat::Json => self.json(),
        }
    }

    fn table(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let places: Vec<usize> =
            (0..self.columns.len()).filter(|at| self.columns[*at].in_table).collect();
        let head = places.iter().map(|at| self.columns[*at].name.to_uppercase()).collect();
        let cell = |value: &Value| shown(&text(value)).into_owned();
        let rows = self.rows.iter().map(|row| places.iter().map(|at| cell(&row[*at])).collect());
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..places.len()).map(|at| width(at).min(WIDEST)).collect();
        let mut out = String::new();
        for row in &rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(line, "{cell:<width$}  ");
            }
            let _ = writeln!(out, "{}", line.trim_end());
        }
        out
    }

    fn csv(&self) -> String {
        let line = |cells: Vec<String>| cells.join(",") + "\n";
        let head = self.columns.iter().map(|column| column.name.to_owned()).collect();
        let rows =
            self.rows.iter().map(|row| line(row.iter().map(|value| cell(&text(value))).collect()));
        std::iter::once(line(head)).chain(rows).collect()
    }

    fn json(&self) -> String {
        let row = |row: &Vec<Value>| {
            let pairs = self.columns.iter().zip(row);
            Value::Object(
                pairs
                    .map(|(column, value)| (column.name.to_owned(), value.clone()))
                    .collect::<Map<_, _>>(),
            )
        };
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        let list = json!({ "version": VERSION, "list": self.name, "rows": rows });
        shown_json(&format!("{list:#}\n")).into_owned()
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| format!("{name}: {}", text(value)))
            .collect::<Vec<_>>()
            .join("; "),
        value => value.to_string(),
    }
}

/// Returns a cell of comma-separated values. A spreadsheet would take one that begins as a formula for one, so it begins
/// with an apostrophe.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
