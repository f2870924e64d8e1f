//! Another spelling of a word that a field takes, in the configuration, in the words of the interface and in each note.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::ChangeSet;
use super::key_places::key_places;
use super::proof::written;
use crate::config::{Config, FieldValues, KindId};
use crate::diagnostic::TextEdit;
use crate::note_settings::{ValueSort, WrittenFrontMatter, written_value};
use crate::path::SourcePath;
use crate::site::Site;
use crate::source::{Source, SourceRole, Sources};
use crate::span::Span;
use crate::table::{Notation, SettingForm, quoted};

/// The keys of a field whose values are words that it takes.
const WORD_KEYS: [&str; 3] = ["one-of", "closed", "undefined"];

/// A word of those that a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWord {
    /// The kind that has the field.
    pub kind: KindId,
    /// The name of the field.
    pub field: String,
    /// The word.
    pub word: String,
}

impl FieldWord {
    /// Returns the word that a field of a kind takes; `None` if it takes no such word.
    pub fn of(config: &Config, kind: KindId, field: &str, word: &str) -> Option<Self> {
        let words = words_of(config, kind, field)?;
        let is_known = words.iter().any(|known| known == word);
        is_known.then(|| Self { kind, field: field.to_owned(), word: word.to_owned() })
    }

    /// Returns the edits that spell the word otherwise wherever the book has it; the error says why it can't be called so.
    pub fn renamed(&self, site: &Site, sources: &Sources, new: &str) -> Result<ChangeSet, String> {
        let words = words_of(&site.config, self.kind, &self.field).unwrap_or_default();
        if words.iter().any(|known| known == new) {
            return Err(format!("the field \"{}\" takes \"{new}\" already", self.field));
        }
        let mut changes = ChangeSet::default();
        let config = SourcePath::new(site.config.path.as_str());
        let kind = &site.config.kind(self.kind).name;
        for source in sources.iter() {
            let Some(text) = source.text() else { continue };
            let role = SourceRole::of(&source.path);
            let edits = if source.path == config {
                self.in_config(text, kind, new)
            } else if role == SourceRole::Theme && source.path.as_str().ends_with(".toml") {
                let path = ["kinds", kind, "fields", &self.field, "words", &self.word];
                key_places(text, &path).into_iter().map(|place| key_edit(place, new)).collect()
            } else {
                continue;
            };
            edits.into_iter().for_each(|edit| changes.edit(&source.path, edit));
        }
        for (_, note) in written(site).filter(|(_, note)| note.facts.kind == self.kind) {
            let text = sources.get(&note.source).and_then(Source::text).unwrap_or_default();
            for place in word_places(&note.source, text, &self.field) {
                if place.word == self.word {
                    let written = Some(&text[place.place.clone()]);
                    let value = written_value(ValueSort::Text, place.notation, new, written)?;
                    let span = Span::from(place.place);
                    changes.edit(&note.source, TextEdit { span, text: value });
                }
            }
        }
        Ok(changes)
    }

    fn in_config(&self, text: &str, kind: &str, new: &str) -> Vec<TextEdit> {
        let places = declared_words(text);
        let own = places.into_iter().filter(|declared| {
            declared.kind == kind && declared.field == self.field && declared.word == self.word
        });
        let edit = |declared: DeclaredWord| {
            let written = &text[declared.place.clone()];
            let value = written_value(ValueSort::Text, Notation::Toml, new, Some(written));
            let text = value.unwrap_or_else(|_| quoted(new));
            TextEdit { span: Span::from(declared.place), text }
        };
        own.map(edit).collect()
    }
}

/// Returns an edit that gives a key in TOML another name.
pub(super) fn key_edit(place: Range<usize>, new: &str) -> TextEdit {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = if new.chars().all(is_bare) { new.to_owned() } else { quoted(new) };
    TextEdit { span: Span::from(place), text: name }
}

fn words_of<'c>(config: &'c Config, kind: KindId, field: &str) -> Option<&'c [String]> {
    let field = config.kind(kind).fields.iter().find(|known| known.name == field)?;
    match field.shape.as_type().values() {
        FieldValues::Words(words) => Some(words),
        FieldValues::Notes(_) | FieldValues::Any => None,
    }
}

/// A word where the configuration declares it, or says what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredWord {
    /// The name of the kind.
    pub kind: String,
    /// The name of the field.
    pub field: String,
    /// The word.
    pub word: String,
    /// The place of the word, with its quotes.
    pub place: Range<usize>,
}

/// Returns the words that the fields of a configuration take, wherever it names them; empty if it can't be read.
pub fn declared_words(text: &str) -> Vec<DeclaredWord> {
    let mut words = Vec::new();
    let Ok(tree) = DeTable::parse(text) else { return words };
    for (kind, settings) in tables_below(tree.get_ref(), "kinds") {
        for (field, settings) in tables_below(settings, "fields") {
            let lists = WORD_KEYS.iter().filter_map(|key| settings.get(*key));
            for list in lists {
                let DeValue::Array(items) = list.get_ref() else { continue };
                for item in items.iter() {
                    let DeValue::String(word) = item.get_ref() else { continue };
                    let (kind, field) = (kind.to_owned(), field.to_owned());
                    let (word, place) = (word.to_string(), item.span());
                    words.push(DeclaredWord { kind, field, word, place });
                }
            }
        }
    }
    words
}

/// Returns the tables below a key of a table, with their names.
pub(super) fn tables_below<'t>(
    table: &'t DeTable<'t>,
    key: &str,
) -> impl Iterator<Item = (&'t str, &'t DeTable<'t>)> {
    let below = table.get(key).and_then(|value| match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    });
    below.into_iter().flat_map(|table| table.iter()).filter_map(|(name, value)| {
        let DeValue::Table(table) = value.get_ref() else { return None };
        Some((name.get_ref().as_ref(), table))
    })
}

/// A word in the front matter of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordPlace {
    /// The word.
    pub word: String,
    /// The place of the word, with its quotes.
    pub place: Range<usize>,
    notation: Notation,
}

/// Returns the words that a field has in a note; empty if the front matter can't be read.
pub fn word_places(path: &SourcePath, text: &str, field: &str) -> Vec<WordPlace> {
    let front = WrittenFrontMatter::of(path, text);
    let setting = front.as_ref().and_then(|front| Some((front.notation, front.setting(field)?)));
    let Some((notation, setting)) = setting else { return Vec::new() };
    let whole = |word: &str, place: &Range<usize>| {
        let (word, place) = (word.to_owned(), place.clone());
        WordPlace { word, place, notation }
    };
    match &setting.form {
        SettingForm::One(value) => vec![whole(value, &setting.place)],
        SettingForm::Several { items, .. } => {
            items.iter().map(|item| whole(&item.text, &item.place)).collect()
        }
        SettingForm::Nothing | SettingForm::Part => Vec::new(),
    }
}
