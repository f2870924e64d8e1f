//! The folders of a collection of notes, and the keys of front matter in each, with what they hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::note_keys::{self, NOTE_KEYS};
use crate::config::title_of_file;
use crate::date::Date;
use crate::note_settings::WrittenFrontMatter;
use crate::slug::{fold, without_accents};
use crate::source::{Source, SourceRole, Sources};
use crate::table::SettingForm;

/// The most kinds and fields of a kind that are proposed: more would be no help to anybody.
const MOST_PROPOSED: usize = 30;

/// The most words of a field that takes one of some words.
const MOST_WORDS: usize = 8;

/// The least number of notes for each word of such a field.
const NOTES_A_WORD: usize = 4;

/// The longest of such words, in bytes.
const LONGEST_WORD: usize = 24;

/// Keys by which other programs arrange or draw a page. Readers of the site have no use for their values.
const TECHNICAL: [&str; 66] = [
    "author_profile",
    "readtime",
    "links",
    "banner",
    "banner_x",
    "banner_y",
    "bookcollapsesection",
    "breadcrumb",
    "classes",
    "comments",
    "cover",
    "created",
    "css",
    "cssclass",
    "cssclasses",
    "dg-home",
    "dg-publish",
    "editlink",
    "excalidraw-plugin",
    "favicon",
    "footer",
    "grand_parent",
    "graph",
    "has_children",
    "head",
    "header",
    "hero",
    "hide",
    "hide_title",
    "icon",
    "id",
    "image",
    "kanban-plugin",
    "keywords",
    "lang",
    "lastmod",
    "layout",
    "linktitle",
    "locale",
    "location",
    "math",
    "menu",
    "mermaid",
    "mobile",
    "modified",
    "nav",
    "nav_exclude",
    "nav_order",
    "outline",
    "pagination_next",
    "pagination_prev",
    "parent",
    "position",
    "prev",
    "next",
    "sidebar",
    "sidebar_label",
    "sidebar_position",
    "slug",
    "search",
    "social",
    "template",
    "toc",
    "uid",
    "url",
    "weight",
];

/// The kinds, fields and keys that the notes of a folder suggest.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The kinds to declare, in the order of their folders. None if the folders alone say as much.
    pub(super) kinds: Vec<KindGuess>,
    /// The keys that Fieldbook does not know, each with the number of notes that have it.
    pub(super) unknown: BTreeMap<String, usize>,
}

/// A proposed kind.
#[derive(Debug)]
pub(super) struct KindGuess {
    pub(super) name: String,
    pub(super) folder: String,
    pub(super) title: String,
    /// The fields that it may have, by their names, in the order of how many notes have them.
    pub(super) fields: Vec<(String, FieldGuess)>,
}

/// A proposed field.
#[derive(Debug)]
pub(super) struct FieldGuess {
    /// The key that declares its type, with its value.
    pub(super) declared: String,
    pub(super) many: bool,
}

/// The values of a key in the notes of a folder.
#[derive(Debug, Default)]
struct KeyUse {
    notes: usize,
    lists: bool,
    values: Vec<String>,
    /// True if a note has something that no field can hold.
    is_odd: bool,
}

