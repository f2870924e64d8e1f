//! Tables: each row is a note, and the first row names the fields.

use super::markdown::placed;
use crate::delimited::rows;
use crate::migration::dates::date;
use crate::migration::foreign::{ForeignBook, ForeignNote};
use crate::migration::links::joined;
use crate::migration::{Collection, CollectionFormat, ImportRequest, NewKind};
use crate::slug::fit;
use crate::table::UntypedValue;

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "csv", about: "a table, of which each row becomes a note", read };

/// Names of columns that hold the title, in small letters.
const TITLES: &[&str] = &["title", "name", "titel", "titre"];

/// Names of columns that hold the text.
const TEXTS: &[&str] = &["text", "body", "content", "notes"];

/// Keys that every note may have, and that a column may set as it is.
const COMMON: &[&str] = &["summary", "short", "status", "draft"];

/// Keys that every note may have, and that take a date.
const DATES: &[&str] = &["date", "published", "updated"];

/// The most rows of a table.
const MOST_ROWS: usize = 50_000;

/// The use of a column.
enum ColumnUse {
    Title,
    Text,
    Date(String),
    Setting(String),
    /// A line of the text, with the name of the column before it.
    Line,
}

fn read(collection: &Collection, request: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book = ForeignBook::default();
    let Some(kind) = &request.kind else {
        return Err("the rows of a table need a kind: name it with --kind".to_owned());
    };
    for file in collection.files.keys() {
        let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !matches!(ending.as_str(), "csv" | "tsv") {
            continue;
        }
        let Some(text) = collection.text(file) else {
            return Err(format!(
                "{file} is not UTF-8; save it as \"CSV UTF-8\" or with this encoding"
            ));
        };
        let rows = rows(text).map_err(|fault| format!("{file}:{}: {}", fault.line, fault.why))?;
        if rows.len() > MOST_ROWS {
            return Err(format!("{file} has more than {MOST_ROWS} rows"));
        }
        let mut rows = rows.into_iter();
        let Some((_, names)) = rows.next() else { continue };
        let uses: Vec<ColumnUse> = column_uses(&names, kind.fields.as_deref());
        if !uses.iter().any(|column| matches!(column, ColumnUse::Title)) {
            return Err(format!("{file}: no column is called title or name"));
        }
        if kind.fields.is_none() && book.kinds.is_empty() {
            let fields = names.iter().zip(&uses).filter_map(|(name, column)| match column {
                ColumnUse::Setting(key) if !COMMON.contains(&key.as_str()) => {
                    Some((key.clone(), name.trim().to_owned()))
                }
                _ => None,
            });
            let (name, folder) = (kind.name.clone(), kind.folder.clone());
            book.kinds.push(NewKind { name, folder, fields: fields.collect() });
        }
        for (line, cells) in rows {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if let Some(note) = note(&mut book, file, line, &names, &uses, &cells) {
                book.notes.push(note);
            }
        }
    }
    Ok(book)
}

/// Returns what each column becomes. A kind of the book has the fields that it has; a new one gets those of the table.
fn column_uses(names: &[String], fields: Option<&[String]>) -> Vec<ColumnUse> {
    let mut is_titled = false;
    let column = |name: &String| {
        let lowered = name.trim().to_lowercase();
        let key = fit(&lowered).unwrap_or_default();
        let is_field = |key: &String| fields.is_none_or(|fields| fields.contains(key));
        if TITLES.contains(&lowered.as_str()) && !is_titled {
            is_titled = true;
            ColumnUse::Title
        } else if TEXTS.contains(&lowered.as_str()) {
            ColumnUse::Text
        } else if DATES.contains(&key.as_str()) {
            ColumnUse::Date(key)
        } else if COMMON.contains(&key.as_str())
            || key.is_ascii() && !key.is_empty() && is_field(&key) && !is_common(&key)
        {
            ColumnUse::Setting(key)
        } else {
            ColumnUse::Line
        }
    };
    names.iter().map(column).collect()
}

fn is_common(key: &str) -> bool {
    crate::config::note_keys::names().any(|name| name == key)
}

fn note(
    book: &mut ForeignBook,
    file: &str,
    line: usize,
    names: &[String],
    uses: &[ColumnUse],
    cells: &[String],
) -> Option<ForeignNote> {
    let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
    let title_at = uses.iter().position(|column| matches!(column, ColumnUse::Title))?;
    let title = cell(title_at).split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        book.remark(file, line, format!("left out a row without a title: {}", cells.join(", ")));
        return None;
    }
    let name = fit(&title).unwrap_or_else(|| format!("row-{line}"));
    let mut note = placed(&joined("", &format!("{name}.md")).unwrap_or_default(), &[]);
    note.file = format!("{file}:{line}");
    note.set_if_missing("title", &title);
    let (mut lines, mut text) = (String::new(), String::new());
    for (at, column) in uses.iter().enumerate().filter(|(at, _)| !cell(*at).is_empty()) {
        let value = cell(at).replace("\r\n", "\n");
        match column {
            ColumnUse::Title => {}
            ColumnUse::Text => text.push_str(&format!("{value}\n\n")),
            ColumnUse::Date(key) => match date(&value) {
                Some(date) => {
                    if date != value {
                        book.remark(file, line, format!("read the date {value} as {date}"));
                    }
                    note.set_if_missing(key, &date);
                }
                None => {
                    book.remark(
                        file,
                        line,
                        format!("put into the text what is no date that is clear: {value}"),
                    );
                    lines.push_str(&format!("- {key}: {value}\n"));
                }
            },
            ColumnUse::Setting(key) => {
                note.settings.push((key.clone(), UntypedValue::Text(value)));
            }
            ColumnUse::Line => {
                let name = names.get(at).map_or("", |name| name.trim());
                lines.push_str(&format!("- {name}: {}\n", value.replace('\n', " ")));
            }
        }
    }
    if uses.iter().any(|column| matches!(column, ColumnUse::Line)) {
        let left = uses.iter().zip(names).filter(|(column, _)| matches!(column, ColumnUse::Line));
        let left: Vec<&str> = left.map(|(_, name)| name.trim()).collect();
        book.remark(
            file,
            0,
            format!(
                "put into the texts the columns for which the kind has no field: {}",
                left.join(", ")
            ),
        );
    }
    note.text = format!("{text}{lines}");
    Some(note)
}
