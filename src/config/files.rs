//! `[files]`: which files may lie beside the notes, besides those that only show themselves.

use super::MOST;
use super::values::items;
use crate::config::rules::bad_config;
use crate::table::{TableReader, TomlEntry, TomlTable};

/// The endings of files that are published though a browser may run them.
pub(super) fn read(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> Vec<String> {
    let read = |reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>| {
        items(reader, table, "allow", MOST, ending)
    };
    table.take("files").and_then(|entry| reader.nested(entry, read)).unwrap_or_default()
}

fn ending(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
    let ending = reader.text(entry)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if !ending.is_empty() && ending.chars().all(fits) {
        return Some(ending);
    }
    let message = format!("\"{ending}\" is not the ending of a file");
    let help = "an ending is written in small letters and without its dot, such as html".to_owned();
    reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    None
}
