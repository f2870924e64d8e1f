//! Another name for a kind, wherever the configuration and the words of the interface have it.

use std::ops::Range;

use super::ChangeSet;
use super::field_word::key_edit;
use super::key_places::key_places;
use crate::config::{Config, KindId};
use crate::diagnostic::{Diagnostic, TextEdit};
use crate::note_settings::{ValueSort, written_value};
use crate::path::SourcePath;
use crate::site::Site;
use crate::source::{Source, SourceRole, Sources};
use crate::span::Span;
use crate::table::{Notation, quoted};

/// Returns the edits that give a kind another name wherever the book has it; the error says why it can't be called so.
pub fn renamed_kind(
    site: &Site,
    sources: &Sources,
    kind: KindId,
    new: &str,
) -> Result<ChangeSet, String> {
    let config = &site.config;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !new.chars().all(is_plain) {
        return Err("the name of a kind has letters without accents, digits and hyphens".to_owned());
    }
    if config.kind_named(new).is_some() {
        return Err(format!("there is a kind called \"{new}\" already"));
    }
    if kind == config.page_kind() {
        return Err("the kind of notes outside the folders of kinds has this name".to_owned());
    }
    let name = &config.kind(kind).name;
    let mut changes = ChangeSet::default();
    for source in sources.iter() {
        let Some(text) = source.text() else { continue };
        let path = &source.path;
        let is_config = path.as_str() == config.path;
        let is_theme = SourceRole::of(path) == SourceRole::Theme;
        if !(is_config || is_theme && path.as_str().ends_with(".toml")) {
            continue;
        }
        for place in key_places(text, &["kinds", name]) {
            changes.edit(path, key_edit(place, new));
        }
        let named = if is_config { named_places(config, text, name) } else { Vec::new() };
        for place in named {
            let written = Some(&text[place.clone()]);
            let value = written_value(ValueSort::Text, Notation::Toml, new, written);
            let text = value.unwrap_or_else(|_| quoted(new));
            changes.edit(path, TextEdit { span: Span::from(place), text });
        }
    }
    Ok(changes)
}

/// Returns the places at which the configuration `text` names a kind: as a key, and as a value, with the quotes.
pub fn kind_places(config: &Config, text: &str, name: &str) -> Vec<Range<usize>> {
    let mut places = key_places(text, &["kinds", name]);
    places.extend(named_places(config, text, name));
    places.sort_by_key(|place| place.start);
    places
}

/// Returns the values that name a kind: the entries of the menu, and those that name nothing if the kind is called otherwise.
fn named_places(config: &Config, text: &str, name: &str) -> Vec<Range<usize>> {
    let Some(other) = name_as_long(config, name) else { return Vec::new() };
    let mut without = text.to_owned();
    for place in key_places(text, &["kinds", name]).into_iter().rev() {
        let written = &text[place.clone()];
        without.replace_range(place.clone(), &written.replace(name, &other));
    }
    let path = SourcePath::new(config.path.as_str());
    let read = |text: &str| {
        let source = Source::new(path.clone(), text.as_bytes().to_vec());
        let mut found: Vec<Diagnostic> = Vec::new();
        let read = Config::read(&path, Some(&source), config.rules, &mut found);
        (read, found)
    };
    let ((own, known), (_, found)) = (read(text), read(&without));
    let is_new = |found: &&Diagnostic| {
        let is_same =
            |known: &Diagnostic| known.span == found.span && known.message == found.message;
        !known.iter().any(is_same)
    };
    let new = found.iter().filter(is_new).map(|found| found.span);
    let menu = own.menu.iter().filter(|entry| entry.text == name).map(|entry| entry.span);
    let is_value = |place: &Range<usize>| {
        let written = text.get(place.clone()).unwrap_or_default();
        written.trim_matches(['"', '\'']) == name && written.len() > name.len()
    };
    let mut places: Vec<Range<usize>> =
        new.chain(menu).map(|span| span.within(text)).filter(is_value).collect();
    places.sort_by_key(|place| place.start);
    places.dedup();
    places
}

/// Returns a name of the same length that no kind has, so that every place in the text stays.
fn name_as_long(config: &Config, name: &str) -> Option<String> {
    let mut names = ('a'..='z').chain('0'..='9').map(|c| String::from(c).repeat(name.len()));
    names.find(|other| config.kind_named(other).is_none())
}
