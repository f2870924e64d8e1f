//! Sites of Hugo.

use super::markdown::{
    is_markdown, read_note, split_languages, without_comments, without_repeated_title,
};
use super::shortcodes::{ShortcodeForm, ShortcodeReader};
use crate::migration::foreign::ForeignBook;
use crate::migration::keys::{ForeignKey, KeyMeaning};
use crate::migration::links::joined;
use crate::migration::{Collection, CollectionFormat, ImportRequest, front_matter};
use crate::table::{Notation, UntypedSettings, UntypedValue};

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "hugo", about: "a site of Hugo", read };

/// The reason for which keys about the making of pages are dropped.
pub(super) const OF_PAGES: KeyMeaning = KeyMeaning::Dropped("it says how pages are made");

const KEYS: &[ForeignKey] = &[
    ("url", KeyMeaning::Addresses),
    ("aliases", KeyMeaning::AddressesBeside),
    ("linktitle", KeyMeaning::Text("short")),
    ("publishdate", KeyMeaning::Date("published")),
    ("params", KeyMeaning::Lifted),
    ("type", OF_PAGES),
    ("layout", OF_PAGES),
    ("outputs", OF_PAGES),
    ("cascade", OF_PAGES),
    ("build", OF_PAGES),
    ("_build", OF_PAGES),
    ("markup", OF_PAGES),
    ("menu", OF_PAGES),
    ("menus", OF_PAGES),
];

const INDEXES: &[&str] = &["_index"];

/// The folders of a site.
pub(super) struct SiteFolders {
    /// The folders of notes, each with a slash and with the language of its notes.
    pub(super) content: Vec<(String, Option<String>)>,
}

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book = ForeignBook::default();
    let folders = settings(collection, &mut book);
    let in_content = |file: &'_ str| {
        let found = folders.content.iter().find(|(folder, _)| file.starts_with(folder.as_str()));
        found.map(|(folder, language)| (folder.len(), language.clone()))
    };
    let markdown = collection.files.keys().filter_map(|file| {
        let (length, language) = in_content(file)?;
        language.is_none().then(|| &file[length..]).filter(|path| is_markdown(path))
    });
    let markdown: Vec<&str> = markdown.collect();
    let languages = split_languages(markdown.iter().copied(), &mut book.language);
    for (file, bytes) in &collection.files {
        let Some((length, language)) = in_content(file) else {
            let folder = ["static/", "assets/"].into_iter().find_map(|top| file.strip_prefix(top));
            match folder {
                Some(address) => book.add_asset(address, file, bytes, true),
                None if is_markdown(file) => {
                    book.remark(file, 0, "left out: it is outside the folder of the content");
                }
                None => {}
            }
            continue;
        };
        let (of_folder, path) = languages.of(&file[length..]);
        let Some(written) = collection.text(file).filter(|_| is_markdown(path)) else {
            book.add_asset(path, file, bytes, false);
            continue;
        };
        let written = &without_comments(written);
        let read = read_note(&mut book, file, path, written, (INDEXES, KEYS));
        let (mut note, text, first) = (read.note, read.text, read.first);
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let include = |path: &str| {
            let found =
                ["", folder].into_iter().find_map(|top| collection.text(&joined(top, path)?));
            found.map(|text| front_matter::split(path, text, &mut Vec::new()).text.to_owned())
        };
        let text = ShortcodeReader {
            book: &mut book,
            file,
            form: ShortcodeForm::Angled,
            include: &include,
        }
        .converted(text, first);
        note.language = of_folder.or(language).or(note.language.take());
        bundled(&mut note);
        // The name of the page in its address, in place of that of the file.
        if let Some(at) = note.settings.iter().position(|(key, _)| key == "slug") {
            let slug = note.settings.remove(at).1;
            forget_kept(&mut book, "slug");
            if let Some(slug) = slug.text() {
                let above = note.address.rsplit_once('/').map_or("", |(above, _)| above);
                note.former.extend(crate::migration::keys::former(&format!("{slug}/"), above));
                note.also.extend(joined(above, slug));
            }
        }
        published(&mut note);
        note.text = without_repeated_title(&note, &text.replace("<!--more-->", "")).to_owned();
        book.notes.push(note);
    }
    Ok(book)
}

