//! Documents of MkDocs, with the extensions of Material for MkDocs and of Python-Markdown.

mod blocks;
mod inline;
mod snippets;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::markdown::{
    ReadNote, is_markdown, read_note, split_languages, without_comments, without_repeated_title,
};
use super::mdbook::titled;
use crate::migration::foreign::{ForeignBook, ForeignNote};
use crate::migration::links::{joined, without_ending};
use crate::migration::passages::lines;
use crate::migration::{Collection, CollectionFormat, ImportRequest, front_matter};
use crate::table::{Notation, UntypedValue};

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "mkdocs", about: "documents of MkDocs", read };

const INDEXES: &[&str] = &["index", "readme"];

/// An entry of the navigation.
pub(super) struct NavigationEntry {
    /// The title; empty if the page is to name it.
    pub(super) title: String,
    /// The file, from the folder of the documents.
    pub(super) path: String,
    /// The titles of the sections around it.
    pub(super) sections: Vec<String>,
}

/// The settings of `mkdocs.yml` that matter here.
#[derive(Default)]
struct SiteSettings {
    docs: String,
    navigation: Vec<NavigationEntry>,
    /// True if pages are at `x/` and not at `x.html`.
    has_folders: bool,
    /// True if `{{ … }}` in texts is replaced.
    has_macros: bool,
}

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book = ForeignBook::default();
    let site = settings(collection, &mut book);
    let top = match site.docs.as_str() {
        "" => String::new(),
        docs => format!("{docs}/"),
    };
    let paths: Vec<&str> =
        collection.files.keys().filter_map(|file| file.strip_prefix(&top)).collect();
    let markdown = paths.iter().copied().filter(|path| is_markdown(path));
    let languages = split_languages(markdown, &mut book.language);
    let entries = site.navigation.iter().enumerate();
    let listed: BTreeMap<&str, usize> =
        entries.map(|(at, entry)| (entry.path.as_str(), at)).rev().collect();
    for (file, bytes) in &collection.files {
        let Some(path) = file.strip_prefix(&top) else {
            if collection.text(file).is_none() || !file.ends_with(".md") {
                continue;
            }
            book.remark(file, 0, "left out: it is outside the folder of the documents");
            continue;
        };
        let Some(written) = collection.text(file).filter(|_| is_markdown(path)) else {
            if file != "mkdocs.yml" {
                book.add_asset(path, file, bytes, false);
            }
            continue;
        };
        let written = snippets::inlined(&mut book, collection, file, written, &top);
        let written = without_comments(&written);
        let (language, below) = languages.of(path);
        let read = read_note(&mut book, file, below, &written, (INDEXES, &[]));
        let spaced = spaced(read.text);
        let all = lines(&spaced, read.first);
        let text = blocks::converted(&mut book, file, &all, site.has_macros);
        let ReadNote { mut note, .. } = read;
        if language.is_some() {
            note.language = language;
        }
        let listed = listed.get(path).or_else(|| listed.get(below)).copied();
        if let Some((at, entry)) = listed.and_then(|at| Some((at, site.navigation.get(at)?))) {
            if !entry.title.is_empty() && note.language.is_none() {
                titled(&mut note, &text, &entry.title);
            }
            note.settings.retain(|(key, _)| key != "order");
            note.set_if_missing("order", &(at + 1).to_string());
        }
        note.text = without_repeated_title(&note, &text).to_owned();
        if site.has_folders && !note.is_index {
            let language = note.language.as_ref().map_or(String::new(), |code| format!("{code}/"));
            note.former.push(format!("/{language}{}/", note.address));
        }
        book.notes.push(note);
    }
    sections(&mut book, &site.navigation);
    Ok(book)
}

/// Returns a text in which blocks are indented by spaces, as most are. Where there are none, tabs stay as they are.
fn spaced(text: &str) -> Cow<'_, str> {
    let has_blocks = ["!!! ", "??? ", "???+ ", "=== "].iter().any(|sign| text.contains(sign));
    if !has_blocks || !text.contains("\n\t") {
        return Cow::Borrowed(text);
    }
    let line = |line: &str| {
        let inner = line.trim_start_matches('\t');
        format!("{}{inner}\n", "    ".repeat(line.len() - inner.len()))
    };
    Cow::Owned(text.lines().map(line).collect())
}

