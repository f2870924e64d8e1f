//! Translations outside the book: the texts of notes written to files for translators, and what they made of them written
//! back as notes. Pure: it makes the content of files from the content of files.

mod catalog;
mod export;
mod front_matter;
mod import;
mod paired;
mod placeholders;
mod po;
mod recorded;
mod rendered;
mod spreadsheet;

pub use catalog::{Catalog, CatalogEntry, UnreadableCatalog};
pub use export::{ExportSelection, NoteCatalog, export};
pub use import::{ImportOutcome, ImportProblem, ImportedNote, ReadCatalog, import};
pub use placeholders::{PlaceholderProblem, restore, shown};

/// The forms of files for translators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatalogFormat {
    /// The files of GNU gettext, which programs for translators read.
    Po,
    /// A table that a spreadsheet opens.
    Csv,
}

impl CatalogFormat {
    /// Returns the ending of the names of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Po => "po",
            Self::Csv => "csv",
        }
    }

    /// Returns the form of a file with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        let is_ending = |format: &Self| {
            let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            ending.as_deref() == Some(format.ending())
        };
        [Self::Po, Self::Csv].into_iter().find(is_ending)
    }

    /// Writes a catalog.
    pub fn write(self, catalog: &Catalog) -> String {
        match self {
            Self::Po => po::write(catalog),
            Self::Csv => spreadsheet::write(catalog),
        }
    }

    /// Reads a catalog.
    pub fn read(self, text: &str) -> Result<Catalog, UnreadableCatalog> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match self {
            Self::Po => po::read(text),
            Self::Csv => spreadsheet::read(text),
        }
    }
}
