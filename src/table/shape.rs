//! Shapes of values: how a value is read, its schema for editors, and an example of it.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::rules::bad_config;
use super::{
    DeclaredKey, DefaultShape, ReadShape, TableReader, TomlEntry, TomlTable, ValueShape, json,
};

/// Text of any length.
#[derive(Clone, Copy, Debug)]
pub struct TextShape;

impl ValueShape for TextShape {
    fn schema(&self) -> Value {
        json::text()
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for TextShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.text(entry)
    }
}

/// Text of at most so many bytes.
#[derive(Clone, Copy, Debug)]
pub struct ShortTextShape(pub usize);

impl ValueShape for ShortTextShape {
    fn schema(&self) -> Value {
        json::text()
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for ShortTextShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.short_text(entry, self.0)
    }
}

/// Yes or no, with the one that holds where neither is written.
#[derive(Clone, Copy, Debug)]
pub struct FlagShape(pub bool);

impl ValueShape for FlagShape {
    fn schema(&self) -> Value {
        json!({ "type": "boolean" })
    }

    fn example(&self) -> &'static str {
        if self.0 { "false" } else { "true" }
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!(self.0))
    }
}

impl ReadShape for FlagShape {
    type Value = bool;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<bool> {
        reader.flag(entry)
    }
}

impl DefaultShape for FlagShape {
    fn default(&self) -> bool {
        self.0
    }
}

/// A whole number within a range.
#[derive(Clone, Debug)]
pub struct NumberShape {
    /// The numbers that fit.
    pub range: RangeInclusive<u16>,
    /// The number that holds where none is written.
    pub default: u16,
    /// The message about a number that does not fit, with `{range}` in it.
    pub message: &'static str,
}

impl ValueShape for NumberShape {
    fn schema(&self) -> Value {
        json!({ "type": "integer", "minimum": self.range.start(), "maximum": self.range.end() })
    }

    fn example(&self) -> &'static str {
        "3"
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!(self.default))
    }
}

impl ReadShape for NumberShape {
    type Value = u16;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<u16> {
        let number = reader.integer(entry)?;
        let number = u16::try_from(number).ok().filter(|number| self.range.contains(number));
        if number.is_none() {
            let range = format!("from {} to {}", self.range.start(), self.range.end());
            let message = self.message.replace("{range}", &range);
            reader.report(entry.span, &bad_config::RULE, message);
        }
        number
    }
}

impl DefaultShape for NumberShape {
    fn default(&self) -> u16 {
        self.default
    }
}

/// A list of at most so many values.
#[derive(Clone, Copy, Debug)]
pub struct ListShape<S> {
    /// The shape of its items.
    pub items: S,
    /// The number of items that there can be.
    pub most: usize,
}

impl<S: ValueShape> ValueShape for ListShape<S> {
    fn schema(&self) -> Value {
        json::list(self.items.schema())
    }

    fn example(&self) -> &'static str {
        "[\"…\"]"
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!([]))
    }
}

impl<S: ReadShape> ReadShape for ListShape<S> {
    type Value = Vec<S::Value>;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Self::Value> {
        let items = reader.list(entry)?;
        let items = reader.at_most(items, self.most, &bad_config::RULE).into_iter();
        Some(items.filter_map(|item| self.items.read(reader, item)).collect())
    }
}

impl<S: ReadShape> DefaultShape for ListShape<S> {
    fn default(&self) -> Self::Value {
        Vec::new()
    }
}

/// A table with keys of its own.
pub struct TableShape<T: 'static> {
    /// The keys.
    pub keys: &'static [&'static dyn DeclaredKey],
    /// The keys that must be there.
    pub required: &'static [&'static str],
    /// Reads the table; the entry is the one that holds it.
    pub read: fn(&mut TableReader<'_>, &mut TomlTable<'_, '_>, TomlEntry<'_>) -> T,
}

impl<T> ValueShape for TableShape<T> {
    fn schema(&self) -> Value {
        json::table_of(self.keys, self.required)
    }

    fn example(&self) -> &'static str {
        "{ … }"
    }
}

impl<T> ReadShape for TableShape<T> {
    type Value = T;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<T> {
        reader.nested(entry, |reader, table| (self.read)(reader, table, entry))
    }
}
