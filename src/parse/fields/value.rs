//! Values of the front matter that are read alike in several places.

use crate::config::note_keys::{CHANGE_DATE, CHANGE_TEXT, CHANGE_WEIGHT};
use crate::note::NoteChange;
use crate::parse::rules::missing_field;
use crate::span::Span;
use crate::table::rules::bad_value;
use crate::table::{ReadShape, TableReader, TomlTable};

/// Reads a change of a note.
pub(super) fn change(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> Option<NoteChange> {
    let written = [CHANGE_DATE.take(table), CHANGE_WEIGHT.take(table), CHANGE_TEXT.take(table)];
    let [date, weight, text] = written;
    let date = date.and_then(|entry| CHANGE_DATE.shape.read(reader, entry));
    let weight = weight.and_then(|entry| CHANGE_WEIGHT.shape.read(reader, entry));
    let text = text.and_then(|entry| CHANGE_TEXT.shape.read(reader, entry));
    if written.iter().any(Option::is_none) && reader.is_whole() {
        let message = "a change has a date, a weight and a text";
        let settings = [("date", "2024-06-24"), ("weight", "\"editorial\""), ("text", "\"…\"")];
        let help = format!("write it like this: {}", reader.notation().part(&settings));
        reader.report(table.span, &missing_field::RULE, message).help.push(help);
    }
    Some(NoteChange { date: date?, weight: weight?, text: text?, language: None })
}

/// Says whether a reference names nothing at all, which is reported.
pub(crate) fn is_empty(reader: &mut TableReader<'_>, key: &str, name: &str, span: Span) -> bool {
    let is_empty = unwrap_link(name).trim().is_empty();
    if is_empty {
        let message = format!("\"{key}\" names a note, and this text is empty");
        let help = "write the name of a note between the quotes, or take them out".to_owned();
        reader.report(span, &bad_value::RULE, message).help.push(help);
    }
    is_empty
}

/// `[[x]]` in a reference is what some editors write; it means `x`.
pub(crate) fn unwrap_link(name: &str) -> &str {
    let inner = name.trim().strip_prefix("[[").and_then(|name| name.strip_suffix("]]"));
    inner.map_or(name, |inner| inner.split('|').next().unwrap_or(inner))
}
