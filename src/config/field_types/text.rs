//! Fields that hold text.

use serde_json::Value;

use super::{
    DeclaredType, FieldDeclaration, FieldShape, FieldType, FieldValues, ShownValue, chosen_by_flag,
    declared_by_flag,
};
use crate::config::Config;
use crate::table::{
    FlagShape, ReadShape, TableReader, TextShape, TomlEntry, TomlKey, TomlTable, ValueShape,
};
use crate::words::Strings;

const KEY: TomlKey<FlagShape> =
    TomlKey::new("text", FlagShape(false), "Makes the field hold text.");

pub(super) const DECLARATION: FieldDeclaration =
    FieldDeclaration { key: &KEY, form: "text = true", chosen: chosen_by_flag, read: declared };

fn declared(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    declared_by_flag(KEY.read_or_default(reader, table), FieldShape::Text(TextField))
}

/// The type of fields that hold text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextField;

impl FieldType for TextField {
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        TextShape.read(reader, entry)
    }

    fn schema(&self, _: &Config) -> Value {
        TextShape.schema()
    }

    fn example(&self) -> String {
        TextShape.example().to_owned()
    }

    fn is_parted_by_commas(&self) -> bool {
        false
    }

    fn values(&self) -> FieldValues<'_> {
        FieldValues::Any
    }

    fn show<'a>(&self, value: &'a str, _: &Strings) -> ShownValue<'a> {
        ShownValue { text: value.to_owned(), ..ShownValue::default() }
    }

    fn search_text<'a>(&self, value: &'a str) -> &'a str {
        value
    }

    fn is_translated(&self) -> bool {
        true
    }

    fn filter_label(&self, value: &str) -> String {
        value.to_owned()
    }
}
