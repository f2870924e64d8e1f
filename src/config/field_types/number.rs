//! Fields that hold a number, kept as it was written.

use serde_json::{Value, json};

use super::{
    DeclaredType, FieldDeclaration, FieldShape, FieldType, FieldValues, ShownValue, chosen_by_flag,
    declared_by_flag,
};
use crate::config::Config;
use crate::table::{FlagShape, TableReader, TomlEntry, TomlKey, TomlTable};
use crate::words::Strings;

const KEY: TomlKey<FlagShape> =
    TomlKey::new("number", FlagShape(false), "Makes the field hold a number.");

pub(super) const DECLARATION: FieldDeclaration =
    FieldDeclaration { key: &KEY, form: "number = true", chosen: chosen_by_flag, read: declared };

fn declared(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    declared_by_flag(KEY.read_or_default(reader, table), FieldShape::Number(NumberField))
}

/// The type of fields that hold a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberField;

impl FieldType for NumberField {
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.number(entry)
    }

    fn schema(&self, _: &Config) -> Value {
        json!({ "type": "number" })
    }

    fn example(&self) -> String {
        "3".to_owned()
    }

    fn is_parted_by_commas(&self) -> bool {
        true
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
        false
    }

    fn filter_label(&self, value: &str) -> String {
        value.to_owned()
    }
}
