//! The data of a page in four flat lists, so that making it costs no allocation for a part of it.

mod serializer;

use std::hash::Hasher;
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::NotKnown;

/// The most entries of a map that is not sorted by the hashes of its keys.
const SORTED: usize = 24;

/// A place in one of the lists.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ListRange {
    start: u32,
    length: u32,
}

impl ListRange {
    /// Returns the range from `start` to the end of a list of `length` entries.
    fn to_end(start: usize, length: usize) -> Result<Self, NotKnown> {
        let start32 = u32::try_from(start).map_err(|_| NotKnown)?;
        let length = u32::try_from(length - start).map_err(|_| NotKnown)?;
        Ok(Self { start: start32, length })
    }

    fn of<T>(self, list: &[T]) -> &[T] {
        &list[self.start as usize..][..self.length as usize]
    }
}

/// One value of the data.
#[derive(Clone, Copy, Debug)]
pub(super) enum DataNode {
    /// The absence of a value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A range of bytes of the texts.
    Text(ListRange),
    /// The same of HTML that is shown as it is.
    SafeText(ListRange),
    /// A range of the items.
    List(ListRange),
    /// A range of the entries.
    Map(ListRange),
    /// The place of data among the shared ones.
    Shared(u32),
}

/// The key of an entry of a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct DataKey {
    hash: u32,
    text: KeyText,
}

/// The text of a key.
#[derive(Clone, Copy, Debug)]
enum KeyText {
    /// The name of a field of a view.
    Field(&'static str),
    /// A range of bytes of the texts.
    Text(ListRange),
}

/// Returns a number that stands for a name.
pub(super) fn hash_of(name: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish() as u32
}

/// Whatever a template shows, as values that it can look up.
#[derive(Debug)]
pub struct TemplateData {
    texts: String,
    items: Vec<DataNode>,
    entries: Vec<(DataKey, DataNode)>,
    shared: Vec<Arc<TemplateData>>,
    root: DataNode,
}

impl TemplateData {
    /// Returns the value itself.
    pub(super) fn root(&self) -> DataNode {
        self.root
    }

    /// Returns the bytes of a text.
    pub(super) fn text(&self, range: ListRange) -> &str {
        &self.texts[range.start as usize..][..range.length as usize]
    }

    /// Returns the values of a list.
    pub(super) fn items(&self, range: ListRange) -> &[DataNode] {
        range.of(&self.items)
    }

    /// Returns the number of entries of a map.
    pub(super) fn count(&self, range: ListRange) -> usize {
        range.length as usize
    }

    /// Returns data that is shared.
    pub(super) fn shared(&self, at: u32) -> &TemplateData {
        &self.shared[at as usize]
    }

    /// Returns the value of a map at the key `name`, whose hash is given.
    pub(super) fn entry(&self, map: ListRange, hash: u32, name: &str) -> Option<DataNode> {
        let entries = map.of(&self.entries);
        let is_named = |key: &DataKey| match key.text {
            KeyText::Field(field) => field == name,
            KeyText::Text(range) => self.text(range) == name,
        };
        if entries.len() > SORTED {
            let from = entries.partition_point(|(key, _)| key.hash < hash);
            let same = entries[from..].iter().take_while(|(key, _)| key.hash == hash);
            return same.clone().find(|(key, _)| is_named(key)).map(|(_, node)| *node);
        }
        let found = entries.iter().find(|(key, _)| key.hash == hash && is_named(key));
        found.map(|(_, node)| *node)
    }
}
