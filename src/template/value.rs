//! The values that expressions have while a template runs.

use std::borrow::Cow;
use std::rc::Rc;

use super::NotKnown;
use super::data::{DataNode, ListRange, TemplateData, hash_of};

/// A value of an expression. It borrows from the data and from the templates where it can.
#[derive(Clone, Debug)]
pub(crate) enum DataValue<'d> {
    /// The result of looking up what isn't there.
    Undefined,
    /// The absence of a value.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A text that is escaped where it is shown.
    Text(Cow<'d, str>),
    /// HTML that is shown as it is.
    SafeText(Cow<'d, str>),
    /// A list of the data.
    List(DataList<'d>),
    /// A list of texts that a filter has made.
    Texts(Rc<Vec<DataValue<'d>>>),
    /// A map of the data.
    Map(DataMap<'d>),
}

/// A list of the data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataList<'d> {
    data: &'d TemplateData,
    nodes: &'d [DataNode],
}

/// A map of the data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataMap<'d> {
    data: &'d TemplateData,
    range: ListRange,
}

impl<'d> DataList<'d> {
    /// Returns a list without entries.
    pub(super) fn empty(data: &'d TemplateData) -> Self {
        Self { data, nodes: &[] }
    }

    /// Returns the number of entries.
    pub(crate) fn len(self) -> usize {
        self.nodes.len()
    }

    /// Returns the entries.
    pub(super) fn iter(self) -> impl Iterator<Item = DataValue<'d>> {
        self.nodes.iter().map(move |node| DataValue::of(self.data, *node))
    }

    /// Returns an entry.
    pub(super) fn get(self, at: usize) -> Option<DataValue<'d>> {
        self.nodes.get(at).map(|node| DataValue::of(self.data, *node))
    }
}

impl<'d> DataMap<'d> {
    /// Returns the value at a key.
    pub(crate) fn get(self, name: &str) -> Option<DataValue<'d>> {
        self.get_hashed(hash_of(name), name)
    }

    /// Returns the value at a key whose hash is known.
    pub(super) fn get_hashed(self, hash: u32, name: &str) -> Option<DataValue<'d>> {
        let node = self.data.entry(self.range, hash, name)?;
        Some(DataValue::of(self.data, node))
    }

    /// Returns the text at a key.
    pub(crate) fn text(self, name: &str) -> Option<&'d str> {
        match self.get(name)? {
            DataValue::Text(Cow::Borrowed(text)) | DataValue::SafeText(Cow::Borrowed(text)) => {
                Some(text)
            }
            _ => None,
        }
    }
}

impl<'d> DataValue<'d> {
    /// Returns the value of a node.
    pub(super) fn of(data: &'d TemplateData, node: DataNode) -> Self {
        match node {
            DataNode::Null => Self::Null,
            DataNode::Bool(value) => Self::Bool(value),
            DataNode::Number(number) => Self::Number(number),
            DataNode::Text(range) => Self::Text(Cow::Borrowed(data.text(range))),
            DataNode::SafeText(range) => Self::SafeText(Cow::Borrowed(data.text(range))),
            DataNode::List(range) => Self::List(DataList { data, nodes: data.items(range) }),
            DataNode::Map(range) => Self::Map(DataMap { data, range }),
            DataNode::Shared(at) => {
                let shared = data.shared(at);
                Self::of(shared, shared.root())
            }
        }
    }

    /// Returns a text of the data.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::SafeText(text) => Some(text),
            _ => None,
        }
    }

    /// Returns a map of the data.
    pub(crate) fn map(&self) -> Option<DataMap<'d>> {
        match self {
            Self::Map(map) => Some(*map),
            _ => None,
        }
    }

    /// Says whether a condition with this value holds.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(number) => *number != 0,
            Self::Text(text) | Self::SafeText(text) => !text.is_empty(),
            Self::List(list) => list.len() > 0,
            Self::Texts(texts) => !texts.is_empty(),
            Self::Map(map) => map.data.count(map.range) > 0,
        }
    }

    /// Says whether two values are equal. Lists and maps are not compared.
    pub(super) fn equals(&self, other: &Self) -> Result<bool, NotKnown> {
        Ok(match (self, other) {
            (Self::Undefined, Self::Undefined) | (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Text(one) | Self::SafeText(one), Self::Text(other) | Self::SafeText(other)) => {
                one == other
            }
            (Self::List(_) | Self::Texts(_), Self::List(_) | Self::Texts(_))
            | (Self::Map(_), Self::Map(_)) => return Err(NotKnown),
            _ => false,
        })
    }

    /// Returns the value at a key of a map; undefined if this is no map or has no such key.
    pub(super) fn entry(&self, hash: u32, name: &str) -> Self {
        let found = match self {
            Self::Map(map) => map.get_hashed(hash, name),
            _ => None,
        };
        found.unwrap_or(Self::Undefined)
    }

    /// Returns the value at an index of a list or at a key of a map.
    pub(super) fn at(&self, index: &Self) -> Result<Self, NotKnown> {
        let found = match (self, index) {
            (Self::List(list), Self::Number(at)) => {
                list.get(usize::try_from(*at).map_err(|_| NotKnown)?)
            }
            (Self::Map(map), Self::Text(name) | Self::SafeText(name)) => map.get(name),
            _ => return Err(NotKnown),
        };
        Ok(found.unwrap_or(Self::Undefined))
    }
}
