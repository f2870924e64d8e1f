//! Fields that hold one of some words.

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::{DeclaredType, FieldDeclaration, FieldShape, FieldType, FieldValues, ShownValue};
use crate::config::names::label;
use crate::config::{Config, MOST_WORDS};
use crate::table::{
    ListShape, ReadShape, TableReader, TextShape, TomlEntry, TomlKey, TomlTable, ValueShape, json,
};
use crate::words::Strings;

const KEY: TomlKey<WordListShape> =
    TomlKey::new("one-of", WordListShape, "The words of which the field holds one.");

pub(super) const DECLARATION: FieldDeclaration = FieldDeclaration {
    key: &KEY,
    form: "one-of = [\"…\"]",
    chosen: |key| json!({ "required": [key] }),
    read: declared,
};

/// A list of words that is not empty.
struct WordListShape;

impl WordListShape {
    const LIST: ListShape<TextShape> = ListShape { items: TextShape, most: MOST_WORDS };
}

impl ValueShape for WordListShape {
    fn schema(&self) -> Value {
        let mut schema = json::list(TextShape.schema());
        schema["minItems"] = json!(1);
        schema
    }

    fn example(&self) -> &'static str {
        Self::LIST.example()
    }
}

fn declared(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> DeclaredType {
    let Some(list) = KEY.take(table) else { return DeclaredType::Absent };
    let words = WordListShape::LIST.read(reader, list).unwrap_or_default();
    if reader.is_empty_list(list) {
        let message = "there is no word in this list, so the field could hold nothing";
        let help = "write the words that it takes: one-of = [\"…\", \"…\"]".to_owned();
        reader.report(list.span, &bad_config::RULE, message).help.push(help);
    }
    let labels = words.iter().map(|word| label(word)).collect();
    DeclaredType::Type(FieldShape::OneOf(OneOfField { words, labels }))
}

/// The type of fields that hold one of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOfField {
    /// The words.
    pub words: Vec<String>,
    /// The words as readers see them, in the same order.
    pub labels: Vec<String>,
}

impl OneOfField {
    /// Returns a word as readers see it.
    fn shown(&self, word: &str) -> String {
        let place = self.words.iter().position(|known| known == word);
        place.map_or_else(|| label(word), |place| self.labels[place].clone())
    }
}

impl FieldType for OneOfField {
    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let written = reader.text(entry)?;
        if self.words.contains(&written) {
            return Some(written);
        }
        reader.not_in_list(entry, &written, self.words.iter().map(String::as_str));
        None
    }

    fn schema(&self, _: &Config) -> Value {
        json::one_of(self.words.iter().map(String::as_str))
    }

    fn example(&self) -> String {
        format!("\"{}\"", self.words.first().map_or("…", String::as_str))
    }

    fn is_parted_by_commas(&self) -> bool {
        true
    }

    fn values(&self) -> FieldValues<'_> {
        FieldValues::Words(&self.words)
    }

    fn show<'a>(&self, value: &'a str, _: &Strings) -> ShownValue<'a> {
        ShownValue { text: self.shown(value), ..ShownValue::default() }
    }

    fn search_text<'a>(&self, value: &'a str) -> &'a str {
        value
    }

    fn is_translated(&self) -> bool {
        false
    }

    fn filter_label(&self, value: &str) -> String {
        self.shown(value)
    }
}
