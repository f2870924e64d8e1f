//! The input of an import: the files of another program, and what the user asks.

use std::collections::BTreeMap;

/// The files of another program, by their paths in its folder, which are separated by `/`.
#[derive(Debug, Default)]
pub struct Collection {
    /// The name of the folder, or of the one file.
    pub name: String,
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Files and folders that were not read, with the reasons.
    pub left_out: Vec<(String, String)>,
}

/// The wishes of the user for an import.
#[derive(Clone, Debug, Default)]
pub struct ImportRequest {
    /// The folder of the notes of the book, from that of the book on; empty if it is that.
    pub notes: String,
    /// The folder below that for the imported notes; empty for all of it.
    pub into: String,
    /// The kind of the notes, where one is asked for.
    pub kind: Option<WantedKind>,
}

/// The kind that imported notes are to have.
#[derive(Clone, Debug, Default)]
pub struct WantedKind {
    /// The name.
    pub name: String,
    /// The folder below that of the notes.
    pub folder: String,
    /// The names of its fields; none if the book has no such kind yet.
    pub fields: Option<Vec<String>>,
}

impl Collection {
    /// Returns the text of the file at `path`, if there is one in UTF-8, without its mark of the order of bytes.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.files.get(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }
}
