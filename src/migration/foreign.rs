//! A collection as a format reads it, before its notes have their places in a book.

use std::collections::BTreeMap;

use super::book::Remark;
use super::collection::{Collection, ImportRequest};
use super::settings::NewKind;
use crate::table::UntypedSettings;

/// A format of another program.
pub struct CollectionFormat {
    /// The name in the command.
    pub name: &'static str,
    /// The sentence that says what it reads.
    pub about: &'static str,
    pub(super) read: fn(&Collection, &ImportRequest) -> Result<ForeignBook, String>,
}

/// The notes and files of a collection.
#[derive(Debug, Default)]
pub(super) struct ForeignBook {
    /// The title, if the collection has one.
    pub(super) title: Option<String>,
    /// The language of notes that name none.
    pub(super) language: Option<String>,
    /// The address at which the collection was published; links that begin with it lead into the book.
    pub(super) base_url: Option<String>,
    /// The notes.
    pub(super) notes: Vec<ForeignNote>,
    /// The files that notes may link to, by their addresses. Only those that are linked to are taken along.
    pub(super) assets: BTreeMap<String, ForeignAsset>,
    /// The kinds that the book needs.
    pub(super) kinds: Vec<NewKind>,
    /// True if links like `[[name]]` are links.
    pub(super) has_wiki_links: bool,
    /// Keys of front matter that are kept though no kind has them, each with the number of notes that have it.
    pub(super) kept_keys: BTreeMap<String, usize>,
    /// The remarks so far.
    pub(super) remarks: Vec<Remark>,
}

/// A note of another program.
#[derive(Debug, Default)]
pub(super) struct ForeignNote {
    /// The file in the collection.
    pub(super) file: String,
    /// The path by which links name it, without ending: `guide/first`; that of the top is empty.
    pub(super) address: String,
    /// True if it is the page of a folder, so that links in it are seen from that folder.
    pub(super) is_index: bool,
    /// True if links in it are seen from a folder of its own, though it is not the page of a folder.
    pub(super) is_bundle: bool,
    /// The language, if it names one.
    pub(super) language: Option<String>,
    /// The front matter, in Fieldbook's keys.
    pub(super) settings: UntypedSettings,
    /// The text, in Fieldbook's Markdown.
    pub(super) text: String,
    /// The addresses that the page had.
    pub(super) former: Vec<String>,
    /// Further addresses by which links name it.
    pub(super) also: Vec<String>,
}

/// A file that is no note.
#[derive(Clone, Debug)]
pub(super) struct ForeignAsset {
    /// The path in the collection.
    pub(super) file: String,
    /// True if it was served from the top of the site, as files in `static/` are.
    pub(super) is_static: bool,
    /// The content.
    pub(super) bytes: Vec<u8>,
}

impl ForeignBook {
    /// Adds a remark.
    pub(super) fn remark(&mut self, path: &str, line: usize, text: impl Into<String>) {
        self.remarks.push(Remark::new(path, line, text));
    }

    /// Adds a file that notes may link to.
    pub(super) fn add_asset(&mut self, address: &str, file: &str, bytes: &[u8], is_static: bool) {
        let asset = ForeignAsset { file: file.to_owned(), is_static, bytes: bytes.to_owned() };
        self.assets.insert(address.to_owned(), asset);
    }
}

impl ForeignNote {
    /// Returns the folder from which relative links are seen.
    pub(super) fn folder(&self) -> &str {
        match self.is_index || self.is_bundle {
            true => &self.address,
            false => self.address.rsplit_once('/').map_or("", |(folder, _)| folder),
        }
    }

    /// Returns the value of a key of the front matter.
    pub(super) fn setting(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(name, _)| name == key)?.1.text()
    }

    /// Sets a text of the front matter, unless it is set.
    pub(super) fn set_if_missing(&mut self, key: &str, value: &str) {
        if !self.settings.iter().any(|(name, _)| name == key) {
            let value = crate::table::UntypedValue::Text(value.to_owned());
            let at = if key == "title" { 0 } else { self.settings.len() };
            self.settings.insert(at, (key.to_owned(), value));
        }
    }
}
