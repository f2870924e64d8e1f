//! Vaults of Obsidian. Its texts are nearly Fieldbook's own.

use std::collections::BTreeSet;

use super::markdown::{is_hidden, is_markdown, leading_heading, read_note, without_repeated_title};
use crate::config::title_of_file;
use crate::migration::foreign::ForeignBook;
use crate::migration::keys::{ForeignKey, KeyMeaning};
use crate::migration::links::{wiki_names, without_ending};
use crate::migration::passages::{TextLine, outside_code};
use crate::migration::{Collection, CollectionFormat, ImportRequest};
use crate::slug::fold;

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "obsidian", about: "a vault of Obsidian", read };

const KEYS: &[ForeignKey] = &[
    ("aliases", KeyMeaning::Names),
    ("alias", KeyMeaning::Names),
    ("permalink", KeyMeaning::Addresses),
    ("created", KeyMeaning::Date("date")),
];

/// Blocks of code that a plugin turns into something else, with what it makes of them.
const PLUGIN_BLOCKS: &[(&str, &str)] = &[
    ("dataview", "a list"),
    ("dataviewjs", "a list"),
    ("query", "the results of a search"),
    ("base", "a table"),
    ("tasks", "a list of tasks"),
    ("excalidraw", "a drawing"),
    ("kanban", "a board"),
    ("button", "a button"),
    ("mermaid", "a diagram"),
];

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book = ForeignBook {
        title: Some(title_of_file(&collection.name)),
        has_wiki_links: true,
        ..ForeignBook::default()
    };
    let mut linked: BTreeSet<String> = BTreeSet::new();
    // The names of files that differ from the title and from the new name, each with the place of its note.
    let mut old_names: Vec<(usize, String)> = Vec::new();
    for (file, bytes) in &collection.files {
        if is_hidden(file) {
            continue;
        }
        let Some(written) = collection.text(file).filter(|_| is_markdown(file)) else {
            book.add_asset(file, file, bytes, false);
            continue;
        };
        if file.ends_with(".excalidraw.md") {
            book.remark(file, 0, "left out: it is a drawing of the Excalidraw plugin");
            continue;
        }
        linked.append(&mut wiki_names(written));
        let read = read_note(&mut book, file, file, written, (&[], KEYS));
        let lines = read.lines();
        lines.iter().for_each(|line| look_at(&mut book, file, line));
        let mut note = read.note;
        let name = without_ending(file.rsplit('/').next().unwrap_or(file)).to_owned();
        let text = match leading_heading(read.text) {
            Some((heading, rest)) if note.setting("title").is_none() => {
                note.set_if_missing("title", &heading);
                rest
            }
            _ => {
                note.set_if_missing("title", &name);
                without_repeated_title(&note, read.text)
            }
        };
        note.text = text.to_owned();
        let is_named = fold(&name) == fold(note.setting("title").unwrap_or_default());
        if !is_named && crate::slug::fit(&name).is_none_or(|fit| fold(&fit) != fold(&name)) {
            old_names.push((book.notes.len(), name));
        }
        book.notes.push(note);
    }
    // Links go by the names of files. A vault was never published, so only its links need the old names.
    for (at, name) in old_names.into_iter().filter(|(_, name)| linked.contains(&fold(name))) {
        add_name(&mut book.notes[at].settings, &name);
    }
    Ok(book)
}

fn add_name(settings: &mut crate::table::UntypedSettings, name: &str) {
    use crate::table::UntypedValue::{List, Text};
    match settings.iter_mut().find(|(key, _)| key == "aliases") {
        Some((_, List(names))) => names.push(Text(name.to_owned())),
        _ => settings.push(("aliases".to_owned(), List(vec![Text(name.to_owned())]))),
    }
}

/// Reports what a book has no meaning for. It stays in the text as it is.
fn look_at(book: &mut ForeignBook, file: &str, line: &TextLine<'_>) {
    if line.opens_code {
        let name = line.text.trim_start_matches([' ', '\t', '>', '`', '~']);
        let name = name.split_whitespace().next().unwrap_or_default();
        if let Some((_, what)) = PLUGIN_BLOCKS.iter().find(|(block, _)| *block == name) {
            let text =
                format!("kept as code: the block \"{name}\", of which Obsidian makes {what}");
            book.remark(file, line.number, text);
        }
    }
    if line.is_code {
        return;
    }
    let mut found: Vec<String> = Vec::new();
    outside_code(line.text, |part| {
        let words = part.split(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | ';'));
        for word in words {
            let tag = word.strip_prefix('#').unwrap_or_default();
            let tag = tag.trim_end_matches(|c: char| !c.is_alphanumeric());
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
            if tag.chars().all(is_name) && tag.chars().any(|c| c.is_alphabetic()) {
                found.push(format!("kept as text: the tag #{tag}"));
            }
        }
        if let Some((before, _)) = part.split_once("::") {
            let key = before.trim_start_matches([' ', '-', '*', '>', '[', '(']);
            let is_key = !key.is_empty()
                && key.len() <= 40
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            if is_key {
                found.push(format!("kept as text: the field {key}::"));
            }
        }
        if part.contains("<%") {
            found.push("kept as text: a command of the Templater plugin".to_owned());
        }
        String::new()
    });
    found.into_iter().for_each(|text| book.remark(file, line.number, text));
}
