//! The strings of the interface, one file for each language: `i18n/en.toml` and others.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::table::TableReader;
use crate::table::rules::bad_config;

/// The strings of the interface in one language, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Strings {
    words: BTreeMap<String, String>,
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

impl FromIterator<InterfaceWord> for Strings {
    fn from_iter<T: IntoIterator<Item = InterfaceWord>>(declared: T) -> Self {
        let words = declared.into_iter().map(|word| (word.key.to_owned(), word.english.to_owned()));
        Self { words: words.collect() }
    }
}

impl Strings {
    /// Reads a file of strings; missing ones are taken from `fallback`.
    pub fn read(source: &Source, fallback: &Strings, out: &mut Vec<Diagnostic>) -> Self {
        let mut words = fallback.words.clone();
        let text = source.text().unwrap_or_default();
        let mut reader = TableReader::new(&source.path, 0, out);
        let entries = |reader: &mut TableReader<'_>,
                       table: &mut crate::table::TomlTable<'_, '_>| {
            let entries = table.take_all().into_iter();
            let texts =
                entries.filter_map(|entry| Some((entry.key.to_owned(), reader.text(entry)?)));
            texts.collect::<Vec<_>>()
        };
        words.extend(reader.parse(text, &bad_config::RULE, entries));
        Self { words }
    }

    /// Returns the string for `key`, or the key itself if there is none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Returns a date in the form that readers use.
    pub fn date(&self, moment: Date) -> String {
        date(moment, |key| self.get(key))
    }
}

/// The keys of the names of the months.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
    "month-9", "month-10", "month-11", "month-12",
];

/// Returns a date in the form that readers use, from the patterns `date-day`, `date-month` and
/// `date-year`, which contain `{day}`, `{month}` and `{year}`, and the names of the months.
pub fn date<'a>(date: Date, get: impl Fn(&'static str) -> &'a str) -> String {
    let (month, day) = (date.month(), date.day_of_month());
    let mut pattern = match (month, day) {
        (Some(_), Some(_)) => get("date-day"),
        (Some(_), None) => get("date-month"),
        (None, _) => get("date-year"),
    };
    let mut text = String::with_capacity(24);
    while let Some(open) = pattern.bytes().position(|byte| byte == b'{') {
        text.push_str(&pattern[..open]);
        let rest = &pattern[open + 1..];
        let close = rest.bytes().position(|byte| byte == b'}');
        let name = &rest[..close.unwrap_or(rest.len())];
        let after = close.map_or("", |close| &rest[close + 1..]);
        match (name, month, day) {
            ("year", ..) => text.push_str(&date.year().to_string()),
            ("month", Some(month), _) => text.push_str(get(MONTHS[usize::from(month) - 1])),
            ("day", _, Some(day)) => text.push_str(&day.to_string()),
            _ => {}
        }
        pattern = after;
    }
    text.push_str(pattern);
    text
}
