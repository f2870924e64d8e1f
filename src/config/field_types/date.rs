//! Fields that hold a date: a day, a month or a year.

use serde_json::{Value, json};

use super::{
    DeclaredType, FieldDeclaration, FieldShape, FieldType, FieldValues, ShownValue, chosen_by_flag,
    declared_by_flag,
};
use crate::config::Config;
use crate::date::Date;
use crate::table::{FlagShape, ReadShape, TableReader, TomlEntry, TomlKey, TomlTable, ValueShape};
use crate::words::Strings;

const KEY: TomlKey<FlagShape> =
    TomlKey::new("date", FlagShape(false), "Makes the field hold a date.");

pub(super) const DECLARATION: FieldDeclaration =
    FieldDeclaration { key: &KEY, form: "date = true", chosen: chosen_by_flag, read: declared };

fn declared(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    declared_by_flag(KEY.read_or_default(reader, table), FieldShape::Date(DateField))
}

/// The type of fields that hold a date, which is also the shape of dates that every note may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateField;

impl ValueShape for DateField {
    /// Returns the schema of a day of the calendar, a month or a year.
    fn schema(&self) -> Value {
        let days = r"(0[1-9]|1\d|2[0-8])";
        let long = r"(0[13578]|1[02])-(29|30|31)|(0[469]|11)-(29|30)";
        let leap = r"(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29";
        let month = r"(0[1-9]|1[0-2])";
        let pattern = format!(r"^(\d{{4}}(-{month}(-{days})?)?|\d{{4}}-({long})|{leap})$");
        json!({ "anyOf": [
            { "type": "string", "pattern": pattern },
            { "type": "integer", "minimum": 1000, "maximum": 9999 },
        ] })
    }

    fn example(&self) -> &'static str {
        "2024-06-24"
    }
}

impl ReadShape for DateField {
    type Value = Date;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Date> {
        reader.date(entry)
    }
}

impl FieldType for DateField {
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        reader.date(entry).map(|date| date.to_string())
    }

    fn schema(&self, _: &Config) -> Value {
        ValueShape::schema(self)
    }

    fn example(&self) -> String {
        ValueShape::example(self).to_owned()
    }

    fn is_parted_by_commas(&self) -> bool {
        true
    }

    fn values(&self) -> FieldValues<'_> {
        FieldValues::Any
    }

    fn show<'a>(&self, value: &'a str, words: &Strings) -> ShownValue<'a> {
        let text = Date::parse(value).map_or_else(|| value.to_owned(), |date| words.date(date));
        ShownValue { text, url: None, sort: Some(value.to_owned()) }
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
