//! Settings of other programs, whose keys and types nobody here knows.

use std::ops::Range;

use super::rules::bad_config;
use super::written::{WrittenPart, WrittenValue};
use super::{Notation, TableReader};
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UntypedValue {
    /// Nothing.
    Nothing,
    /// A text, a number, a date, or anything else that is no list and has no keys.
    Text(String),
    /// Several values.
    List(Vec<UntypedValue>),
    /// A part with keys of its own.
    Part(UntypedSettings),
}

/// Keys with their values, in the order written.
pub type UntypedSettings = Vec<(String, UntypedValue)>;

impl UntypedValue {
    /// Returns the text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the texts of a list, or the one text.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::List(items) => items.iter().filter_map(Self::text).collect(),
            value => value.text().into_iter().collect(),
        }
    }
}

/// Reads settings of the file at `path`, which begin `base` bytes into it. Lines that can't be read are reported, and the
/// others are read all the same. JSON is read as YAML.
pub fn untyped(
    path: &SourcePath,
    base: usize,
    text: &str,
    notation: Notation,
    out: &mut Vec<Diagnostic>,
) -> UntypedSettings {
    let mut reader = TableReader::new(path, base, out).in_notation(notation);
    reader.parse(text, &bad_config::RULE, |_, table| {
        let entries = std::mem::take(&mut table.entries).into_iter();
        let value = |entry: super::TomlEntry<'_>| {
            let (start, end) = (entry.span.start as usize, entry.span.end as usize);
            let place = start.saturating_sub(base)..end.saturating_sub(base);
            (entry.key.to_owned(), read(text, place, entry.value))
        };
        entries.map(value).collect()
    })
}

fn read(text: &str, place: Range<usize>, value: WrittenValue<'_>) -> UntypedValue {
    match value {
        WrittenValue::Nothing => UntypedValue::Nothing,
        WrittenValue::Text(text) | WrittenValue::Bare(text) => UntypedValue::Text(text.to_owned()),
        WrittenValue::Flag(flag) => UntypedValue::Text(flag.to_string()),
        WrittenValue::Integer(_) | WrittenValue::Float(_) | WrittenValue::Moment(_) => {
            UntypedValue::Text(text.get(place).unwrap_or_default().to_owned())
        }
        WrittenValue::List(list) => {
            let items = list.items().into_iter();
            UntypedValue::List(items.map(|(place, item)| read(text, place, item)).collect())
        }
        WrittenValue::Part(part) => UntypedValue::Part(settings(text, part)),
    }
}

fn settings(text: &str, part: WrittenPart<'_>) -> UntypedSettings {
    let mut settings = Vec::new();
    part.each(|(key, _, place, value)| settings.push((key.to_owned(), read(text, place, value))));
    settings
}
