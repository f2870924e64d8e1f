//! The traits of keys that are declared once, and of the shapes of their values.

use serde_json::Value;

use super::{TableReader, TomlEntry};

/// A key with a value of any shape.
pub trait DeclaredKey: Sync {
    /// Returns the key as people write it.
    fn name(&self) -> &'static str;
    /// Returns other names, which are read as well.
    fn former(&self) -> &'static [&'static str];
    /// Returns the shape of its value.
    fn shape(&self) -> &dyn ValueShape;
    /// Returns a sentence that says what the key is for.
    fn help(&self) -> &'static str;
}

/// The shape of a value.
pub trait ValueShape: Sync {
    /// Returns the JSON Schema of a value.
    fn schema(&self) -> Value;

    /// Returns an example, as it is written in TOML.
    fn example(&self) -> &'static str;

    /// Returns the value that holds where none is written, if there is one that can be named.
    fn default_value(&self) -> Option<Value> {
        None
    }
}

/// A shape that can be read.
pub trait ReadShape: ValueShape {
    /// The value as the program has it.
    type Value;

    /// Reads a value; none if it can't be read, which is reported.
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Self::Value>;
}

/// A shape with a value that holds where none is written.
pub trait DefaultShape: ReadShape {
    /// Returns that value.
    fn default(&self) -> Self::Value;
}
