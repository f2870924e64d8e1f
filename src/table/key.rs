//! Keys that a table may hold. Each is declared once, with its name, the shape of its value and a
//! sentence of help; the reader, the schema for editors and the manual's reference follow from
//! that.

use super::{DeclaredKey, DefaultShape, ReadShape, TableReader, TomlEntry, TomlTable, ValueShape};
use crate::span::Span;

/// A key of a table, with the shape of its value.
pub struct TomlKey<S> {
    /// The key as people write it.
    pub name: &'static str,
    /// Other names, which are read as well.
    pub former: &'static [&'static str],
    /// The shape of its value.
    pub shape: S,
    /// A sentence that says what the key is for.
    pub help: &'static str,
}

impl<S> TomlKey<S> {
    /// Declares a key.
    pub const fn new(name: &'static str, shape: S, help: &'static str) -> Self {
        Self { name, former: &[], shape, help }
    }

    /// Takes the entry with this key from a table.
    pub fn take<'t>(&self, table: &mut TomlTable<'t, '_>) -> Option<TomlEntry<'t>> {
        let entry = table.take(self.name);
        self.former.iter().fold(entry, |entry, former| table.take_former(self.name, former, entry))
    }
}

impl<S: ValueShape> TomlKey<S> {
    /// Returns a line with the key and an example of its value: `title = "…"`.
    pub fn line(&self) -> String {
        format!("{} = {}", self.name, self.shape.example())
    }
}

impl<S: ReadShape> TomlKey<S> {
    /// Reads the value of this key; none if it is missing or can't be read, which is reported.
    pub fn read(
        &self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, '_>,
    ) -> Option<S::Value> {
        self.take(table).and_then(|entry| self.shape.read(reader, entry))
    }

    /// Reads the value of this key and its place.
    pub fn read_with_place(
        &self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, '_>,
    ) -> Option<(S::Value, Span)> {
        let entry = self.take(table)?;
        Some((self.shape.read(reader, entry)?, entry.span))
    }
}

impl<S: DefaultShape> TomlKey<S> {
    /// Reads the value of this key, or returns its default.
    pub fn read_or_default(
        &self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, '_>,
    ) -> S::Value {
        self.read(reader, table).unwrap_or_else(|| self.shape.default())
    }
}

impl<S: ValueShape> DeclaredKey for TomlKey<S> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn former(&self) -> &'static [&'static str] {
        self.former
    }

    fn shape(&self) -> &dyn ValueShape {
        &self.shape
    }

    fn help(&self) -> &'static str {
        self.help
    }
}

/// Declares the keys of a table as constants, and a list of them all. Each is written as
/// `NAME: Shape = "name", shape, "The sentence of help.";`, where `"name" or "former name"` keeps
/// another name.
macro_rules! keys {
    (
        $(#[$of_list:meta])* $list_visibility:vis $list:ident:
        $(
            $visibility:vis $key:ident: $shape:ty =
                $name:literal $(or $former:literal)*, $value:expr, $help:literal;
        )+
    ) => {
        $(
            #[doc = $help]
            $visibility const $key: $crate::table::TomlKey<$shape> = $crate::table::TomlKey {
                name: $name,
                former: &[$($former),*],
                shape: $value,
                help: $help,
            };
        )+

        $(#[$of_list])*
        $list_visibility const $list: &[&dyn $crate::table::DeclaredKey] = &[$(&$key),+];
    };
}

pub(crate) use keys;
