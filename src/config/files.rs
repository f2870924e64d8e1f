//! `[files]`: the files that may lie beside the notes, besides those that only show themselves.

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::MOST;
use crate::table::{
    ListShape, ReadShape, TableReader, TableShape, TomlEntry, TomlTable, ValueShape, keys,
};

keys! {
    /// The keys of `[files]`.
    FILES_KEYS:

    ALLOW: ListShape<EndingShape> = "allow",
        ListShape { items: EndingShape, most: MOST },
        "The endings of files that are published though a browser may run them.";
}

/// The table `[files]`.
pub(super) const TABLE: TableShape<Vec<String>> = TableShape {
    keys: FILES_KEYS,
    required: &[],
    read: |reader, table: &mut TomlTable<'_, '_>, _| ALLOW.read_or_default(reader, table),
};

/// The ending of a file, in small letters and without its dot.
#[derive(Clone, Copy, Debug)]
struct EndingShape;

impl ValueShape for EndingShape {
    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^[a-z0-9]+$" })
    }

    fn example(&self) -> &'static str {
        "\"html\""
    }
}

impl ReadShape for EndingShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let ending = reader.text(entry)?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !ending.is_empty() && ending.chars().all(fits) {
            return Some(ending);
        }
        let message = format!("\"{ending}\" is not the ending of a file");
        let help = "an ending is written in small letters and without its dot, such as html";
        reader.report(entry.span, &bad_config::RULE, message).help.push(help.to_owned());
        None
    }
}
