//! Tables for spreadsheets (`.csv`, RFC 4180), written and read. The columns are called as Weblate and the Translate Toolkit
//! call them.

use super::catalog::{Catalog, CatalogEntry, UnreadableCatalog};
use crate::delimited::rows;

/// The columns, in the order in which they are written.
const COLUMNS: [&str; 6] = ["context", "source", "target", "fuzzy", "previous", "language"];

/// The signs with which a spreadsheet takes a cell for a formula, and the sign that keeps it from doing so.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\''];
const TEXT_SIGN: char = '\'';

/// Writes a catalog. The mark at the beginning tells spreadsheets that the file is UTF-8.
pub(super) fn write(catalog: &Catalog) -> String {
    let mut out = String::from('\u{feff}');
    row(&mut out, COLUMNS.into_iter());
    for entry in &catalog.entries {
        let fuzzy = if entry.is_fuzzy && !entry.target.is_empty() { "True" } else { "" };
        let previous = entry.previous.as_deref().unwrap_or_default();
        let cells = [&entry.context, &entry.source, &entry.target, fuzzy, previous, &catalog.to];
        row(&mut out, cells.into_iter());
    }
    out
}

fn row<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        if cell.starts_with(FORMULA) {
            out.push(TEXT_SIGN);
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Reads a catalog.
pub(super) fn read(text: &str) -> Result<Catalog, UnreadableCatalog> {
    let rows = rows(text).map_err(|fault| UnreadableCatalog::new(fault.line, fault.why))?;
    let mut rows = rows.into_iter();
    let (_, names) = rows.next().unwrap_or_default();
    let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |name: &str| names.iter().position(|other| other == name);
    let needed = |name: &str| {
        column(name).ok_or_else(|| {
            let why = format!("the first line names the columns, and none is called \"{name}\"");
            UnreadableCatalog::new(1, why)
        })
    };
    let (context, source, target) = (needed("context")?, needed("source")?, needed("target")?);
    let mut catalog = Catalog::default();
    for (line, cells) in rows {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| cells.get(at)).map_or("", String::as_str);
            let text = cell.strip_prefix(TEXT_SIGN).filter(|text| text.starts_with(FORMULA));
            text.unwrap_or(cell).replace("\r\n", "\n")
        };
        let language = cell(column("language"));
        if catalog.to.is_empty() {
            catalog.to = language;
        } else if !language.is_empty() && language != catalog.to {
            let why =
                format!("the lines above are in {}, and this one is in {language}", catalog.to);
            return Err(UnreadableCatalog::new(line, why));
        }
        let previous = cell(column("previous"));
        catalog.entries.push(CatalogEntry {
            context: cell(Some(context)),
            source: cell(Some(source)),
            target: cell(Some(target)),
            is_fuzzy: !matches!(
                cell(column("fuzzy")).to_lowercase().as_str(),
                "" | "0" | "no" | "false"
            ),
            previous: Some(previous).filter(|previous| !previous.is_empty()),
            remarks: Vec::new(),
            line,
        });
    }
    Ok(catalog)
}