/// Reads `mkdocs.yml`. Without one, the collection is the folder of the documents.
fn settings(collection: &Collection, book: &mut ForeignBook) -> SiteSettings {
    let file =
        ["mkdocs.yml", "mkdocs.yaml"].into_iter().find(|file| collection.text(file).is_some());
    let mut site = SiteSettings { has_folders: true, ..SiteSettings::default() };
    let Some((file, text)) = file.and_then(|file| Some((file, collection.text(file)?))) else {
        return site;
    };
    // What it says of the look and of plugins has no place in a book, and may be what YAML of a book can't be.
    let mut unread = Vec::new();
    let settings = front_matter::read(file, text, 0..text.len(), Notation::Yaml, &mut unread);
    "docs".clone_into(&mut site.docs);
    let mut dropped: Vec<String> = Vec::new();
    for (key, value) in settings {
        match (key.as_str(), &value) {
            ("site_name", UntypedValue::Text(text)) => book.title = Some(text.clone()),
            ("site_url", UntypedValue::Text(text)) => book.base_url = Some(text.clone()),
            ("docs_dir", UntypedValue::Text(text)) => {
                text.trim_matches(['/', '.']).clone_into(&mut site.docs);
            }
            ("use_directory_urls", UntypedValue::Text(text)) => site.has_folders = text == "true",
            ("nav", UntypedValue::List(items)) => navigation(items, &[], &mut site.navigation),
            ("plugins", value) => {
                site.has_macros = names(value).contains(&"macros");
                dropped.push(key);
            }
            ("theme", UntypedValue::Part(theme)) => {
                let language = theme.iter().find(|(key, _)| key == "language");
                let language = language.and_then(|(_, value)| value.text());
                book.language = language.map(str::to_owned).or_else(|| book.language.take());
                dropped.push(key);
            }
            _ => dropped.push(key),
        }
    }
    if !dropped.is_empty() {
        let text = format!("dropped the settings {}", dropped.join(", "));
        book.remark(file, 0, text);
    }
    site
}

/// Returns the names in a list, some of which have settings of their own.
fn names(value: &UntypedValue) -> Vec<&str> {
    match value {
        UntypedValue::List(items) => items
            .iter()
            .filter_map(|item| match item {
                UntypedValue::Part(part) => part.first().map(|(name, _)| name.as_str()),
                item => item.text(),
            })
            .collect(),
        UntypedValue::Part(part) => part.iter().map(|(name, _)| name.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Reads the entries of a navigation.
fn navigation(items: &[UntypedValue], sections: &[String], out: &mut Vec<NavigationEntry>) {
    for item in items {
        let (title, value) = match item {
            UntypedValue::Part(part) => match part.first() {
                Some((title, value)) => (title.as_str(), value),
                None => continue,
            },
            value => ("", value),
        };
        match value {
            UntypedValue::Text(path) if !path.contains("://") => out.push(NavigationEntry {
                title: title.to_owned(),
                path: joined("", path).unwrap_or_default(),
                sections: sections.to_owned(),
            }),
            UntypedValue::List(items) => {
                let mut sections = sections.to_owned();
                sections.push(title.to_owned());
                navigation(items, &sections, out);
            }
            _ => {}
        }
    }
}

/// Gives each folder whose pages are one section of the navigation a page with the title of the section.
pub(super) fn sections(book: &mut ForeignBook, navigation: &[NavigationEntry]) {
    let folder = |entry: &NavigationEntry| {
        let path = without_ending(&entry.path);
        path.split_once('/').map(|(folder, _)| folder.to_owned())
    };
    // Each section with the place of its first page, and with the folders of its pages.
    let mut all: BTreeMap<&str, (usize, BTreeSet<Option<String>>)> = BTreeMap::new();
    for (at, entry) in navigation.iter().enumerate() {
        if let Some(section) = entry.sections.first() {
            all.entry(section).or_insert((at, BTreeSet::new())).1.insert(folder(entry));
        }
    }
    let titles: BTreeMap<String, String> = book
        .notes
        .iter()
        .filter(|note| note.is_index && note.language.is_none())
        .map(|note| {
            let title = note.setting("short").or(note.setting("title")).unwrap_or_default();
            (note.address.clone(), title.to_owned())
        })
        .collect();
    let mut made = BTreeSet::new();
    for (section, (at, folders)) in all {
        let only = folders.first().filter(|_| folders.len() == 1).cloned().flatten();
        match only {
            Some(folder) if titles.get(&folder).is_some_and(|title| title == section) => {}
            Some(folder) if !titles.contains_key(&folder) && made.insert(folder.clone()) => {
                let text = format!("guessed that the folder {folder} is the section \"{section}\"");
                book.remark("", 0, text);
                let mut note =
                    ForeignNote { address: folder, is_index: true, ..ForeignNote::default() };
                note.set_if_missing("title", section);
                note.set_if_missing("order", &(at + 1).to_string());
                book.notes.push(note);
            }
            _ => {
                let text = format!(
                    "dropped the section \"{section}\" of the navigation, which is no folder of its own"
                );
                book.remark("", 0, text);
            }
        }
    }
}
