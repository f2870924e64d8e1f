//! The settings of a note as the inputs of a form: the title, the fields of the kind, then the keys that every note may
//! have.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::authoring::choices::FieldChoice;
use crate::authoring::set::find;
use crate::config::note_keys::{self, NOTE_KEYS};
use crate::config::{Config, FieldConfig, FieldShape, FieldValues, Kind, label};
use crate::language::Language;
use crate::note::{self, NotePlace};
use crate::note_settings::{KeyType, ValueSort, WrittenFrontMatter, key_type};
use crate::site::Site;
use crate::slug::fold;
use crate::table::{DeclaredKey, SettingForm};

/// A setting of a note as an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormField {
    /// The key.
    pub key: String,
    /// The words for it.
    pub label: String,
    /// A sentence that says what it takes or is for.
    pub help: String,
    /// The need for a value.
    pub need: FieldNeed,
    /// The sort of its values.
    pub sort: InputSort,
    /// True if it takes several values.
    pub is_list: bool,
    /// The words of which it takes one, if they are given.
    pub words: Vec<String>,
    /// The kinds of the notes that it takes, by name; none if it takes any note.
    pub kinds: Vec<String>,
    /// True if a flag holds where it is not set.
    pub is_on: bool,
    /// True if it also takes a name that no note has.
    pub is_open: bool,
    /// The values, with the titles of notes.
    pub values: Vec<FieldChoice>,
    /// True if the value has a form that only an editor can change.
    pub is_locked: bool,
    /// True if the key is not one of the kind but one that every note may have, and that few notes of the kind have.
    pub is_common: bool,
}

/// The need for a value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldNeed {
    /// A note without it is an error.
    Required,
    /// A note without it is a warning.
    Wanted,
    /// There is none.
    Free,
}

/// The sort of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputSort {
    /// Text in one line.
    Text,
    /// A day, a month or a year.
    Date,
    /// Yes or no.
    Flag,
    /// A number.
    Number,
    /// One of some words.
    Words,
    /// The name of a note.
    Notes,
}

/// The keys of every note that a program writes, or that other programs mean.
const LEFT_OUT: [&str; 3] =
    [note_keys::TRANSLATED_FROM.name, note_keys::PERMALINK.name, note_keys::PUBLISH.name];

/// The keys that only translations have.
const OF_TRANSLATIONS: [&str; 3] =
    [note_keys::TRANSLATION.name, note_keys::TRANSLATED_BY.name, note_keys::TRANSLATED_ON.name];

/// The keys that stand before the fields of the kind if its notes usually have them.
const FIRST_IF_USUAL: [&str; 2] = [note_keys::SUMMARY.name, note_keys::DATE.name];

/// Returns the inputs for the settings of a note. Those for `usual` keys stand with the fields of the kind.
pub(super) fn fields(
    site: &Site,
    place: &NotePlace,
    front: &WrittenFrontMatter<'_>,
    usual: &BTreeSet<String>,
) -> Vec<FormField> {
    let config = &site.config;
    let kind = config.kind_in(note::kind(place, config), config.language());
    let is_translation = place.language != *config.language();
    // Only values need them.
    let has_values = !front.settings.is_empty();
    let titles = if has_values { titles(site, &place.language) } else { BTreeMap::new() };
    let asked = FormSettings { config, kind, front, titles: &titles, is_translation };
    let common = |declared: &&'static dyn DeclaredKey| {
        let name = declared.name();
        let fits =
            is_translation || !OF_TRANSLATIONS.contains(&name) || front.setting(name).is_some();
        let is_own = kind.fields.iter().any(|field| field.name == name);
        (fits && !is_own && !LEFT_OUT.contains(&name)).then(|| asked.common(*declared)).flatten()
    };
    let common: Vec<FormField> = NOTE_KEYS.iter().filter_map(common).collect();
    let is_first = |field: &FormField| !field.is_common || FIRST_IF_USUAL.contains(&&*field.key);
    let is_shown = |field: &FormField| !field.is_common || usual.contains(&field.key);
    let (shown, more): (Vec<FormField>, Vec<FormField>) = common.into_iter().partition(is_shown);
    let (first, last): (Vec<FormField>, Vec<FormField>) = shown.into_iter().partition(is_first);
    let shown = |field: FormField| FormField { is_common: false, ..field };
    let own = kind.fields.iter().filter_map(|field| asked.own(field));
    first.into_iter().chain(own).chain(last).map(shown).chain(more).collect()
}

/// Returns the titles of all notes in a language, by the names that fields use.
fn titles<'s>(site: &'s Site, language: &Language) -> BTreeMap<String, &'s str> {
    let mut titles = BTreeMap::new();
    for (_, note) in site.notes().filter(|(_, note)| note.facts.place.language == *language) {
        let path = &note.facts.place.path;
        let stem = path.rsplit('/').next().unwrap_or(path);
        for name in [stem, path] {
            titles.entry(fold(name)).or_insert(note.facts.card.title.as_str());
        }
    }
    titles
}

/// The settings of a note, of which inputs are made.
struct FormSettings<'a> {
    config: &'a Config,
    kind: &'a Kind,
    front: &'a WrittenFrontMatter<'a>,
    titles: &'a BTreeMap<String, &'a str>,
    is_translation: bool,
}

