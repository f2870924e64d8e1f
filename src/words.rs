//! The strings of the interface, one file for each language: `i18n/en.toml` and others.

mod moment;
pub mod rules;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::bidi;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::language::{Direction, Language};
use crate::path::SourcePath;
use crate::plural::PluralForm;
use crate::source::Source;
use crate::span::Span;
use crate::table::rules::{bad_config, value_not_in_list};
use crate::table::{TableReader, TomlEntry, quoted, suggest};

use rules::missing_plural;

use moment::DATE_WORDS;
pub(crate) use moment::OPTIONAL;
pub use moment::{DateWord, date, date_words};

/// The strings of the interface in one language, by key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Strings {
    language: Language,
    words: BTreeMap<String, StringForms>,
    /// The strings of `words` that dates are written with, since every list has dates.
    of_dates: Box<[Option<String>; DATE_WORDS]>,
}

/// A string of the interface, in the forms that its language has for numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum StringForms {
    /// A string that is the same with every number, or with none.
    One(String),
    /// A string for each of some plural forms; at least one.
    Plural(BTreeMap<PluralForm, String>),
}

/// A string of the interface that is declared where it is used. `i18n/en.toml` holds it too, for those who
/// translate, and a theme may replace it.
#[derive(Clone, Copy, Debug)]
pub struct InterfaceWord {
    /// The key.
    pub key: &'static str,
    /// The string in English.
    pub english: &'static str,
}

impl InterfaceWord {
    /// Declares a string.
    pub(crate) const fn new(key: &'static str, english: &'static str) -> Self {
        Self { key, english }
    }
}

impl Default for Strings {
    fn default() -> Self {
        Self::new(Language::english(), BTreeMap::new())
    }
}

impl FromIterator<InterfaceWord> for Strings {
    fn from_iter<T: IntoIterator<Item = InterfaceWord>>(declared: T) -> Self {
        let one = |word: InterfaceWord| StringForms::One(word.english.to_owned());
        let words = declared.into_iter().map(|word| (word.key.to_owned(), one(word)));
        Self::new(Language::english(), words.collect())
    }
}

impl Serialize for Strings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.words.serialize(serializer)
    }
}

impl StringForms {
    /// Returns the string for a number of things in `language`. A form that is missing is taken from `other`, or from
    /// the last one.
    pub fn with(&self, language: &Language, count: u64) -> &str {
        match self {
            Self::One(text) => text,
            Self::Plural(forms) => {
                let chosen = PluralForm::choose(language, count, |form| forms.get(&form));
                chosen.map_or("", String::as_str)
            }
        }
    }

    /// Returns the string where no number is known.
    fn without_number(&self) -> &str {
        match self {
            Self::One(text) => text,
            Self::Plural(forms) => forms.values().next_back().map_or("", String::as_str),
        }
    }
}

/// A file of strings in one language.
#[derive(Debug)]
pub struct WordFile {
    /// The path.
    pub path: SourcePath,
    /// The strings, in the order of the alphabet of their keys.
    pub words: Vec<FileWord>,
}

/// A string of a file.
#[derive(Debug)]
pub struct FileWord {
    /// The key.
    pub key: String,
    /// The place of the key in the file.
    pub span: Span,
    /// The string.
    pub forms: StringForms,
}

impl WordFile {
    /// Reads a file of strings in `language`.
    pub fn read(source: &Source, language: &Language, out: &mut Vec<Diagnostic>) -> Self {
        let needed = PluralForm::needed(language);
        let text = source.text().unwrap_or_default();
        let mut reader = TableReader::new(&source.path, 0, out);
        let words = reader.parse(text, &bad_config::RULE, |reader, table| {
            let mut words = Vec::new();
            for entry in table.take_all() {
                if entry.key == OF_BOOK && entry.is_table() {
                    of_book(reader, entry, entry.key, &mut words);
                } else if let Some(forms) = forms(reader, entry, &needed) {
                    words.push(FileWord { key: entry.key.to_owned(), span: entry.key_span, forms });
                }
            }
            words
        });
        Self { path: source.path.clone(), words }
    }
}

impl Strings {
    fn new(language: Language, words: BTreeMap<String, StringForms>) -> Self {
        let mut keys = date_words();
        let text = |key: &str| Some(words.get(key)?.without_number().to_owned());
        let of_dates = Box::new(std::array::from_fn(|_| keys.next().and_then(text)));
        Self { language, words, of_dates }
    }

