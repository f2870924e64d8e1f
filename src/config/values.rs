//! Values of the configuration that are read alike wherever they stand.

use std::ops::RangeInclusive;

use super::{LONGEST_TEXT, MOST, SpannedText};
use crate::config::rules::bad_config;
use crate::table::{TableReader, TomlEntry, TomlTable};

pub(super) fn text<'k>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
    key: &'k str,
) -> Option<String> {
    table.take(key).and_then(|entry| reader.short_text(entry, LONGEST_TEXT))
}

pub(super) fn flag<'k>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
    key: &'k str,
) -> bool {
    table.take(key).and_then(|entry| reader.flag(entry)).unwrap_or(false)
}

/// A number within `range`; of another, `message` says what may stand there.
pub(super) fn number<'k>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
    key: &'k str,
    range: RangeInclusive<i64>,
    message: &str,
) -> Option<usize> {
    let entry = table.take(key)?;
    let number = reader.integer(entry)?;
    if !range.contains(&number) {
        reader.report(entry.span, &bad_config::RULE, message);
        return None;
    }
    usize::try_from(number).ok()
}

pub(super) fn spanned(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<SpannedText> {
    Some(SpannedText { text: reader.text(entry)?, span: entry.span })
}

pub(super) fn items<'k, T>(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, 'k>,
    key: &'k str,
    most: usize,
    read: fn(&mut TableReader<'_>, TomlEntry<'_>) -> Option<T>,
) -> Vec<T> {
    let items = table.take(key).and_then(|entry| reader.list(entry)).unwrap_or_default();
    reader
        .at_most(items, most, &bad_config::RULE)
        .into_iter()
        .filter_map(|item| read(reader, item))
        .collect()
}

pub(super) fn one_or_many(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Vec<SpannedText> {
    let items = if entry.is_list() { reader.list(entry).unwrap_or_default() } else { vec![entry] };
    reader
        .at_most(items, MOST, &bad_config::RULE)
        .into_iter()
        .filter_map(|item| spanned(reader, item))
        .collect()
}
