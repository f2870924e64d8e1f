//! Settings whose values are names: words that a field takes, other names of a note, and the folders and names of kinds.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{EditedBook, OpenText, PointedItem, RenameStep, pointed};
use crate::change::{ChangeSet, FieldWord, declared_words, kind_places, renamed_kind, word_places};
use crate::config::{KindId, note_keys};
use crate::diagnostic::TextEdit;
use crate::note_settings::{ValueSort, WrittenFrontMatter, written_value};
use crate::path::SourcePath;
use crate::slug::fold;
use crate::span::Span;
use crate::table::{Notation, SettingForm};

/// A name in a setting.
pub(super) struct NamedSetting {
    /// The thing that has the name.
    sort: NamedSort,
    /// The place of the name, without quotes.
    pub(super) span: Span,
    /// The name.
    pub(super) name: String,
}

/// A thing that has its name in a setting.
enum NamedSort {
    /// A word that a field takes.
    Word(FieldWord),
    /// A note, which has the name beside its title.
    Alias,
    /// The folder of a kind.
    Folder,
    /// A kind.
    Kind(KindId),
}

/// Returns the name in a setting in which byte `at` of a text stands.
pub(super) fn named_setting(
    book: EditedBook<'_>,
    text: &OpenText,
    at: u32,
) -> Option<NamedSetting> {
    if text.note.is_some() {
        return in_note(book, text, at);
    }
    (text.path.as_str() == book.site().config.path).then(|| in_config(book, text, at)).flatten()
}

fn in_note(book: EditedBook<'_>, text: &OpenText, at: u32) -> Option<NamedSetting> {
    let place = pointed(text, at)?;
    let PointedItem::Value(key) = place.item else { return None };
    if key == note_keys::ALIASES.name {
        return alias(text, at);
    }
    let kind = text.note.as_ref()?.facts.kind;
    let config = &book.site().config;
    let words = word_places(&text.path, &text.text, &key).into_iter();
    let mut around = words.filter(|word| holds(Span::from(word.place.clone()), at));
    let place = around.next()?;
    let word = FieldWord::of(config, kind, &key, &place.word)?;
    let span = inner(&text.text, place.place);
    Some(NamedSetting { sort: NamedSort::Word(word), span, name: place.word })
}

fn alias(text: &OpenText, at: u32) -> Option<NamedSetting> {
    let front = WrittenFrontMatter::of(&text.path, &text.text)?;
    let setting = front.setting(note_keys::ALIASES.name)?;
    let (name, place) = match &setting.form {
        SettingForm::One(name) => (name, &setting.place),
        SettingForm::Several { items, .. } => {
            let item = items.iter().find(|item| holds(Span::from(item.place.clone()), at))?;
            (&item.text, &item.place)
        }
        SettingForm::Nothing | SettingForm::Part => return None,
    };
    // An address is how readers came to the note.
    let is_name = !name.contains('/');
    let span = inner(&text.text, place.clone());
    is_name.then(|| NamedSetting { sort: NamedSort::Alias, span, name: name.clone() })
}

fn in_config(book: EditedBook<'_>, text: &OpenText, at: u32) -> Option<NamedSetting> {
    let (config, written) = (&book.site().config, &*text.text);
    let around = |place: &Range<usize>| holds(Span::from(place.clone()), at);
    if let Some(declared) = declared_words(written).into_iter().find(|word| around(&word.place)) {
        let kind = config.kind_named(&declared.kind)?;
        let word = FieldWord::of(config, kind, &declared.field, &declared.word)?;
        let span = inner(written, declared.place);
        return Some(NamedSetting { sort: NamedSort::Word(word), span, name: declared.word });
    }
    if let Some((name, place)) = folders(written).into_iter().find(|(_, place)| around(place)) {
        let span = inner(written, place);
        return Some(NamedSetting { sort: NamedSort::Folder, span, name });
    }
    let line_start = written.get(..at as usize)?.rfind('\n').map_or(0, |at| at + 1);
    let line = written[line_start..].lines().next().unwrap_or_default();
    let named = config.kinds().filter(|(_, kind)| line.contains(&*kind.name));
    let mut places = named.filter_map(|(id, kind)| {
        let places = kind_places(config, written, &kind.name);
        Some((id, kind, places.into_iter().find(|place| around(place))?))
    });
    let (id, kind, place) = places.next()?;
    let (sort, span) = (NamedSort::Kind(id), inner(written, place));
    Some(NamedSetting { sort, span, name: kind.name.clone() })
}

