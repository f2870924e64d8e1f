//! The parts that formats of Markdown have in common.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::language::Language;
use crate::migration::foreign::{ForeignBook, ForeignNote};
use crate::migration::front_matter::{SplitNote, split};
use crate::migration::keys::{self, ForeignKey};
use crate::migration::links::without_ending;
use crate::migration::passages::{TextLine, lines, outside_code};

/// A note whose front matter is read, and whose text is still that of the other program.
pub(super) struct ReadNote<'t> {
    pub(super) note: ForeignNote,
    pub(super) text: &'t str,
    /// The line in which the text begins.
    pub(super) first: usize,
}

impl<'t> ReadNote<'t> {
    /// Returns the lines of the text.
    pub(super) fn lines(&self) -> Vec<TextLine<'t>> {
        lines(self.text, self.first)
    }
}

/// Returns a text of a program in which `%%` is no comment.
pub(super) fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("%%") {
        return Cow::Borrowed(text);
    }
    let line = |line: &TextLine<'_>| match line.is_code {
        true => format!("{}\n", line.text),
        false => outside_code(line.text, |part| part.replace("%%", "\\%%")) + "\n",
    };
    Cow::Owned(lines(text, 1).iter().map(line).collect())
}

/// Returns whether a file is a note in Markdown.
pub(super) fn is_markdown(path: &str) -> bool {
    let lowered = path.to_ascii_lowercase();
    [".md", ".markdown"].iter().any(|ending| lowered.ends_with(ending))
}

/// Returns whether a part of a path begins with a dot.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// Reads the file at `file`, which is `path` from the top of the notes. Names in `indexes` are pages of their folders.
pub(super) fn read_note<'t>(
    book: &mut ForeignBook,
    file: &str,
    path: &str,
    written: &'t str,
    (indexes, known): (&[&str], &[ForeignKey]),
) -> ReadNote<'t> {
    let mut note = placed(path, indexes);
    note.file = file.to_owned();
    let SplitNote { settings, text, first } = split(file, written, &mut book.remarks);
    keys::set(book, &mut note, settings, known);
    ReadNote { note, text, first }
}

/// Returns an empty note with the address and the language that follow from its path.
pub(super) fn placed(path: &str, indexes: &[&str]) -> ForeignNote {
    let path = match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => {
            let lowered = path.to_ascii_lowercase();
            match without_ending(&lowered).len() {
                length if length < path.len() => &path[..length],
                _ => stem,
            }
        }
        _ => path,
    };
    let (stem, language) = language_at_end(path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_index = indexes.iter().any(|index| name.eq_ignore_ascii_case(index));
    let address = if is_index { folder } else { stem };
    ForeignNote { address: address.to_owned(), is_index, language, ..ForeignNote::default() }
}

/// Returns a path without the language at its end: `x.fr` is `x` in French.
fn language_at_end(path: &str) -> (&str, Option<String>) {
    let Some((stem, code)) = path.rsplit_once('.') else { return (path, None) };
    match language_of_name(code).filter(|_| !stem.is_empty() && !stem.ends_with('/')) {
        Some(language) => (stem, Some(language)),
        None => (path, None),
    }
}

/// Returns the language that a name such as `en` or `pt-BR` means.
pub(super) fn language_of_name(name: &str) -> Option<String> {
    let (language, country) = name.split_once(['-', '_']).unwrap_or((name, ""));
    let is_code = language.len() == 2
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && country.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let language = Language::new(&name.replace('_', "-")).filter(|_| is_code)?;
    Some(language.as_str().to_owned())
}

/// Returns the folder of a language at the beginning of a path, such as `fr/` or `pt-BR/`, and the rest.
pub(super) fn language_folder(path: &str) -> Option<(String, &str)> {
    let (folder, rest) = path.split_once('/')?;
    Some((language_of_name(folder)?, rest))
}

/// Returns the heading with which a text begins, without its signs, and the text below it.
pub(super) fn leading_heading(text: &str) -> Option<(String, &str)> {
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let line = rest.lines().next()?;
    if let Some(title) = line.strip_prefix("# ") {
        let title = title.trim().trim_end_matches('#').trim();
        return Some((title.to_owned(), &rest[line.len()..]))
            .filter(|(title, _)| !title.is_empty());
    }
    let under = rest.lines().nth(1)?;
    let is_title =
        !line.is_empty() && !under.is_empty() && under.trim_end().bytes().all(|b| b == b'=');
    let end = line.len() + 1 + under.len();
    is_title.then(|| (line.trim().to_owned(), rest.get(end..).unwrap_or_default()))
}

/// Drops the heading of a text that says what the title already says.
pub(super) fn without_repeated_title<'t>(note: &ForeignNote, text: &'t str) -> &'t str {
    match (leading_heading(text), note.setting("title")) {
        (Some((heading, rest)), Some(title)) if heading.eq_ignore_ascii_case(title) => rest,
        _ => text,
    }
}

/// The languages of a collection that has a folder for each.
#[derive(Debug, Default)]
pub(super) struct LanguageFolders {
    folders: Vec<String>,
    /// The folder of the language of notes that name none, if it has one.
    main: Option<String>,
}

impl LanguageFolders {
    /// Returns the language of the file at `path`, and its path in the folder of that.
    pub(super) fn of<'p>(&self, path: &'p str) -> (Option<String>, &'p str) {
        let Some((folder, rest)) = path.split_once('/') else { return (None, path) };
        if self.main.as_deref() == Some(folder) {
            return (None, rest);
        }
        match language_folder(path) {
            Some((language, rest)) if self.folders.iter().any(|known| known == folder) => {
                (Some(language), rest)
            }
            _ => (None, path),
        }
    }
}

/// Finds the folders of languages: those that are called like one, and whose notes others have, too. The main language
/// is set if it has a folder.
pub(super) fn split_languages<'p>(
    paths: impl Iterator<Item = &'p str> + Clone,
    main: &mut Option<String>,
) -> LanguageFolders {
    let all: BTreeSet<&str> = paths.clone().collect();
    let codes: BTreeSet<&str> = paths
        .clone()
        .filter(|path| language_folder(path).is_some())
        .filter_map(|path| path.split('/').next())
        .collect();
    let is_shared = |code: &&&str| {
        let own = all.iter().filter_map(|path| path.strip_prefix(**code)?.strip_prefix('/'));
        let others = || codes.iter().filter(|other| *other != *code);
        let is_there = |rest: &&str| {
            all.contains(rest)
                || others().any(|other| all.contains(format!("{other}/{rest}").as_str()))
        };
        let (shared, count) = (own.clone().filter(is_there).count(), own.count());
        // Nearly all notes may be in the folder of the main language.
        shared * 2 >= count || main.as_deref() == Some(**code) && count * 4 >= all.len() * 3
    };
    let folders: Vec<String> =
        codes.iter().filter(is_shared).map(|code| (*code).to_owned()).collect();
    let is_named = |code: &&String| main.as_ref() == Some(*code);
    // Where notes also lie outside of these folders, those are the ones of the main language.
    let is_outside = |path: &&str| {
        !path.split_once('/').is_some_and(|(top, _)| folders.iter().any(|f| f == top))
    };
    let has_outside = all.iter().filter(|path| is_outside(path)).count() * 4 > all.len();
    let first = || folders.iter().find(|code| *code == "en").or(folders.first());
    let of_main = folders.iter().find(is_named).or_else(first).filter(|_| !has_outside).cloned();
    if let Some(code) = &of_main {
        *main = Some(code.replace('_', "-"));
    }
    LanguageFolders { folders, main: of_main }
}
