//! Sites and books of Quarto.

mod blocks;

use std::collections::BTreeMap;

use blocks::CrossReferences;

use super::hugo::OF_PAGES;
use super::markdown::{
    is_hidden, is_markdown, read_note, without_comments, without_repeated_title,
};
use super::mdbook::titled;
use super::mkdocs::{NavigationEntry, sections};
use super::shortcodes::{ShortcodeForm, ShortcodeReader};
use crate::migration::foreign::ForeignBook;
use crate::migration::keys::{ForeignKey, KeyMeaning};
use crate::migration::links::{joined, without_ending};
use crate::migration::passages::lines;
use crate::migration::{Collection, CollectionFormat, ImportRequest, front_matter};
use crate::table::{Notation, UntypedValue};

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "quarto", about: "a site or book of Quarto", read };

const KEYS: &[ForeignKey] = &[
    ("date-modified", KeyMeaning::Date("updated")),
    ("lang", KeyMeaning::Language),
    ("format", OF_PAGES),
    ("execute", OF_PAGES),
    ("engine", OF_PAGES),
    ("jupyter", OF_PAGES),
    ("listing", OF_PAGES),
    ("toc", OF_PAGES),
    ("toc-depth", OF_PAGES),
    ("page-layout", OF_PAGES),
    ("number-sections", OF_PAGES),
    ("order", KeyMeaning::Order),
];

const INDEXES: &[&str] = &["index"];

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book = ForeignBook::default();
    let listed = settings(collection, &mut book);
    let places: BTreeMap<&str, usize> =
        listed.iter().enumerate().map(|(at, entry)| (entry.path.as_str(), at)).rev().collect();
    let is_note = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        (file.ends_with(".qmd") || is_markdown(file)) && !name.starts_with('_')
    };
    let mut references = CrossReferences::new();
    for file in collection.files.keys().filter(|file| is_note(file)) {
        let text = collection.text(file).unwrap_or_default();
        blocks::gather(&format!("/{file}"), text, &mut references);
    }
    for (file, bytes) in &collection.files {
        if is_hidden(file) || file.starts_with("_site/") || file.starts_with("_book/") {
            continue;
        }
        let Some(written) = collection.text(file).filter(|_| is_note(file)) else {
            if !file.rsplit('/').next().unwrap_or(file).starts_with('_') {
                book.add_asset(file, file, bytes, false);
            } else if !file.ends_with(".yml") {
                book.remark(
                    file,
                    0,
                    "left out: Quarto makes no page of it; it was put in where a text includes it",
                );
            }
            continue;
        };
        let written = &without_comments(written);
        let read = read_note(&mut book, file, file, written, (INDEXES, KEYS));
        let (mut note, text, first) = (read.note, read.text, read.first);
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let include = |path: &str| {
            let text = collection.text(&joined(folder, path)?)?;
            Some(front_matter::split(path, text, &mut Vec::new()).text.to_owned())
        };
        let text = ShortcodeReader {
            book: &mut book,
            file,
            form: ShortcodeForm::Angled,
            include: &include,
        }
        .converted(text, first);
        let text = blocks::converted(&mut book, file, &lines(&text, first), &references);
        let at = places.get(file.as_str()).copied();
        if let Some((at, entry)) = at.and_then(|at| Some((at, listed.get(at)?))) {
            if !entry.title.is_empty() {
                titled(&mut note, &text, &entry.title);
            }
            note.set_if_missing("order", &(at + 1).to_string());
        }
        note.text = without_repeated_title(&note, &text).to_owned();
        book.notes.push(note);
    }
    sections(&mut book, &listed);
    Ok(book)
}

/// Reads `_quarto.yml`: the title, and the order of the pages.
fn settings(collection: &Collection, book: &mut ForeignBook) -> Vec<NavigationEntry> {
    let file = "_quarto.yml";
    let Some(text) = collection.text(file) else { return Vec::new() };
    let mut unread = Vec::new();
    let mut listed = Vec::new();
    let mut dropped: Vec<String> = Vec::new();
    for (key, value) in front_matter::read(file, text, 0..text.len(), Notation::Yaml, &mut unread) {
        match (key.as_str(), &value) {
            ("website" | "book", UntypedValue::Part(part)) => {
                for (key, value) in part {
                    match (key.as_str(), value) {
                        ("title", UntypedValue::Text(text)) => book.title = Some(text.clone()),
                        ("site-url", UntypedValue::Text(text)) => {
                            book.base_url = Some(text.clone())
                        }
                        ("chapters" | "appendices" | "sidebar", value) => {
                            pages(value, &[], &mut listed);
                        }
                        _ => dropped.push(key.clone()),
                    }
                }
            }
            ("lang", UntypedValue::Text(text)) => {
                book.language = text.split('-').next().map(str::to_owned);
            }
            _ => dropped.push(key),
        }
    }
    if !dropped.is_empty() {
        book.remark(file, 0, format!("dropped the settings {}", dropped.join(", ")));
    }
    listed
}

/// Reads the pages of a sidebar or the chapters of a book.
fn pages(value: &UntypedValue, sections: &[String], out: &mut Vec<NavigationEntry>) {
    let mut add = |title: &str, path: &str| {
        let path = joined("", path).unwrap_or_default();
        let is_there = out.iter().any(|entry| entry.path == path);
        if without_ending(&path) != path && !path.contains(':') && !is_there {
            out.push(NavigationEntry {
                title: title.to_owned(),
                path,
                sections: sections.to_owned(),
            });
        }
    };
    match value {
        UntypedValue::Text(path) => add("", path),
        UntypedValue::List(items) => items.iter().for_each(|item| pages(item, sections, out)),
        UntypedValue::Part(part) => {
            let text = |names: &[&str]| {
                let found = part.iter().find(|(key, _)| names.contains(&key.as_str()));
                found.and_then(|(_, value)| value.text())
            };
            let title = text(&["text", "section", "part", "title"]).unwrap_or_default();
            if let Some(path) = text(&["href", "file"]) {
                add(text(&["text"]).unwrap_or_default(), path);
            }
            // A section may be a page itself.
            let mut inner = sections.to_owned();
            if !title.is_empty() && !title.ends_with(".qmd") {
                inner.push(title.to_owned());
            } else if !title.is_empty() {
                add("", title);
            }
            for (key, value) in part {
                if matches!(key.as_str(), "contents" | "chapters") {
                    pages(value, &inner, out);
                }
            }
        }
        UntypedValue::Nothing => {}
    }
}
