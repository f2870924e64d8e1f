//! Sites of Zola.

use super::hugo::{OF_PAGES, bundled, forget_kept, published};
use super::markdown::{is_markdown, read_note, without_comments, without_repeated_title};
use super::shortcodes::{ShortcodeForm, ShortcodeReader};
use crate::migration::foreign::ForeignBook;
use crate::migration::keys::{ForeignKey, KeyMeaning};
use crate::migration::links::joined;
use crate::migration::passages::{lines, outside_code};
use crate::migration::{Collection, CollectionFormat, ImportRequest, front_matter};
use crate::table::{Notation, UntypedValue};

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "zola", about: "a site of Zola", read };

const KEYS: &[ForeignKey] = &[
    ("path", KeyMeaning::Addresses),
    ("taxonomies", KeyMeaning::Lifted),
    ("extra", KeyMeaning::Lifted),
    ("template", OF_PAGES),
    ("page_template", OF_PAGES),
    ("sort_by", OF_PAGES),
    ("paginate_by", OF_PAGES),
    ("render", OF_PAGES),
    ("transparent", OF_PAGES),
    ("insert_anchor_links", OF_PAGES),
    ("in_search_index", OF_PAGES),
    ("generate_feeds", OF_PAGES),
    ("redirect_to", OF_PAGES),
];

const INDEXES: &[&str] = &["_index"];

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book = ForeignBook::default();
    settings(collection, &mut book);
    let has_content = collection.files.keys().any(|file| file.starts_with("content/"));
    let top = if has_content { "content/" } else { "" };
    for (file, bytes) in &collection.files {
        let Some(path) = file.strip_prefix(top) else {
            match file.strip_prefix("static/") {
                Some(address) => book.add_asset(address, file, bytes, true),
                None if is_markdown(file) => {
                    book.remark(file, 0, "left out: it is outside the folder of the content");
                }
                None => {}
            }
            continue;
        };
        // A theme of notes in another language may have a folder such as `pages.de`.
        let (path, of_folder) = language_of_folder(path);
        let Some(written) = collection.text(file).filter(|_| is_markdown(&path)) else {
            if file != "config.toml" {
                book.add_asset(&path, file, bytes, false);
            }
            continue;
        };
        let written = &without_comments(written);
        let read = read_note(&mut book, file, &path, written, (INDEXES, KEYS));
        let (mut note, text, first) = (read.note, read.text, read.first);
        note.language = note.language.take().or(of_folder);
        let text = ShortcodeReader {
            book: &mut book,
            file,
            form: ShortcodeForm::Called,
            include: &|_| None,
        }
        .converted(text, first);
        bundled(&mut note);
        if let Some(at) = note.settings.iter().position(|(key, _)| key == "slug") {
            let slug = note.settings.remove(at).1;
            forget_kept(&mut book, "slug");
            let above = note.address.rsplit_once('/').map_or("", |(above, _)| above);
            let slug = slug.text().unwrap_or_default();
            note.former.extend(crate::migration::keys::former(&format!("{slug}/"), above));
            note.also.extend(joined(above, slug));
        }
        published(&mut note);
        note.text = without_repeated_title(&note, &internal_links(&text)).to_owned();
        book.notes.push(note);
    }
    Ok(book)
}

/// Writes links such as `@/guide/first.md` as addresses from the top.
fn internal_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in lines(text, 1) {
        let text = match line.is_code {
            true => line.text.to_owned(),
            false => outside_code(line.text, |part| {
                part.replace("](@/", "](/")
                    .replace("](<@/", "](</")
                    .replace("]: @/", "]: /")
                    .replace("<!-- more -->", "")
            }),
        };
        out.push_str(&text);
        out.push('\n');
    }
    out
}

/// Returns a path without the language at the end of a folder, and the language.
fn language_of_folder(path: &str) -> (String, Option<String>) {
    let mut language = None;
    let mut parts: Vec<&str> = path.split('/').collect();
    let folders = parts.len() - 1;
    for part in &mut parts[..folders] {
        if let Some((stem, code)) = part.split_once('.')
            && code.len() == 2
            && let Some(found) = crate::language::Language::new(code)
        {
            language = Some(found.as_str().to_owned());
            *part = stem;
        }
    }
    (parts.join("/"), language)
}

fn settings(collection: &Collection, book: &mut ForeignBook) {
    let file = "config.toml";
    let Some(text) = collection.text(file) else { return };
    let mut dropped: Vec<String> = Vec::new();
    for (key, value) in
        front_matter::read(file, text, 0..text.len(), Notation::Toml, &mut book.remarks)
    {
        match (key.as_str(), &value) {
            ("title", UntypedValue::Text(text)) => book.title = Some(text.clone()),
            ("base_url", UntypedValue::Text(text)) if text.contains("://") => {
                book.base_url = Some(text.clone());
            }
            ("default_language", UntypedValue::Text(text)) => book.language = Some(text.clone()),
            _ => dropped.push(key),
        }
    }
    if !dropped.is_empty() {
        book.remark(file, 0, format!("dropped the settings {}", dropped.join(", ")));
    }
}