    /// Returns these strings in `language`, with those of `files` in place of the ones with the same keys.
    pub fn with(&self, language: &Language, files: &[WordFile]) -> Self {
        let mut words = self.words.clone();
        let of_files = files.iter().flat_map(|file| &file.words);
        words.extend(of_files.map(|word| (word.key.clone(), word.forms.clone())));
        Self::new(language.clone(), words)
    }

    /// Returns the string for `key`, or the key itself if there is none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, StringForms::without_number)
    }

    /// Returns the name of the language in the language itself; `None` if there is none.
    pub fn language_name(&self) -> Option<&str> {
        self.words.get("language-name").map(StringForms::without_number)
    }

    /// Returns the string for `key` with a number, which stands where the string has `{count}`.
    pub fn counted(&self, key: &str, count: usize) -> String {
        let text =
            self.words.get(key).map_or(key, |forms| forms.with(&self.language, count as u64));
        text.replace("{count}", &count.to_string())
    }

    /// Returns the forms of the string for `key`; `None` if there is no such string.
    pub fn forms(&self, key: &str) -> Option<&StringForms> {
        self.words.get(key)
    }

    /// Returns the keys, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// Returns a label with what it stands before: "Themes: Localisation".
    pub fn labelled(&self, label: &str, text: &str) -> String {
        [&*self.isolated(label), self.get("label-separator"), &self.isolated(text)].concat()
    }

    /// Returns `pattern` with a text in the place of `{name}`. A text of the other direction does not change the order of
    /// what is around it.
    pub fn filled(&self, pattern: &str, name: &str, text: &str) -> String {
        pattern.replace(&format!("{{{name}}}"), &self.isolated(text))
    }

    fn isolated<'t>(&self, text: &'t str) -> Cow<'t, str> {
        bidi::isolated(text, self.language.direction() == Direction::Rtl)
    }

    /// Returns a date in the form that readers use.
    pub fn date(&self, moment: Date) -> String {
        date(moment, |word| self.date_word(word))
    }

    /// Returns a string that dates are written with; `None` if there is none.
    pub fn date_word(&self, word: DateWord) -> Option<&str> {
        self.of_dates[word.place()].as_deref()
    }
}

/// The table of a file that holds the words of the book's own, in tables of tables: `[kinds.lesson]`.
const OF_BOOK: &str = "kinds";

/// Reads the words of a table and of those in it; the key of each begins with that of the table.
fn of_book(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    key: &str,
    words: &mut Vec<FileWord>,
) {
    let entries = reader.nested(entry, |_, table| table.take_all());
    for entry in entries.unwrap_or_default() {
        let key = format!("{key}.{}", entry.key);
        if entry.is_table() {
            of_book(reader, entry, &key, words);
        } else if let Some(text) = reader.text(entry) {
            words.push(FileWord { key, span: entry.key_span, forms: StringForms::One(text) });
        }
    }
}

/// Reads a string: a text, or a table with a text for each plural form.
fn forms(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    needed: &[(PluralForm, u64)],
) -> Option<StringForms> {
    if !entry.is_table() {
        return reader.text(entry).map(StringForms::One);
    }
    let forms = reader.nested(entry, |reader, table| {
        let mut forms = BTreeMap::new();
        for entry in table.take_all() {
            let form = PluralForm::ALL.into_iter().find(|form| form.name() == entry.key);
            match (form, reader.text(entry)) {
                (Some(form), Some(text)) => drop(forms.insert(form, text)),
                (None, _) => {
                    let names = PluralForm::ALL.map(PluralForm::name);
                    let near = reader.nearest(entry.key, names);
                    let message = format!("\"{}\" is no plural form", entry.key);
                    let found = reader.report(entry.key_span, &value_not_in_list::RULE, message);
                    suggest(found, entry.key, &near, quoted);
                    found.help.push(format!("the plural forms are: {}", names.join(", ")));
                }
                (Some(_), None) => {}
            }
        }
        forms
    })?;
    if !forms.is_empty() {
        missing_plural::check(reader, entry, &forms, needed);
    }
    (!forms.is_empty()).then_some(StringForms::Plural(forms))
}
