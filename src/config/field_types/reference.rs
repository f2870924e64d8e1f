//! Fields that point at notes.

use serde_json::{Value, json};

use super::{DeclaredType, FieldDeclaration, FieldShape, FieldType, FieldValues, ShownValue};
use crate::config::shapes::{NameShape, NamesShape};
use crate::config::{Config, KindId, SpannedText};
use crate::table::{
    ReadShape, TableReader, TextShape, TomlEntry, TomlKey, TomlTable, ValueShape, json,
};
use crate::words::Strings;

const KEY: TomlKey<NamesShape> =
    TomlKey::new("to", NamesShape, "The kinds of the notes that the field points at.");

const INFERS_KEY: TomlKey<NameShape> = TomlKey::new(
    "infers",
    NameShape,
    "The field of the kind to whose notes this one adds further notes, by the book's own reading of its sources.",
);

/// The declaration of a field that adds notes to those of another field.
pub(super) const INFERRING: FieldDeclaration = FieldDeclaration {
    key: &INFERS_KEY,
    form: "infers = \"FIELD\"",
    chosen: |key| json!({ "required": [key] }),
    read: declared_inferring,
};

pub(super) const DECLARATION: FieldDeclaration = FieldDeclaration {
    key: &KEY,
    form: "to = \"KIND\"",
    chosen: |key| {
        json!({
            "properties": { key: { "anyOf": [{ "type": "string" }, { "minItems": 1 }] } },
            "required": [key],
        })
    },
    read: declared,
};

fn declared(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    let Some(entry) = KEY.take(table) else { return DeclaredType::Absent };
    let named = KEY.shape.read(reader, entry).unwrap_or_default();
    match named.is_empty() {
        true if reader.is_empty_list(entry) => DeclaredType::Empty,
        true => DeclaredType::Unreadable,
        false => DeclaredType::Type(FieldShape::Reference(ReferenceField {
            to: Vec::new(),
            named,
            infers: None,
            open: false,
        })),
    }
}

fn declared_inferring(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    let Some(entry) = INFERS_KEY.take(table) else { return DeclaredType::Absent };
    let Some(infers) = INFERS_KEY.shape.read(reader, entry) else {
        return DeclaredType::Unreadable;
    };
    DeclaredType::Type(FieldShape::Reference(ReferenceField {
        to: Vec::new(),
        named: Vec::new(),
        infers: Some(infers),
        open: false,
    }))
}

/// The type of fields that point at notes.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceField {
    /// The kinds of these notes.
    pub to: Vec<KindId>,
    /// The names of the kinds, until they are looked up.
    pub(in crate::config) named: Vec<SpannedText>,
    /// The name of the field to whose notes these are added, until it is looked up.
    pub(in crate::config) infers: Option<SpannedText>,
    /// Makes a bare page of a name that no note answers to, instead of an error.
    pub open: bool,
}

impl FieldType for ReferenceField {
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        TextShape.read(reader, entry)
    }

    fn schema(&self, config: &Config) -> Value {
        let kinds: Vec<&str> = self.to.iter().map(|id| config.kind(*id).title.as_str()).collect();
        let sentence = format!("The name or path of a note: {}.", kinds.join(", "));
        json::described(TextShape.schema(), &sentence)
    }

    fn example(&self) -> String {
        TextShape.example().to_owned()
    }

    fn is_parted_by_commas(&self) -> bool {
        true
    }

    fn values(&self) -> FieldValues<'_> {
        FieldValues::Notes(&self.to)
    }

    fn show<'a>(&self, value: &'a str, _: &Strings) -> ShownValue<'a> {
        ShownValue { text: value.to_owned(), ..ShownValue::default() }
    }

    fn search_text<'a>(&self, value: &'a str) -> &'a str {
        value
    }

    fn is_translated(&self) -> bool {
        false
    }

    fn filter_label(&self, value: &str) -> String {
        value.to_owned()
    }
}
