//! Making data from any value that can be serialised. The children of a list or map wait on a stack until all of them
//! are made, so that they stand side by side.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use serde::Serialize;
use serde::ser::{
    self, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::{DataKey, DataNode, KeyText, ListRange, SORTED, TemplateData, hash_of};
use crate::template::NotKnown;
use crate::template::handoff::{SAFE, SHARED, taken, while_wanted};

/// The lengths of the lists for a page, from the start: most pages need no more. Texts are counted in bytes.
const TEXTS: usize = 32 * 1024;
const ENTRIES: usize = 1024;

impl TemplateData {
    /// Makes the data of a value. It fails if the value has numbers with decimals, bytes, or more than 4 GB.
    pub fn new(value: &(impl Serialize + ?Sized)) -> Result<Self, NotKnown> {
        let mut data = Lists::default().into_data(value)?;
        // It stays as long as the value does, of which there is one for each note.
        data.texts.shrink_to_fit();
        data.entries.shrink_to_fit();
        Ok(data)
    }

    /// Does the same for the data of a whole page, which are many and soon dropped.
    pub fn of_page(value: &(impl Serialize + ?Sized)) -> Result<Self, NotKnown> {
        let (texts, entries) = (String::with_capacity(TEXTS), Vec::with_capacity(ENTRIES));
        Lists { texts, entries, ..Lists::default() }.into_data(value)
    }
}

/// The lists so far.
#[derive(Default)]
struct Lists {
    texts: String,
    items: Vec<DataNode>,
    entries: Vec<(DataKey, DataNode)>,
    shared: Vec<Arc<TemplateData>>,
    waiting_items: Vec<DataNode>,
    waiting_entries: Vec<(DataKey, DataNode)>,
}

impl Lists {
    fn into_data<T: Serialize + ?Sized>(mut self, value: &T) -> Result<TemplateData, NotKnown> {
        let root = while_wanted(|| value.serialize(&mut self))?;
        let Self { texts, items, entries, shared, .. } = self;
        Ok(TemplateData { texts, items, entries, shared, root })
    }

    fn text(&mut self, text: &str) -> Result<ListRange, NotKnown> {
        let start = self.texts.len();
        self.texts.push_str(text);
        ListRange::to_end(start, self.texts.len())
    }

    fn list_from(&mut self, from: usize) -> Result<DataNode, NotKnown> {
        let start = self.items.len();
        self.items.extend(self.waiting_items.drain(from..));
        ListRange::to_end(start, self.items.len()).map(DataNode::List)
    }

    fn map_from(&mut self, from: usize) -> Result<DataNode, NotKnown> {
        let start = self.entries.len();
        self.entries.extend(self.waiting_entries.drain(from..));
        if self.entries.len() - start > SORTED {
            self.entries[start..].sort_by_key(|(key, _)| key.hash);
        }
        ListRange::to_end(start, self.entries.len()).map(DataNode::Map)
    }

    /// Returns a map of one entry, as values of enumerations are.
    fn variant(&mut self, name: &'static str, node: DataNode) -> Result<DataNode, NotKnown> {
        let from = self.waiting_entries.len();
        self.waiting_entries.push((field(name), node));
        self.map_from(from)
    }
}

fn field(name: &'static str) -> DataKey {
    DataKey { hash: hash_of(name), text: KeyText::Field(name) }
}

impl Display for NotKnown {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("the data has a value of a type that is not known")
    }
}

impl std::error::Error for NotKnown {}

impl ser::Error for NotKnown {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// The values of a list, or the entries of a map, that are being made.
struct Children<'l> {
    lists: &'l mut Lists,
    /// The place on the stack at which the first of them waits.
    from: usize,
    /// The key whose value comes next.
    key: Option<DataKey>,
    /// The variant of an enumeration that they are of.
    variant: Option<&'static str>,
}

impl<'l> Children<'l> {
    fn of_list(lists: &'l mut Lists, variant: Option<&'static str>) -> Self {
        Self { from: lists.waiting_items.len(), lists, key: None, variant }
    }

