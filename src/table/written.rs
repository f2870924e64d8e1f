//! Values as they are written, in TOML or in YAML. All that reads settings sees them alike.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeString, DeTable, DeValue};
use toml::value::Datetime;

use super::yaml::{YamlEntry, YamlNode, YamlValue};

/// A value as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum WrittenValue<'t> {
    /// A text that is marked as one.
    Text(&'t str),
    /// A value of YAML without quotes. It is of whatever sort the key takes.
    Bare(&'t str),
    /// A key of YAML without a value.
    Nothing,
    /// A whole number.
    Integer(&'t DeInteger<'t>),
    /// Another number.
    Float(&'t DeFloat<'t>),
    /// True or false.
    Flag(bool),
    /// A date, a time or both.
    Moment(&'t Datetime),
    /// Several values.
    List(WrittenList<'t>),
    /// A part with keys of its own.
    Part(WrittenPart<'t>),
}

/// A list, in one of the notations.
#[derive(Clone, Copy, Debug)]
pub(super) enum WrittenList<'t> {
    Toml(&'t [Spanned<DeValue<'t>>]),
    Yaml(&'t [YamlNode<'t>]),
}

/// A part with keys of its own, in one of the notations.
#[derive(Clone, Copy, Debug)]
pub(super) enum WrittenPart<'t> {
    Toml(&'t DeTable<'t>),
    Yaml(&'t [YamlEntry<'t>]),
}

impl<'t> WrittenValue<'t> {
    /// Returns the text of a value that is marked as text or has no quotes.
    pub(super) fn as_text(self) -> Option<&'t str> {
        match self {
            Self::Text(text) | Self::Bare(text) => Some(text),
            _ => None,
        }
    }
}

impl<'t> WrittenList<'t> {
    pub(super) fn len(self) -> usize {
        match self {
            Self::Toml(items) => items.len(),
            Self::Yaml(items) => items.len(),
        }
    }

    /// Returns the items with their places.
    pub(super) fn items(self) -> Vec<(Range<usize>, WrittenValue<'t>)> {
        match self {
            Self::Toml(items) => {
                items.iter().map(|item| (item.span(), item.get_ref().into())).collect()
            }
            Self::Yaml(items) => {
                items.iter().map(|item| (item.place.clone(), (&item.value).into())).collect()
            }
        }
    }

    /// Returns the item of a list that has just one.
    pub(super) fn only(self) -> Option<WrittenValue<'t>> {
        match self {
            Self::Toml([item]) => Some(item.get_ref().into()),
            Self::Yaml([item]) => Some((&item.value).into()),
            _ => None,
        }
    }
}

/// A key, its place, the place of its value, and the value.
type WrittenSetting<'t> = (&'t str, Range<usize>, Range<usize>, WrittenValue<'t>);

impl<'t> WrittenPart<'t> {
    /// Calls `take` for each setting, in the order written.
    pub(super) fn each(self, mut take: impl FnMut(WrittenSetting<'t>)) {
        match self {
            Self::Toml(table) => {
                let settings = table.iter();
                settings.for_each(
                    |(key, value): (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>)| {
                        take((key.get_ref(), key.span(), value.span(), value.get_ref().into()));
                    },
                );
            }
            Self::Yaml(entries) => entries.iter().for_each(|entry| {
                let node = &entry.node;
                take((&entry.key, entry.place.clone(), node.place.clone(), (&node.value).into()));
            }),
        }
    }

    pub(super) fn len(self) -> usize {
        match self {
            Self::Toml(table) => table.len(),
            Self::Yaml(entries) => entries.len(),
        }
    }
}

impl<'t> From<&'t DeValue<'t>> for WrittenValue<'t> {
    fn from(value: &'t DeValue<'t>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text),
            DeValue::Integer(number) => Self::Integer(number),
            DeValue::Float(number) => Self::Float(number),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Datetime(moment) => Self::Moment(moment),
            DeValue::Array(items) => Self::List(WrittenList::Toml(items)),
            DeValue::Table(table) => Self::Part(WrittenPart::Toml(table)),
        }
    }
}

impl<'t> From<&'t YamlValue<'t>> for WrittenValue<'t> {
    fn from(value: &'t YamlValue<'t>) -> Self {
        match value {
            YamlValue::Text(text) => Self::Text(text),
            YamlValue::Bare(text) => Self::Bare(text),
            YamlValue::Nothing => Self::Nothing,
            YamlValue::List(items) => Self::List(WrittenList::Yaml(items)),
            YamlValue::Part(entries) => Self::Part(WrittenPart::Yaml(entries)),
        }
    }
}