/// Returns the folders of the kinds in a configuration, with the places of their values.
fn folders(text: &str) -> Vec<(String, Range<usize>)> {
    let Ok(tree) = DeTable::parse(text) else { return Vec::new() };
    let Some(DeValue::Table(kinds)) = tree.get_ref().get("kinds").map(|kinds| kinds.get_ref())
    else {
        return Vec::new();
    };
    let folder = |kind: &DeValue<'_>| {
        let DeValue::Table(kind) = kind else { return None };
        let folder = kind.get("folder")?;
        let DeValue::String(name) = folder.get_ref() else { return None };
        Some((name.trim_matches('/').to_owned(), folder.span()))
    };
    kinds.iter().filter_map(|(_, kind)| folder(kind.get_ref())).collect()
}

/// Returns the step that gives the thing with a name in a setting another one, or says why it can't have it.
pub(super) fn renamed_setting(
    book: EditedBook<'_>,
    text: &OpenText,
    setting: NamedSetting,
    new: &str,
) -> Result<RenameStep, String> {
    let (site, sources) = (book.site(), &book.view.sources);
    let NamedSetting { sort, span, name } = setting;
    match sort {
        NamedSort::Word(word) => word.renamed(site, sources, new).map(RenameStep::Edits),
        NamedSort::Kind(kind) => renamed_kind(site, sources, kind, new).map(RenameStep::Edits),
        NamedSort::Alias => {
            let front = WrittenFrontMatter::of(&text.path, &text.text);
            let notation = front.ok_or("the front matter has to be corrected first")?.notation;
            let facts = text.note.iter().map(|note| &note.facts);
            let known = facts.flat_map(|facts| {
                let names = facts.names.iter().map(|name| name.written.as_str());
                names.chain([facts.card.title.as_str()])
            });
            if known.filter(|known| **known != name).any(|known| fold(known) == fold(new)) {
                return Err(format!("the note is called \"{new}\" already"));
            }
            let edit = value_edit(text, notation, span, new)?;
            let names = [name, new.to_owned()];
            Ok(RenameStep::Alias { path: text.path.clone(), value: edit, names })
        }
        NamedSort::Folder => {
            let place = |folder: &str| SourcePath::in_notes_of(&site.config.content, folder);
            let (old, to) = (place(&name), new.trim_matches('/'));
            if to.is_empty() || to.split('/').any(|part| matches!(part, "" | "." | "..")) {
                return Err("the folder of a kind is one below that of the notes".to_owned());
            }
            let new = place(to);
            if sources.below(new.as_str()).next().is_some() {
                return Err(format!("{new} is there already: name another folder"));
            }
            if sources.below(old.as_str()).next().is_some() {
                return Ok(RenameStep::Move { old, new: new.to_string() });
            }
            let mut changes = ChangeSet::default();
            changes.edit(&text.path, value_edit(text, Notation::Toml, span, to)?);
            Ok(RenameStep::Edits(changes))
        }
    }
}

/// Returns the edit that puts another value in the place of one, whose text without quotes is at `span`.
fn value_edit(
    text: &OpenText,
    notation: Notation,
    span: Span,
    new: &str,
) -> Result<TextEdit, String> {
    let range = span.within(&text.text);
    let is_quote = |at: usize| matches!(text.text.as_bytes().get(at), Some(b'"' | b'\''));
    let is_quoted = range.start > 0 && is_quote(range.start - 1) && is_quote(range.end);
    let place = if is_quoted { range.start - 1..range.end + 1 } else { range };
    let value = written_value(ValueSort::Text, notation, new, Some(&text.text[place.clone()]))?;
    Ok(TextEdit { span: Span::from(place), text: value })
}

/// Returns the place of a value without its quotes.
fn inner(text: &str, place: Range<usize>) -> Span {
    let written = &text[place.clone()];
    let is_quoted = written.len() > 1 && written.starts_with(['"', '\'']);
    Span::from(if is_quoted { place.start + 1..place.end - 1 } else { place })
}

/// Returns whether a span holds byte `at`, or ends there.
fn holds(span: Span, at: u32) -> bool {
    span.start <= at && at <= span.end
}
