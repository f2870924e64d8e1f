//! The result of an import: the files of a book, and a report.

use std::collections::BTreeMap;

use super::settings::NewSettings;

/// Something that was dropped or guessed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The file in the collection; empty for all of it.
    pub path: String,
    /// The line, from one; 0 for the whole file.
    pub line: usize,
    /// The remark.
    pub text: String,
}

/// The files of a book that an import makes.
#[derive(Debug, Default)]
pub struct MigratedBook {
    /// The files by their paths in the book.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The number of notes among them.
    pub notes: usize,
    /// The settings for a book that has none yet.
    pub settings: NewSettings,
    /// The remarks, sorted by place.
    pub remarks: Vec<Remark>,
}

impl Remark {
    pub(super) fn new(path: &str, line: usize, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, text: text.into() }
    }
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.path.as_str(), self.line) {
            ("", _) => f.write_str(&self.text),
            (path, 0) => write!(f, "{path}: {}", self.text),
            (path, line) => write!(f, "{path}:{line}: {}", self.text),
        }
    }
}
