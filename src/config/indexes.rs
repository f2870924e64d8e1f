//! The pages and files over the whole book that `book.toml` asks for.

use serde_json::Value;

use crate::diagnostic::Code;
use crate::table::{ReadShape, TableReader, TomlEntry, ValueShape, json};

/// The name of the index of every title, in `book.toml` and in its address.
pub const LETTERS: &str = "a-z";

/// An index of the whole book, beside those that follow from what kinds there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookIndex {
    /// Every title and other name, by letter.
    Letters,
    /// The changes, the latest first.
    Changes,
    /// The notes that the keepers of the book have to look after.
    State,
    /// Every note, for programs.
    Notes,
}

/// The indexes by the name that `book.toml` gives them.
const INDEXES: [(&str, BookIndex); 4] = [
    (LETTERS, BookIndex::Letters),
    ("changes", BookIndex::Changes),
    ("state", BookIndex::State),
    ("notes", BookIndex::Notes),
];

/// The name of an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexShape;

impl ValueShape for IndexShape {
    fn schema(&self) -> Value {
        json::one_of(INDEXES.map(|(name, _)| name))
    }

    fn example(&self) -> &'static str {
        "\"a-z\""
    }
}

impl ReadShape for IndexShape {
    type Value = BookIndex;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<BookIndex> {
        let name = reader.text(entry)?;
        let index = INDEXES.iter().find(|(known, _)| *known == name);
        if index.is_none() {
            let message = format!("there is no index \"{name}\"");
            let help = format!("indexes takes: {}", INDEXES.map(|(name, _)| name).join(", "));
            reader.report(entry.span, Code::BadConfig, message).help.push(help);
        }
        index.map(|(_, index)| *index)
    }
}

/// Returns each index once, in the order of [`INDEXES`].
pub(super) fn in_order(mut indexes: Vec<BookIndex>) -> Vec<BookIndex> {
    indexes.sort();
    indexes.dedup();
    indexes
}
