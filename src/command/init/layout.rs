//! The layout of a collection of notes, as the tools that it was made for have it.
#![expect(clippy::disallowed_methods, reason = "commands read folders that the user names")]

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::command::CommandError;
use crate::command::apart::real_path;
use crate::disk;

/// The depth to which notes are looked for in a folder for a new book.
const DEPTH: usize = 3;

/// Files that say in which folder a tool has its notes.
const LAYOUTS: [(&str, &str); 14] = [
    ("mkdocs.yml", "docs"),
    ("mkdocs.yaml", "docs"),
    ("zensical.toml", "docs"),
    ("docusaurus.config.js", "docs"),
    ("docusaurus.config.ts", "docs"),
    (".vitepress", ""),
    ("docs/.vitepress", "docs"),
    ("hugo.toml", "content"),
    ("hugo.yaml", "content"),
    ("config.toml", "content"),
    ("quartz.config.ts", "content"),
    ("book.toml", "src"),
    ("_quarto.yml", ""),
    (".obsidian", ""),
];

/// Names, in lower case, of Markdown files that every repository has.
const OF_REPOSITORIES: [&str; 8] = [
    "readme.md",
    "contributing.md",
    "changelog.md",
    "license.md",
    "code_of_conduct.md",
    "security.md",
    "support.md",
    "authors.md",
];

/// A collection of notes.
pub(super) struct NotesLayout {
    /// The folder that the user named, without links.
    pub(super) folder: PathBuf,
    /// The folder of the notes, without links.
    pub(super) notes: PathBuf,
    /// The title that a tool has for the collection.
    pub(super) title: Option<String>,
}

impl NotesLayout {
    /// Finds the notes in a folder that the user named.
    pub(super) fn find(folder: &Path) -> Result<Self, CommandError> {
        let failed = |error| CommandError::usage(format!("{}: {error}", folder.display()));
        let folder = folder.canonicalize().map_err(failed)?;
        if !folder.is_dir() {
            return Err(CommandError::usage(format!("{} is no folder", folder.display())));
        }
        let is_there = |(file, notes): &&(&str, &str)| {
            folder.join(file).exists() && folder.join(notes).is_dir()
        };
        let of_tool = LAYOUTS.iter().find(is_there);
        let notes = match of_tool {
            Some((_, notes)) => folder.join(notes),
            None if !has_notes(&folder, 1) && has_notes(&folder.join("docs"), usize::MAX) => {
                folder.join("docs")
            }
            None => folder.clone(),
        };
        let notes = notes.canonicalize().map_err(failed)?;
        if !notes.starts_with(&folder) {
            return Err(CommandError::usage(format!(
                "{} is a link to another place",
                notes.display()
            )));
        }
        if !has_notes(&notes, usize::MAX) {
            return Err(CommandError::usage(format!(
                "there is no Markdown file in {}",
                notes.display()
            )));
        }
        let title = LAYOUTS.iter().find_map(|(file, _)| title_in(&folder.join(file)));
        Ok(Self { folder, notes, title })
    }
}

impl NotesLayout {
    /// Refuses a folder for the book that lies in the one the notes are copied from: that is only read.
    pub(super) fn refuse_inside(&self, folder: &Path) -> Result<(), CommandError> {
        let Some(book) = real_path(folder) else { return Ok(()) };
        let is_in_place = self.notes.starts_with(&book);
        if is_in_place || !book.starts_with(&self.folder) {
            return Ok(());
        }
        let (book, from) = (folder.display(), self.folder.display());
        Err(CommandError::usage(format!(
            "{book} lies in {from}, which is only read; name a folder elsewhere for the book, or, to make a book of \
             the notes where they are: fieldbook init {from} --from {from}"
        )))
    }
}

/// Refuses to begin a new book in a folder with notes.
pub(super) fn refuse_notes(folder: &Path) -> Result<(), CommandError> {
    if !has_notes(folder, DEPTH) {
        return Ok(());
    }
    let folder = folder.display();
    Err(CommandError::usage(format!(
        "there are Markdown files in {folder}; to make a book of them: fieldbook init {folder} --from {folder}; for a \
         new book, name an empty folder"
    )))
}

/// Says whose configuration is in the way.
pub(super) fn foreign_config(file: &Path) -> &'static str {
    let text = disk::read_file(file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    if text.is_some_and(|text| text.lines().any(|line| line.trim() == "[book]")) {
        "it is the configuration of mdBook; name another folder for the book, and this one with --from"
    } else {
        "the folder is a book, and fieldbook check says what it needs"
    }
}

/// Says whether a folder has a Markdown file besides those of every repository.
fn has_notes(folder: &Path, depth: usize) -> bool {
    let is_shown = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0
            || !(name.starts_with('.') || matches!(&*name, "node_modules" | "target"))
    };
    let entries = WalkDir::new(folder).max_depth(depth).into_iter().filter_entry(is_shown);
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let is_common = entry.depth() == 1 && OF_REPOSITORIES.contains(&name.as_str());
        entry.file_type().is_file() && name.ends_with(".md") && !is_common
    })
}

/// Returns the title in the configuration of a tool, if it stands in a line of its own.
fn title_in(file: &Path) -> Option<String> {
    if !file.is_file() {
        return None;
    }
    let text = String::from_utf8(disk::read_file(file).ok()?).ok()?;
    let line = text.lines().find_map(|line| {
        let line = line.trim();
        let (key, value) = line.split_once([':', '='])?;
        matches!(key.trim(), "site_name" | "title").then_some(value)
    })?;
    let value = line.trim().trim_end_matches(',').trim_matches(['"', '\'', '`']);
    (!value.is_empty() && value.len() < 200 && !value.contains(char::is_control))
        .then(|| value.to_owned())
}
