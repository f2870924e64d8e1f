//! Fields that hold the address of a page elsewhere.

use serde_json::{Value, json};

use super::{
    DeclaredType, FieldDeclaration, FieldShape, FieldType, FieldValues, ShownValue, chosen_by_flag,
    declared_by_flag,
};
use crate::config::Config;
use crate::diagnostic::{Fix, FixSafety};
use crate::scheme::{is_web_address, whole_address};
use crate::table::rules::refused_scheme;
use crate::table::{
    FlagShape, ReadShape, TableReader, TomlEntry, TomlKey, TomlTable, ValueShape, json, quoted,
};
use crate::words::Strings;

const KEY: TomlKey<FlagShape> =
    TomlKey::new("url", FlagShape(false), "Makes the field hold the address of a page.");

pub(super) const DECLARATION: FieldDeclaration =
    FieldDeclaration { key: &KEY, form: "url = true", chosen: chosen_by_flag, read: declared };

fn declared(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    declared_by_flag(KEY.read_or_default(reader, table), FieldShape::Url(UrlField))
}

/// The type of fields that hold an address, which is also the shape of the addresses of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UrlField;

impl ValueShape for UrlField {
    fn schema(&self) -> Value {
        json!({ "allOf": [json::text(), { "pattern": r"^[hH][tT][tT][pP][sS]?://[^ ]+$" }] })
    }

    fn example(&self) -> &'static str {
        "\"https://…\""
    }
}

impl ReadShape for UrlField {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let url = reader.text(entry)?;
        if is_web_address(&url) {
            return Some(url);
        }
        let message = format!("\"{url}\" is not the address of a page");
        let without_spaces = url.trim().replace(char::is_whitespace, "%20");
        let whole = whole_address(&url).filter(|url| url.starts_with("https:"));
        // The site may have no https.
        let safety = FixSafety::when(whole.is_none());
        let (help, meant) = match whole {
            Some(whole) => (format!("write it like this: {whole}"), Some(whole)),
            None if is_web_address(&without_spaces) => (
                format!("an address holds no spaces; write it like this: {without_spaces}"),
                Some(without_spaces),
            ),
            None => ("an address begins with https:// or http://".to_owned(), None),
        };
        let diagnostic = reader.report(entry.span, &refused_scheme::RULE, message);
        diagnostic.help.push(help);
        if let Some(meant) = meant {
            let fix = Fix::new(format!("write {meant}"), safety);
            diagnostic.add_fix(fix.replace(entry.span, quoted(&meant)));
        }
        None
    }
}

impl FieldType for UrlField {
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        ReadShape::read(self, reader, entry)
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

    fn show<'a>(&self, value: &'a str, _: &Strings) -> ShownValue<'a> {
        ShownValue { text: value.to_owned(), url: Some(value), sort: None }
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
