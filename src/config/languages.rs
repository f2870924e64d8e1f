//! `languages`: the further languages of the book, as a list of codes, or each with what the book says in it.

use serde_json::{Value, json};

use super::MOST;
use super::shapes::{LanguageShape, SHORT_TEXT};
use crate::language::Language;
use crate::span::Span;
use crate::table::rules::bad_config;
use crate::table::{
    DefaultShape, ListShape, ReadShape, ShortTextShape, TableReader, TextShape, TomlEntry,
    ValueShape, json, keys, quoted, suggest,
};

/// The things that a book says in one of its languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguageSettings {
    /// The title of the book.
    pub title: Option<String>,
    /// The description of the book.
    pub description: Option<String>,
    /// The treatment of notes that were not translated.
    pub untranslated: UntranslatedNotes,
    /// The languages in which notes are shown that were not translated, in the order in which they are tried before the
    /// original.
    pub fallback: Vec<Language>,
}

/// A further language of the book as written; the languages of its `fallback` are not looked up yet.
#[derive(Clone, Debug)]
pub(super) struct RawLanguage {
    pub(super) language: Language,
    settings: LanguageSettings,
    fallback: Vec<NamedLanguage>,
}

/// The treatment of notes that were not translated into a language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UntranslatedNotes {
    /// They have pages with the text of the original, and stand in lists.
    #[default]
    Page,
    /// Lists name them, and lead to the original.
    Link,
    /// They are left out.
    Hide,
}

impl UntranslatedNotes {
    /// The words for each in `book.toml`.
    const ALL: [(&'static str, Self); 3] =
        [("page", Self::Page), ("link", Self::Link), ("hide", Self::Hide)];
}

keys! {
    /// The keys of a language.
    LANGUAGE_KEYS:

    TITLE: ShortTextShape = "title", SHORT_TEXT, "The title of the book in the language.";
    DESCRIPTION: TextShape = "description", TextShape,
        "The description of the book in the language.";
    UNTRANSLATED: UntranslatedShape = "untranslated", UntranslatedShape,
        "The treatment of notes that were not translated: a page with the original text, a link, or none.";
    FALLBACK: ListShape<NamedLanguageShape> = "fallback",
        ListShape { items: NamedLanguageShape, most: MOST },
        "The languages in which notes are shown that were not translated; where they lack a note too, its original is shown.";
}

/// The codes of languages, or a table with what the book says in each.
pub(super) struct LanguagesShape;

const CODES: ListShape<LanguageShape> = ListShape { items: LanguageShape, most: MOST };

impl ValueShape for LanguagesShape {
    fn schema(&self) -> Value {
        let tables = json!({
            "type": "object",
            "propertyNames": LanguageShape.schema(),
            "additionalProperties": json::table_of(LANGUAGE_KEYS, &[]),
        });
        json!({ "anyOf": [CODES.schema(), tables] })
    }

    fn example(&self) -> &'static str {
        CODES.example()
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!([]))
    }
}

impl DefaultShape for LanguagesShape {
    fn default(&self) -> Self::Value {
        Vec::new()
    }
}

impl ReadShape for LanguagesShape {
    type Value = Vec<RawLanguage>;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Self::Value> {
        if !entry.is_table() {
            let codes = CODES.read(reader, entry)?;
            let raw = |language| RawLanguage {
                language,
                settings: LanguageSettings::default(),
                fallback: Vec::new(),
            };
            return Some(codes.into_iter().map(raw).collect());
        }
        let entries = reader.nested(entry, |_, table| table.take_all())?;
        let mut found = Vec::new();
        for entry in reader.at_most(entries, MOST, &bad_config::RULE) {
            let Some(language) = Language::new(entry.key) else {
                let message = format!("\"{}\" is not the code of a language", entry.key);
                let help = "a code is two or three letters, such as en, fr or ar".to_owned();
                reader.report(entry.key_span, &bad_config::RULE, message).help.push(help);
                continue;
            };
            let raw = reader.nested(entry, |reader, table| RawLanguage {
                language,
                settings: LanguageSettings {
                    title: TITLE.read(reader, table),
                    description: DESCRIPTION.read(reader, table),
                    untranslated: UNTRANSLATED.read(reader, table).unwrap_or_default(),
                    fallback: Vec::new(),
                },
                fallback: FALLBACK.read_or_default(reader, table),
            });
            found.extend(raw);
        }
        Some(found)
    }
}

impl RawLanguage {
    /// Returns the settings, with those languages of `fallback` that can be shown instead. `languages` are those of the
    /// book.
    pub(super) fn resolve(
        self,
        reader: &mut TableReader<'_>,
        languages: &[Language],
    ) -> (Language, LanguageSettings) {
        let mut fallback = Vec::new();
        for named in self.fallback {
            if named.language == self.language {
                let message = format!("\"{}\" is the language itself", self.language);
                let help = "name other languages, for notes that were not translated into this one";
                reader.report(named.span, &bad_config::RULE, message).help.push(help.to_owned());
            } else {
                fallback.extend(named.known(reader, languages));
            }
        }
        (self.language, LanguageSettings { fallback, ..self.settings })
    }
}

/// A language as `book.toml` names it.
#[derive(Clone, Debug)]
pub(super) struct NamedLanguage {
    language: Language,
    span: Span,
}

impl NamedLanguage {
    /// Returns the language if it is one of the book's; reports it otherwise.
    pub(super) fn known(
        self,
        reader: &mut TableReader<'_>,
        languages: &[Language],
    ) -> Option<Language> {
        let Self { language, span } = self;
        if languages.contains(&language) {
            return Some(language);
        }
        let near = reader.nearest(language.as_str(), languages.iter().map(Language::as_str));
        let message = format!("\"{language}\" is no language of the book");
        let diagnostic = reader.report(span, &bad_config::RULE, message);
        suggest(diagnostic, language.as_str(), &near, quoted);
        if near.is_empty() {
            let known: Vec<&str> = languages.iter().map(Language::as_str).collect();
            diagnostic.help.push(format!("the languages of the book are: {}", known.join(", ")));
        }
        None
    }
}

/// The code of a language that is to be one of the book's.
pub(super) struct NamedLanguageShape;

impl ValueShape for NamedLanguageShape {
    fn schema(&self) -> Value {
        LanguageShape.schema()
    }

    fn example(&self) -> &'static str {
        LanguageShape.example()
    }
}

impl ReadShape for NamedLanguageShape {
    type Value = NamedLanguage;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<NamedLanguage> {
        let language = LanguageShape.read(reader, entry)?;
        Some(NamedLanguage { language, span: entry.span })
    }
}

/// One of the treatments.
struct UntranslatedShape;

impl ValueShape for UntranslatedShape {
    fn schema(&self) -> Value {
        json::one_of(UntranslatedNotes::ALL.iter().map(|(name, _)| *name))
    }

    fn example(&self) -> &'static str {
        "\"page\""
    }

    fn default_value(&self) -> Option<Value> {
        Some(json!("page"))
    }
}

impl ReadShape for UntranslatedShape {
    type Value = UntranslatedNotes;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Self::Value> {
        let written = reader.text(entry)?;
        let known = UntranslatedNotes::ALL;
        let found = known.iter().find(|(name, _)| *name == written);
        if found.is_none() {
            reader.not_in_list(entry, &written, known.iter().map(|(name, _)| *name));
        }
        found.map(|(_, treatment)| *treatment)
    }
}
