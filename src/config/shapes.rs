//! Shapes of values that stand in several tables of the configuration.

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::{LONGEST_TEXT, MOST, SpannedText};
use crate::language::Language;
use crate::table::{
    DefaultShape, ReadShape, ShortTextShape, TableReader, TextShape, TomlEntry, ValueShape, json,
};

/// A text that pages of other notes show too.
pub(super) const SHORT_TEXT: ShortTextShape = ShortTextShape(LONGEST_TEXT);

/// A name of something that is looked up later, with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameShape;

impl ValueShape for NameShape {
    fn schema(&self) -> Value {
        json::text()
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for NameShape {
    type Value = SpannedText;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<SpannedText> {
        Some(SpannedText { text: reader.text(entry)?, span: entry.span })
    }
}

/// A name, or a list of names.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamesShape;

impl ValueShape for NamesShape {
    fn schema(&self) -> Value {
        json!({ "anyOf": [TextShape.schema(), json::list(TextShape.schema())] })
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for NamesShape {
    type Value = Vec<SpannedText>;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Self::Value> {
        let items = if entry.is_list() { reader.list(entry)? } else { vec![entry] };
        let items = reader.at_most(items, MOST, &bad_config::RULE).into_iter();
        Some(items.filter_map(|item| NameShape.read(reader, item)).collect())
    }
}

/// A folder of the book, named without slashes at its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct FolderShape {
    /// The folder that is meant where none is named.
    pub(super) default: Option<&'static str>,
}

impl ValueShape for FolderShape {
    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": r"^/*[^./\\][^/\\]*(/[^./\\][^/\\]*)*/*$" })
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }

    fn default_value(&self) -> Option<Value> {
        self.default.map(|folder| json!(folder))
    }
}

impl ReadShape for FolderShape {
    type Value = String;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
        let name = reader.text(entry)?;
        let trimmed = name.trim_matches('/');
        let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains('\\');
        if trimmed.len() <= LONGEST_TEXT && trimmed.split('/').all(plain) {
            return Some(trimmed.to_owned());
        }
        let message = format!("\"{name}\" is not the name of a folder inside the book");
        reader.report(entry.span, &bad_config::RULE, message);
        None
    }
}

/// The code of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct LanguageShape;

impl ValueShape for LanguageShape {
    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$" })
    }

    fn example(&self) -> &'static str {
        "\"fr\""
    }
}

impl ReadShape for LanguageShape {
    type Value = Language;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Language> {
        let code = reader.text(entry)?;
        let language = Language::new(&code);
        if language.is_none() {
            let message = format!("\"{code}\" is not the code of a language");
            let help = "a code is two or three letters, such as en, fr or ar".to_owned();
            reader.report(entry.span, &bad_config::RULE, message).help.push(help);
        }
        language
    }
}

/// The language of a book, which is English where none is named.
#[derive(Clone, Copy, Debug)]
pub(super) struct BookLanguageShape;

impl ValueShape for BookLanguageShape {
    fn schema(&self) -> Value {
        LanguageShape.schema()
    }

    fn example(&self) -> &'static str {
        LanguageShape.example()
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!(Language::english()))
    }
}

impl ReadShape for BookLanguageShape {
    type Value = Language;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Language> {
        LanguageShape.read(reader, entry)
    }
}

impl DefaultShape for BookLanguageShape {
    fn default(&self) -> Language {
        Language::english()
    }
}
