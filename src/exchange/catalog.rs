//! A catalog: the texts of notes with their translations, as a file for translators holds them.

/// The content of a file for translators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The title of the book.
    pub title: String,
    /// The language of the originals.
    pub from: String,
    /// The language of the translations; empty if the file doesn't say.
    pub to: String,
    /// The texts.
    pub entries: Vec<CatalogEntry>,
}

/// A text with its translation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogEntry {
    /// The note and the sort of the part: `lessons/ask-early#paragraph`.
    pub context: String,
    /// The original.
    pub source: String,
    /// The translation; empty if there is none.
    pub target: String,
    /// True if the translation has to be looked at again.
    pub is_fuzzy: bool,
    /// The original as it was when the translation was made, if it was another and is known.
    pub previous: Option<String>,
    /// Remarks for the translator.
    pub remarks: Vec<String>,
    /// The line of the file in which the entry begins, from one; 0 if it was not read from a file.
    pub line: usize,
}

/// The reason why a file can't be read, and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableCatalog {
    /// The line, from one.
    pub line: usize,
    /// The reason, and what to do.
    pub why: String,
}

impl UnreadableCatalog {
    pub(super) fn new(line: usize, why: impl Into<String>) -> Self {
        Self { line, why: why.into() }
    }
}