impl FormSettings<'_> {
    /// Returns the input for a field of the kind; none for one that a translation has from its original.
    fn own(&self, field: &FieldConfig) -> Option<FormField> {
        let is_inherited = self.is_translation && !field.shape.as_type().is_translated();
        if is_inherited && self.front.setting(&field.name).is_none() {
            return None;
        }
        let need = match (field.required, &field.wanted) {
            _ if self.is_translation => FieldNeed::Free,
            (true, _) => FieldNeed::Required,
            (false, Some(_)) => FieldNeed::Wanted,
            (false, None) => FieldNeed::Free,
        };
        let is_open = field.shape.as_reference().is_some_and(|reference| reference.open);
        let names = |kinds: &[crate::config::KindId], of: fn(&Kind) -> &String| -> Vec<String> {
            kinds.iter().map(|kind| of(self.config.kind(*kind)).clone()).collect()
        };
        let (sort, words, kinds, help) = match field.shape.as_type().values() {
            FieldValues::Words(words) => {
                (InputSort::Words, words.to_vec(), Vec::new(), String::new())
            }
            FieldValues::Notes(kinds) => {
                let help = format!("From {}.", names(kinds, |kind| &kind.plural).join(" or "));
                (InputSort::Notes, Vec::new(), names(kinds, |kind| &kind.name), help)
            }
            FieldValues::Any => {
                let (sort, help) = match &field.shape {
                    FieldShape::Date(_) => (InputSort::Date, DATE_HELP),
                    FieldShape::Flag(_) => (InputSort::Flag, ""),
                    FieldShape::Number(_) => (InputSort::Number, ""),
                    FieldShape::Url(_) => {
                        (InputSort::Text, "An address that begins with https://.")
                    }
                    _ => (InputSort::Text, ""),
                };
                (sort, Vec::new(), Vec::new(), help.to_owned())
            }
        };
        let (label, key) = (field.label.clone(), field.name.clone());
        let empty = FormField {
            key,
            label,
            help,
            need,
            sort,
            words,
            kinds,
            is_on: false,
            is_open,
            is_list: field.many,
            values: Vec::new(),
            is_locked: false,
            is_common: false,
        };
        Some(self.filled(empty))
    }

    /// Returns the input for a key that every note may have; none for one that holds parts.
    fn common(&self, declared: &dyn DeclaredKey) -> Option<FormField> {
        let key = declared.name();
        let KeyType { sort, many, .. } = key_type(self.kind, key)?;
        let words = declared.shape().schema()["enum"].as_array().map_or_else(Vec::new, |words| {
            words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
        });
        let sort = match sort {
            ValueSort::Part => return None,
            _ if key == note_keys::SUPERSEDES.name => InputSort::Notes,
            _ if !words.is_empty() => InputSort::Words,
            ValueSort::Date => InputSort::Date,
            ValueSort::Flag => InputSort::Flag,
            ValueSort::Whole | ValueSort::Number => InputSort::Number,
            ValueSort::Text => InputSort::Text,
        };
        let is_title = key == note_keys::TITLE.name;
        let is_draft = key == note_keys::DRAFT.name;
        let empty = FormField {
            key: key.to_owned(),
            label: label(key),
            help: if is_draft { DRAFT_HELP } else { declared.help() }.to_owned(),
            need: if is_title { FieldNeed::Required } else { FieldNeed::Free },
            sort,
            is_list: many,
            words,
            kinds: Vec::new(),
            is_on: declared.shape().default_value() == Some(Value::Bool(true)),
            is_open: false,
            values: Vec::new(),
            is_locked: false,
            is_common: !is_title && !is_draft,
        };
        Some(self.filled(empty))
    }

    /// Returns an input with the values of the note.
    fn filled(&self, mut field: FormField) -> FormField {
        let Some(setting) = find(self.front, self.kind, &field.key) else { return field };
        let values: Vec<&String> = match &setting.form {
            SettingForm::Nothing => Vec::new(),
            SettingForm::One(value) => vec![value],
            SettingForm::Several { items, .. } => items.iter().map(|item| &item.text).collect(),
            SettingForm::Part => {
                field.is_locked = true;
                return field;
            }
        };
        let has_control = values.iter().any(|value| value.contains(char::is_control));
        field.is_locked =
            has_control || !field.is_list && values.len() > 1 || !self.front.is_line(setting);
        let choice = |value: &&String| {
            let title =
                self.titles.get(&fold(unlinked(value))).filter(|_| field.sort == InputSort::Notes);
            let shown = title.map_or_else(|| (*value).clone(), |title| (*title).to_owned());
            FieldChoice { written: (*value).clone(), shown }
        };
        field.values = values.iter().map(choice).collect();
        field
    }
}

/// The help for dates.
const DATE_HELP: &str = "A day, a month or a year, such as 2024-06-24, 2024-06 or 2024.";

/// The help for the mark of a draft.
const DRAFT_HELP: &str = "Readers do not see a draft.";

/// Returns the name in a link such as `[[x]]` or a path such as `/lessons/x.md`.
pub(super) fn unlinked(value: &str) -> &str {
    let name = value.strip_prefix("[[").and_then(|value| value.strip_suffix("]]")).unwrap_or(value);
    let name = name.trim_start_matches('/');
    name.strip_suffix(".md").unwrap_or(name)
}