    fn of_map(lists: &'l mut Lists, variant: Option<&'static str>) -> Self {
        Self { from: lists.waiting_entries.len(), lists, key: None, variant }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotKnown> {
        let node = value.serialize(&mut *self.lists)?;
        self.lists.waiting_items.push(node);
        Ok(())
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: DataKey, value: &T) -> Result<(), NotKnown> {
        let node = value.serialize(&mut *self.lists)?;
        self.lists.waiting_entries.push((key, node));
        Ok(())
    }

    fn list(self) -> Result<DataNode, NotKnown> {
        let node = self.lists.list_from(self.from)?;
        self.variant.map_or(Ok(node), |name| self.lists.variant(name, node))
    }

    fn map(self) -> Result<DataNode, NotKnown> {
        let node = self.lists.map_from(self.from)?;
        self.variant.map_or(Ok(node), |name| self.lists.variant(name, node))
    }
}

/// Implements a trait of Serde whose values become a list.
macro_rules! list {
    ($name:ident, $method:ident) => {
        impl $name for Children<'_> {
            type Ok = DataNode;
            type Error = NotKnown;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotKnown> {
                self.item(value)
            }

            fn end(self) -> Result<DataNode, NotKnown> {
                self.list()
            }
        }
    };
}

/// Implements a trait of Serde whose fields become a map.
macro_rules! map {
    ($name:ident) => {
        impl $name for Children<'_> {
            type Ok = DataNode;
            type Error = NotKnown;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), NotKnown> {
                self.entry(field(name), value)
            }

            fn end(self) -> Result<DataNode, NotKnown> {
                self.map()
            }
        }
    };
}

list!(SerializeSeq, serialize_element);
list!(SerializeTuple, serialize_element);
list!(SerializeTupleStruct, serialize_field);
list!(SerializeTupleVariant, serialize_field);
map!(SerializeStruct);
map!(SerializeStructVariant);

impl SerializeMap for Children<'_> {
    type Ok = DataNode;
    type Error = NotKnown;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotKnown> {
        let DataNode::Text(range) = key.serialize(&mut *self.lists)? else { return Err(NotKnown) };
        let hash = hash_of(&self.lists.texts[range.start as usize..]);
        self.key = Some(DataKey { hash, text: KeyText::Text(range) });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotKnown> {
        let key = self.key.take().ok_or(NotKnown)?;
        self.entry(key, value)
    }

    fn end(self) -> Result<DataNode, NotKnown> {
        self.map()
    }
}

/// Implements methods for numbers.
macro_rules! numbers {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, number: $number) -> Result<DataNode, NotKnown> {
            i64::try_from(number).map(DataNode::Number).map_err(|_| NotKnown)
        })*
    };
}

impl<'l> Serializer for &'l mut Lists {
    type Ok = DataNode;
    type Error = NotKnown;
    type SerializeSeq = Children<'l>;
    type SerializeTuple = Children<'l>;
    type SerializeTupleStruct = Children<'l>;
    type SerializeTupleVariant = Children<'l>;
    type SerializeMap = Children<'l>;
    type SerializeStruct = Children<'l>;
    type SerializeStructVariant = Children<'l>;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_u8: u8);
    numbers!(serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);

    fn serialize_bool(self, value: bool) -> Result<DataNode, NotKnown> {
        Ok(DataNode::Bool(value))
    }

    fn serialize_f32(self, _: f32) -> Result<DataNode, NotKnown> {
        Err(NotKnown)
    }

    fn serialize_f64(self, _: f64) -> Result<DataNode, NotKnown> {
        Err(NotKnown)
    }

    fn serialize_char(self, sign: char) -> Result<DataNode, NotKnown> {
        self.serialize_str(sign.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<DataNode, NotKnown> {
        self.text(text).map(DataNode::Text)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<DataNode, NotKnown> {
        Err(NotKnown)
    }

    fn serialize_none(self) -> Result<DataNode, NotKnown> {
        Ok(DataNode::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<DataNode, NotKnown> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<DataNode, NotKnown> {
        Ok(DataNode::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<DataNode, NotKnown> {
        Ok(DataNode::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<DataNode, NotKnown> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<DataNode, NotKnown> {
        if name == SHARED {
            let at = u32::try_from(self.shared.len()).map_err(|_| NotKnown)?;
            self.shared.push(taken().ok_or(NotKnown)?);
            return Ok(DataNode::Shared(at));
        }
        match value.serialize(self)? {
            DataNode::Text(range) if name == SAFE => Ok(DataNode::SafeText(range)),
            node => Ok(node),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<DataNode, NotKnown> {
        let node = value.serialize(&mut *self)?;
        self.variant(variant, node)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Children<'l>, NotKnown> {
        Ok(Children::of_list(self, None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Children<'l>, NotKnown> {
        Ok(Children::of_list(self, None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Children<'l>, NotKnown> {
        Ok(Children::of_list(self, None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Children<'l>, NotKnown> {
        Ok(Children::of_list(self, Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Children<'l>, NotKnown> {
        Ok(Children::of_map(self, None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Children<'l>, NotKnown> {
        Ok(Children::of_map(self, None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Children<'l>, NotKnown> {
        Ok(Children::of_map(self, Some(variant)))
    }
}
