//! Books of mdBook: the order and the titles of `SUMMARY.md`, and texts that include files.

use std::collections::{BTreeMap, BTreeSet};

use super::markdown::{
    is_markdown, leading_heading, read_note, without_comments, without_repeated_title,
};
use crate::migration::foreign::ForeignBook;
use crate::migration::links::joined;
use crate::migration::passages::lines;
use crate::migration::{Collection, CollectionFormat, ImportRequest, front_matter};
use crate::table::{Notation, UntypedValue};

pub(super) const FORMAT: CollectionFormat =
    CollectionFormat { name: "mdbook", about: "a book of mdBook", read };

const INDEXES: &[&str] = &["index", "readme"];

/// The greatest depth of files that include each other.
const DEEPEST: usize = 8;

/// The most bytes of a text with what it includes.
const LONGEST: usize = 4 * 1024 * 1024;

/// An entry of `SUMMARY.md`.
struct Chapter {
    title: String,
    path: String,
}

fn read(collection: &Collection, _: &ImportRequest) -> Result<ForeignBook, String> {
    let mut book = ForeignBook::default();
    let settings = collection.text("book.toml").map(|text| {
        front_matter::read("book.toml", text, 0..text.len(), Notation::Toml, &mut book.remarks)
    });
    let of_book = settings.into_iter().flatten().find_map(|(key, value)| match value {
        UntypedValue::Part(part) if key == "book" => Some(part),
        _ => None,
    });
    let mut source = "src".to_owned();
    for (key, value) in of_book.unwrap_or_default() {
        match (key.as_str(), value.text()) {
            ("title", Some(text)) => book.title = Some(text.to_owned()),
            ("language", Some(text)) => book.language = Some(text.to_owned()),
            ("src", Some(text)) => text.trim_matches(['/', '.']).clone_into(&mut source),
            _ => {
                let text = format!(
                    "dropped the setting {key}: {}",
                    crate::migration::settings::shown(&value)
                );
                book.remark("book.toml", 0, text);
            }
        }
    }
    let summary = format!("{source}/SUMMARY.md");
    let (top, summary) = match collection.files.contains_key(&summary) {
        true => (format!("{source}/"), summary),
        false => (String::new(), "SUMMARY.md".to_owned()),
    };
    let Some(listed) = collection.text(&summary) else {
        return Err(format!("{} has no SUMMARY.md, as a book of mdBook does", collection.name));
    };
    let chapters = chapters(&mut book, &summary, listed);
    let places: BTreeMap<&str, usize> =
        chapters.iter().enumerate().map(|(at, chapter)| (chapter.path.as_str(), at)).collect();
    for (file, bytes) in &collection.files {
        let Some(path) = file.strip_prefix(&top) else {
            if file != "book.toml" {
                book.remark(file, 0, "left out: it is outside the folder of the texts");
            }
            continue;
        };
        let Some(written) = collection.text(file).filter(|_| is_markdown(path)) else {
            book.add_asset(path, file, bytes, false);
            continue;
        };
        if *file == summary {
            continue;
        }
        let Some(at) = places.get(path).copied() else {
            book.remark(file, 0, "left out: SUMMARY.md does not name it");
            continue;
        };
        let text = included(&mut book, collection, file, written, 0);
        let text = without_comments(&text);
        let read = read_note(&mut book, file, path, &text, (INDEXES, &[]));
        let (mut note, inner) = (read.note, read.text);
        note.settings.retain(|(key, _)| key != "order");
        if let Some(chapter) = chapters.get(at) {
            titled(&mut note, inner, &chapter.title);
        }
        note.set_if_missing("order", &(at + 1).to_string());
        note.text = without_repeated_title(&note, inner).to_owned();
        book.notes.push(note);
    }
    Ok(book)
}

/// Gives a note the title of a list of contents: as its title if the text has none, or else as its short title.
pub(super) fn titled(note: &mut crate::migration::foreign::ForeignNote, text: &str, title: &str) {
    let own = note.setting("title").map(str::to_owned);
    let own = own.or_else(|| leading_heading(text).map(|(heading, _)| heading));
    match own {
        None => note.set_if_missing("title", title),
        Some(own) if plain(&own) != plain(title) && title.len() <= 120 => {
            note.set_if_missing("short", title);
        }
        Some(_) => {}
    }
}

fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads the list of chapters.
fn chapters(book: &mut ForeignBook, file: &str, listed: &str) -> Vec<Chapter> {
    let (mut chapters, mut known): (Vec<Chapter>, BTreeSet<String>) = Default::default();
    for line in lines(listed, 1) {
        let entry = line.text.trim().trim_start_matches(['-', '*', '+', ' ']);
        let link = entry.strip_prefix('[').and_then(|rest| rest.split_once("]("));
        match link {
            Some((title, rest)) => {
                let path = rest.trim_end().trim_end_matches(')').trim_start_matches("./");
                let path = path.split_once('#').map_or(path, |(path, _)| path);
                if path.is_empty() {
                    let text = format!("dropped a chapter that is not written yet: {title}");
                    book.remark(file, line.number, text);
                    continue;
                }
                let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
                let path = joined("", &path).unwrap_or_default();
                if known.insert(path.clone()) {
                    chapters.push(Chapter { title: title.replace(['`', '*'], ""), path });
                }
            }
            None if entry.is_empty() || entry.bytes().all(|byte| byte == b'-') => {}
            None => {
                let text = format!(
                    "dropped a heading of the list of chapters: {}",
                    entry.trim_start_matches("# ")
                );
                book.remark(file, line.number, text);
            }
        }
    }
    chapters
}

/// Returns a text with the files that it includes.
fn included(
    book: &mut ForeignBook,
    collection: &Collection,
    file: &str,
    written: &str,
    depth: usize,
) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(written.len());
    for line in lines(written, 1) {
        let mut rest = line.text;
        while let Some((before, command)) = rest.split_once("{{#") {
            let Some((command, after)) = command.split_once("}}") else { break };
            // A backslash keeps a command from being one.
            if let Some(before) = before.strip_suffix('\\') {
                out.push_str(&format!("{before}{{{{#{command}}}}}"));
                rest = after;
                continue;
            }
            out.push_str(before);
            rest = after;
            let (name, argument) = command.trim().split_once(' ').unwrap_or((command, ""));
            let part = match name {
                "include" | "rustdoc_include" | "playground" if depth < DEEPEST => {
                    part_of(collection, folder, argument.trim())
                }
                _ => None,
            };
            match part {
                Some((path, text)) if out.len() + text.len() <= LONGEST => {
                    let inner = included(book, collection, &path, &text, depth + 1);
                    out.push_str(inner.trim_end_matches('\n'));
                }
                _ if name == "title" => {}
                _ => {
                    let text = format!("dropped the command {{{{#{command}}}}}");
                    book.remark(file, line.number, text);
                }
            }
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// Returns a part of a file, as `file.rs:2:5` or `file.rs:anchor` names it, and its path.
fn part_of(collection: &Collection, folder: &str, argument: &str) -> Option<(String, String)> {
    let argument = argument.split([' ', ',']).next().unwrap_or_default();
    let (path, part) = argument.split_once(':').unwrap_or((argument, ""));
    let path = joined(folder, path)?;
    let text = collection.text(&path)?;
    let is_anchor = |line: &str| line.contains("ANCHOR: ") || line.contains("ANCHOR_END: ");
    if part.is_empty() {
        let lines = text.lines().filter(|line| !is_anchor(line));
        return Some((path, lines.map(|line| format!("{line}\n")).collect()));
    }
    if part.starts_with(|c: char| c.is_ascii_digit() || c == ':') {
        let (from, to) = part.split_once(':').unwrap_or((part, part));
        let from = from.parse::<usize>().unwrap_or(1).max(1);
        let to = to.parse::<usize>().unwrap_or(usize::MAX);
        let lines = text.lines().skip(from - 1).take(to.saturating_add(1).saturating_sub(from));
        return Some((path, lines.map(|line| format!("{line}\n")).collect()));
    }
    let (begin, end) = (format!("ANCHOR: {part}"), format!("ANCHOR_END: {part}"));
    let ends_with = |line: &&str, sign: &str| line.trim_end().ends_with(sign);
    let lines = text.lines().skip_while(|line| !ends_with(line, &begin)).skip(1);
    let lines = lines.take_while(|line| !ends_with(line, &end)).filter(|line| !is_anchor(line));
    Some((path, lines.map(|line| format!("{line}\n")).collect()))
}
