//! The types of field. Each is a file that holds all that is particular to it: the key that
//! declares it in `book.toml`, and how its values are read, described to editors, shown and
//! searched.
//!
//! To add a type, write such a file and add it to the modules and the list below.

mod date;
mod flag;
mod number;
mod one_of;
mod reference;
mod text;
mod url;

use serde_json::Value;

pub(super) use date::DateField;
pub(super) use text::TextField;
pub(super) use url::UrlField;

use super::{Config, KindId};
use crate::table::{DeclaredKey, TableReader, TomlEntry, TomlTable};
use crate::words::Strings;

/// The parts of a type of field.
pub trait FieldType {
    /// Reads a value of front matter, and returns it as the program keeps it; reports one that
    /// does not fit.
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String>;

    /// Returns the JSON Schema of a value.
    fn schema(&self, config: &Config) -> Value;

    /// Returns an example of a value, as it is written in front matter.
    fn example(&self) -> String;

    /// Says whether a comma parts two values where a text stands in place of a list.
    fn is_parted_by_commas(&self) -> bool;

    /// Returns the values that a field can hold: only where they are few, registers have a page for
    /// each, and a search can be narrowed by them.
    fn values(&self) -> FieldValues<'_>;

    /// Returns a value as pages show it.
    fn show<'a>(&self, value: &'a str, words: &Strings) -> ShownValue<'a>;

    /// Returns the text of a value in which a search looks for words.
    fn search_text<'a>(&self, value: &'a str) -> &'a str;

    /// Says whether a translation has values of its own; if not, it has those of its original.
    fn is_translated(&self) -> bool;

    /// Returns a value as readers choose it to narrow a search.
    fn filter_label(&self, value: &str) -> String;
}

/// The values that a field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldValues<'a> {
    /// Notes of these kinds.
    Notes(&'a [KindId]),
    /// These words.
    Words(&'a [String]),
    /// Any value of its type.
    Any,
}

impl FieldValues<'_> {
    /// Says whether the values are few enough to make a page or a choice of each.
    pub fn are_few(self) -> bool {
        match self {
            Self::Notes(_) | Self::Words(_) => true,
            Self::Any => false,
        }
    }
}

/// A value as pages show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownValue<'a> {
    /// The text that readers see.
    pub text: String,
    /// The page elsewhere that the text leads to.
    pub url: Option<&'a str>,
    /// The key by which a column of these values is sorted, where that is not the text.
    pub sort: Option<String>,
}

/// The declaration of a type in the table of a field.
pub(super) struct FieldDeclaration {
    /// The key that declares the type.
    pub(super) key: &'static dyn DeclaredKey,
    /// The key with an example of its value.
    pub(super) form: &'static str,
    /// Returns the schema of tables that declare the type with this key.
    pub(super) chosen: fn(&str) -> Value,
    /// Reads the key.
    pub(super) read: fn(&mut TableReader<'_>, &mut TomlTable<'_, '_>) -> DeclaredType,
}

/// The type that a key of a field declares.
pub(super) enum DeclaredType {
    /// None, for the key is not there.
    Absent,
    /// None, for the key names nothing.
    Empty,
    /// Some type, but the value can't be read, which was reported.
    Unreadable,
    /// This one.
    Type(FieldShape),
}

/// Makes [`FieldShape`] of the list of types.
macro_rules! field_types {
    ($($(#[doc = $doc:literal])+ $name:ident = $file:ident::$type:ident;)+) => {
        /// The type of a field, with what `book.toml` says of it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum FieldShape {
            $($(#[doc = $doc])+ $name($file::$type),)+
        }

        impl FieldShape {
            /// Returns the type.
            pub fn as_type(&self) -> &dyn FieldType {
                match self {
                    $(Self::$name(field_type) => field_type,)+
                }
            }
        }

        /// The declarations of the types, in the order of the list.
        pub(super) const DECLARATIONS: &[FieldDeclaration] = &[$($file::DECLARATION),+, reference::INFERRING];
    };
}

field_types! {
    /// References to notes.
    Reference = reference::ReferenceField;
    /// One of some words.
    OneOf = one_of::OneOfField;
    /// Text.
    Text = text::TextField;
    /// A date.
    Date = date::DateField;
    /// A number.
    Number = number::NumberField;
    /// Yes or no.
    Flag = flag::FlagField;
    /// The address of a page elsewhere.
    Url = url::UrlField;
}

impl FieldShape {
    /// Returns the reference that a field holds, if its values are notes.
    pub fn as_reference(&self) -> Option<&reference::ReferenceField> {
        if let Self::Reference(reference) = self { Some(reference) } else { None }
    }
}

/// Returns the type if the flag that declares it is set.
fn declared_by_flag(flag: bool, shape: FieldShape) -> DeclaredType {
    if flag { DeclaredType::Type(shape) } else { DeclaredType::Absent }
}

/// Returns the schema of tables in which the flag that declares a type is set.
fn chosen_by_flag(key: &str) -> Value {
    serde_json::json!({ "properties": { key: { "const": true } }, "required": [key] })
}