impl Survey {
    /// Looks at all notes.
    pub(super) fn of(sources: &Sources) -> Self {
        // By the first folder, which is empty at the top.
        let mut folders: BTreeMap<String, (usize, BTreeMap<String, KeyUse>)> = BTreeMap::new();
        for source in
            sources.iter().filter(|source| SourceRole::of(&source.path) == SourceRole::Note)
        {
            let below = source.path.in_notes().unwrap_or_default();
            let folder = below.split_once('/').map_or("", |(folder, _)| folder);
            let (notes, keys) = folders.entry(folder.to_owned()).or_default();
            *notes += 1;
            look(source, keys);
        }
        let mut survey = Self::default();
        for (key, used) in folders.values().flat_map(|(_, keys)| keys) {
            *survey.unknown.entry(key.clone()).or_default() += used.notes;
        }
        let is_telling = |(name, used): (&String, &KeyUse)| used.notes > 1 && is_field(name, used);
        let has_fields = folders
            .iter()
            .any(|(folder, (_, keys))| !folder.is_empty() && keys.iter().any(is_telling));
        for (folder, (_, keys)) in folders {
            let kind = kind_name(&folder, &survey.kinds);
            let is_kind = has_fields && survey.kinds.len() < MOST_PROPOSED;
            let Some(name) = kind.filter(|_| is_kind) else { continue };
            let fields = keys.into_iter().filter(|(key, used)| is_field(key, used));
            let mut fields: Vec<_> =
                fields.map(|(key, used)| (used.notes, key, used.guess())).collect();
            fields.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            fields.truncate(MOST_PROPOSED);
            let fields = fields.into_iter().map(|(_, key, guess)| (key, guess)).collect();
            let title = title_of_file(&folder);
            survey.kinds.push(KindGuess { name, folder, title, fields });
        }
        survey
    }
}

/// Adds the keys of a note that Fieldbook does not know.
fn look(source: &Source, keys: &mut BTreeMap<String, KeyUse>) {
    let Some(text) = source.text() else { return };
    let Some(front) = WrittenFrontMatter::of(&source.path, text) else { return };
    for setting in front.settings {
        let is_known = |name: &str| {
            let mut known = NOTE_KEYS.iter();
            known.any(|key| key.name() == name || key.former().contains(&name))
        };
        if is_known(&setting.key) {
            continue;
        }
        let used = keys.entry(setting.key).or_default();
        used.notes += 1;
        match setting.form {
            SettingForm::Nothing => {}
            SettingForm::One(value) => used.values.push(value),
            SettingForm::Several { items, .. } => {
                used.lists = true;
                used.values.extend(items.into_iter().map(|item| item.text));
            }
            SettingForm::Part => used.is_odd = true,
        }
    }
}

/// Says whether readers may want to see the values of a key.
fn is_field(key: &str, used: &KeyUse) -> bool {
    let is_name = key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let is_technical = TECHNICAL.contains(&key.to_ascii_lowercase().as_str());
    let is_free = note_keys::names().all(|name| fold(name) != fold(key));
    is_name && !is_technical && is_free && !used.is_odd && !used.values.is_empty()
}

impl KeyUse {
    fn guess(&self) -> FieldGuess {
        let values = || self.values.iter().map(String::as_str);
        let all = |fits: fn(&str) -> bool| values().all(fits);
        let words: BTreeSet<&str> = values().collect();
        let are_words = words.len() >= 2
            && words.len() <= MOST_WORDS
            && self.values.len() >= words.len() * NOTES_A_WORD
            && words.iter().all(|word| word.len() <= LONGEST_WORD && !word.trim().is_empty());
        let declared = if !self.lists && all(|value| matches!(value, "true" | "false")) {
            "flag = true".to_owned()
        } else if all(|value| Date::parse(value).is_some() && value.contains('-')) {
            "date = true".to_owned()
        } else if are_words && !words.iter().any(|word| word.contains("[[")) {
            let words: Vec<String> = words.iter().map(|word| crate::table::quoted(word)).collect();
            format!("one-of = [{}]", words.join(", "))
        } else if all(|value| value.starts_with("https://") || value.starts_with("http://")) {
            "url = true".to_owned()
        } else {
            "text = true".to_owned()
        };
        FieldGuess { declared, many: self.lists }
    }
}

/// Returns a name for the kind of a folder; `None` if it needs no kind or can have none.
fn kind_name(folder: &str, others: &[KindGuess]) -> Option<String> {
    let plain: String = without_accents(folder).to_ascii_lowercase();
    let sign = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = plain.chars().map(sign).collect();
    let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let is_free = !name.is_empty() && name != "page" && others.iter().all(|kind| kind.name != name);
    is_free.then_some(name)
}
