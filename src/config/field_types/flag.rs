//! Fields that hold yes or no.

use serde_json::{Value, json};

use super::{
    DeclaredType, FieldDeclaration, FieldShape, FieldType, FieldValues, ShownValue, chosen_by_flag,
    declared_by_flag,
};
use crate::config::Config;
use crate::table::{FlagShape, TableReader, TomlEntry, TomlKey, TomlTable};
use crate::words::Strings;

const KEY: TomlKey<FlagShape> =
    TomlKey::new("flag", FlagShape(false), "Makes the field hold yes or no.");

pub(super) const DECLARATION: FieldDeclaration =
    FieldDeclaration { key: &KEY, form: "flag = true", chosen: chosen_by_flag, read: declared };

fn declared(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    declared_by_flag(KEY.read_or_default(reader, table), FieldShape::Flag(FlagField))
}

/// The type of fields that hold yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagField;

impl FieldType for FlagField {
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.flag(entry).map(|flag| flag.to_string())
    }

    fn schema(&self, _: &Config) -> Value {
        json!({ "type": "boolean" })
    }

    fn example(&self) -> String {
        "true".to_owned()
    }

    fn is_parted_by_commas(&self) -> bool {
        true
    }

    fn values(&self) -> FieldValues<'_> {
        FieldValues::Any
    }

    fn show<'a>(&self, value: &'a str, words: &Strings) -> ShownValue<'a> {
        let text = words.get(if value == "true" { "yes" } else { "no" }).to_owned();
        ShownValue { text, ..ShownValue::default() }
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
