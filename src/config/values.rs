//! Values of tables whose keys are not declared here: the options of rules.

use super::shapes::{NameShape, SHORT_TEXT};
use super::{MOST_WORDS, SpannedText};
use crate::diagnostic::Code;
use crate::table::{ReadShape, TableReader, TomlEntry, TomlTable};

/// Reads the text at `key`.
pub(super) fn text<'k>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
    key: &'k str,
) -> Option<String> {
    table.take(key).and_then(|entry| SHORT_TEXT.read(reader, entry))
}

/// Reads a name and its place.
pub(super) fn spanned(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<SpannedText> {
    NameShape.read(reader, entry)
}

/// Reads the list at `key`, of at most so many items.
pub(super) fn items<'k, T>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
    key: &'k str,
    most: usize,
    read: fn(&mut TableReader<'_>, TomlEntry<'_>) -> Option<T>,
) -> Vec<T> {
    let items = table.take(key).and_then(|entry| reader.list(entry)).unwrap_or_default();
    reader
        .at_most(items, most, Code::BadConfig)
        .into_iter()
        .filter_map(|item| read(reader, item))
        .collect()
}

/// Reads a list of words.
pub(super) fn words(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Vec<String> {
    let items = reader.list(entry).unwrap_or_default();
    let items = reader.at_most(items, MOST_WORDS, Code::BadConfig).into_iter();
    items.filter_map(|item| reader.text(item)).collect()
}