/// Counts a key no longer that was kept at first.
pub(super) fn forget_kept(book: &mut ForeignBook, key: &str) {
    if let Some(count) = book.kept_keys.get_mut(key) {
        *count -= 1;
    }
    book.kept_keys.retain(|_, count| *count > 0);
}

/// Gives a note in a folder of its own, `first/index.md`, the address of the folder.
pub(super) fn bundled(note: &mut crate::migration::foreign::ForeignNote) {
    if let Some(folder) = note.address.strip_suffix("/index") {
        note.address = folder.to_owned();
        note.is_bundle = true;
    }
}

/// Notes the address at which the page was, a folder.
pub(super) fn published(note: &mut crate::migration::foreign::ForeignNote) {
    let language = note.language.as_ref().map_or(String::new(), |code| format!("{code}/"));
    let address = note.address.to_lowercase().replace(' ', "-");
    if note.is_index || address.is_empty() {
        return;
    }
    note.former.extend(crate::migration::keys::former(&format!("/{language}{address}/"), ""));
}

/// Reads the configuration, and finds the folders of content: `content/`, `content.fr/` and those of languages.
fn settings(collection: &Collection, book: &mut ForeignBook) -> SiteFolders {
    let mut content: Vec<(String, Option<String>)> = Vec::new();
    for (file, notation) in CONFIGURATIONS {
        let Some(text) = collection.text(file) else { continue };
        let mut unread = Vec::new();
        let settings = front_matter::read(file, text, 0..text.len(), *notation, &mut unread);
        let mut dropped: Vec<String> = Vec::new();
        for (key, value) in settings {
            match (key.to_lowercase().as_str(), &value) {
                ("title", UntypedValue::Text(text)) => book.title = Some(text.clone()),
                ("baseurl", UntypedValue::Text(text)) if text.contains("://") => {
                    book.base_url = Some(text.clone());
                }
                (
                    "defaultcontentlanguage" | "languagecode" | "locale",
                    UntypedValue::Text(text),
                ) => {
                    let code = text.split(['-', '_']).next().unwrap_or_default().to_lowercase();
                    book.language.get_or_insert(code);
                }
                ("languages", UntypedValue::Part(languages)) => {
                    of_languages(languages, &mut content)
                }
                _ => dropped.push(key),
            }
        }
        if !dropped.is_empty() {
            book.remark(file, 0, format!("dropped the settings {}", dropped.join(", ")));
        }
    }
    for (_, language) in &mut content {
        *language = language.take().filter(|language| book.language.as_ref() != Some(language));
    }
    let tops = collection.files.keys().filter_map(|file| file.split_once('/'));
    for (top, _) in tops {
        if let Some(code) = top.strip_prefix("content.") {
            let folder = format!("{top}/");
            if !content.iter().any(|(known, _)| *known == folder) {
                let language =
                    Some(code.to_owned()).filter(|code| book.language.as_ref() != Some(code));
                content.push((folder, language));
            }
        }
    }
    let has_content = collection.files.keys().any(|file| file.starts_with("content/"));
    if has_content {
        content.push(("content/".to_owned(), None));
    } else if content.is_empty() {
        content.push((String::new(), None));
    }
    SiteFolders { content }
}

/// The files that may hold the configuration.
const CONFIGURATIONS: &[(&str, Notation)] = &[
    ("hugo.toml", Notation::Toml),
    ("hugo.yaml", Notation::Yaml),
    ("hugo.yml", Notation::Yaml),
    ("hugo.json", Notation::Yaml),
    ("config.toml", Notation::Toml),
    ("config.yaml", Notation::Yaml),
    ("config.yml", Notation::Yaml),
    ("config.json", Notation::Yaml),
    ("config/_default/hugo.toml", Notation::Toml),
    ("config/_default/config.toml", Notation::Toml),
];

fn of_languages(languages: &UntypedSettings, content: &mut Vec<(String, Option<String>)>) {
    for (code, value) in languages {
        let UntypedValue::Part(settings) = value else { continue };
        let folder = settings.iter().find(|(key, _)| key.eq_ignore_ascii_case("contentDir"));
        if let Some(folder) = folder.and_then(|(_, value)| value.text()) {
            let folder = format!("{}/", folder.trim_matches('/'));
            content.push((folder, Some(code.to_lowercase())));
        }
    }
}
