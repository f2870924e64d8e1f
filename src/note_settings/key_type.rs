//! The type of the value that a key of front matter takes in notes of a kind, and the place of the key among others.

use serde_json::Value;

use crate::config::note_keys::{self, NOTE_KEYS};
use crate::config::{FieldShape, Kind};
use crate::table::ValueShape;

/// The type of the value of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyType {
    /// The sort of the value, or of each value of a list.
    pub sort: ValueSort,
    /// True if the key takes a list.
    pub many: bool,
    /// True if a comma parts two values of the list.
    pub commas: bool,
}

/// A sort of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueSort {
    /// Text, which stands in quotes in TOML.
    Text,
    /// A day, a month or a year.
    Date,
    /// Yes or no.
    Flag,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A part with keys of its own.
    Part,
}

/// The keys that stand before all others, and their order.
const FIRST: [&str; 11] = [
    "title",
    "translation",
    "translated-by",
    "translated-on",
    "translated-from",
    "short",
    "in-sentence",
    "summary",
    "aliases",
    "also",
    "order",
];

/// Returns the type of a key in notes of `kind`; `None` if nothing there is called so.
pub fn key_type(kind: &Kind, key: &str) -> Option<KeyType> {
    if let Some(field) = kind.fields.iter().find(|field| field.name == key) {
        let sort = match &field.shape {
            FieldShape::Date(_) => ValueSort::Date,
            FieldShape::Flag(_) => ValueSort::Flag,
            FieldShape::Number(_) => ValueSort::Number,
            _ => ValueSort::Text,
        };
        let commas = field.shape.as_type().is_parted_by_commas();
        return Some(KeyType { sort, many: field.many, commas });
    }
    let declared = NOTE_KEYS.iter().find(|declared| is_called(**declared, key))?;
    let schema = declared.shape().schema();
    let many = schema["type"] == "array";
    let one = if many { &schema["items"] } else { &schema };
    Some(KeyType { sort: sort_of(one), many, commas: false })
}

fn is_called(declared: &dyn crate::table::DeclaredKey, key: &str) -> bool {
    declared.name() == key || declared.former().contains(&key)
}

fn sort_of(schema: &Value) -> ValueSort {
    if *schema == note_keys::DATE.shape.schema() {
        return ValueSort::Date;
    }
    match schema["type"].as_str() {
        Some("boolean") => ValueSort::Flag,
        Some("integer") => ValueSort::Whole,
        Some("object") => ValueSort::Part,
        _ => ValueSort::Text,
    }
}

/// Returns the place of a key in the front matter of notes of `kind`: the title and other names, dates and status, the
/// fields of the kind in its order, keys that nothing reads, then the parts with keys of their own.
pub fn key_rank(kind: &Kind, key: &str) -> (u8, usize) {
    if let Some(at) = kind.fields.iter().position(|field| field.name == key) {
        return (2, at);
    }
    if let Some(at) = FIRST.iter().position(|first| *first == key) {
        return (0, at);
    }
    let Some(at) = NOTE_KEYS.iter().position(|declared| is_called(*declared, key)) else {
        return (3, 0);
    };
    match key_type(kind, key) {
        Some(KeyType { sort: ValueSort::Part, .. }) => (4, at),
        _ if note_keys::SUMMARY.former.contains(&key) => {
            (0, FIRST.iter().position(|first| *first == note_keys::SUMMARY.name).unwrap_or(0))
        }
        _ => (1, at),
    }
}
