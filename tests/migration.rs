//! Collections of other programs, imported: each folder of `tests/import` has one as `source`, and the book that it becomes
//! as `book`, with the report. `UPDATE=1` writes the books anew.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

#[path = "import/documents.rs"]
mod documents;
#[path = "import/runs.rs"]
mod runs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fieldbook::migration::{
    Collection, ImportRequest, MigratedBook, WantedKind, format_named, migrate,
};
use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit};
use fieldbook::workspace::Workspace;
use support::Tree;

/// Every format, with words of its syntax that mean nothing in a book: neither they nor their like are lost.
const FORMATS: &[(&str, &[&str])] = &[
    ("obsidian", &["created", "publish", "false", "alias", "parsed", "202"]),
    ("mkdocs", &["description", "8", "readme", "https", "example", "org"]),
    ("mdbook", &["include", "anchor", "end", "main", "shared", "txt", "run", "sh", "html", "four"]),
    (
        "hugo",
        &[
            "ref", "relref", "figure", "src", "alt", "caption", "notice", "lastmod", "weight",
            "youtube", "slug",
        ],
    ),
    ("zola", &["path", "taxonomies", "extra", "youtube", "id", "quote", "author", "more", "end"]),
    (
        "quarto",
        &["include", "callout", "collapse", "true", "qmd", "modified", "date", "fig", "alt"],
    ),
    ("csv", &["notes", "title"]),
    ("docx", &[]),
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// Returns the collection of a format.
fn collection(name: &str) -> Collection {
    let files: Tree = support::read_tree(&folder(name).join("source"));
    Collection { name: "our-notes".to_owned(), files, left_out: Vec::new() }
}

fn request(name: &str) -> ImportRequest {
    let kind = WantedKind { name: "lesson".to_owned(), folder: "lessons".to_owned(), fields: None };
    let notes = "content".to_owned();
    ImportRequest { notes, into: String::new(), kind: (name == "csv").then_some(kind) }
}

fn migrated(name: &str) -> MigratedBook {
    let format = format_named(name).expect("a format");
    migrate(format, &collection(name), &request(name)).expect("a book")
}

/// Returns the files of a book, with its settings and the report.
fn tree(book: &MigratedBook) -> Tree {
    let mut tree = book.files.clone();
    tree.insert("book.toml".to_owned(), book.settings.text(&[]).into_bytes());
    let report: String = book.remarks.iter().map(|remark| format!("{remark}\n")).collect();
    tree.insert("report.txt".to_owned(), report.into_bytes());
    tree
}

/// Fails unless the import of a collection is the stored book.
#[track_caller]
fn is_as_stored(name: &str) {
    let (made, place) = (tree(&migrated(name)), folder(name).join("book"));
    if std::env::var_os("UPDATE").is_some() {
        let _ = std::fs::remove_dir_all(&place);
        support::write_tree(&made, &place);
    }
    let stored = support::read_tree(&place);
    let names: Vec<&String> = made.keys().collect();
    assert_eq!(names, stored.keys().collect::<Vec<_>>(), "the files of {name}");
    for (path, bytes) in &made {
        let (made, stored) =
            (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&stored[path]));
        assert_eq!(made, stored, "{name}: {path}");
    }
}

#[test]
fn obsidian() {
    is_as_stored("obsidian");
}

#[test]
fn mkdocs() {
    is_as_stored("mkdocs");
}

#[test]
fn mdbook() {
    is_as_stored("mdbook");
}

#[test]
fn hugo() {
    is_as_stored("hugo");
}

#[test]
fn zola() {
    is_as_stored("zola");
}

#[test]
fn quarto() {
    is_as_stored("quarto");
}

#[test]
fn html() {
    is_as_stored("html");
}

#[test]
fn docx() {
    is_as_stored("docx");
}

#[test]
fn csv() {
    is_as_stored("csv");
}

/// Returns how often each word stands in a text.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

#[test]
fn every_word_is_in_the_book_or_in_the_report() {
    let is_text =
        |path: &str| [".md", ".qmd", ".csv", ".txt"].iter().any(|ending| path.ends_with(ending));
    let mut lost = Vec::new();
    for (name, syntax) in FORMATS.iter().filter(|(name, _)| *name != "docx") {
        let collection = collection(name);
        let book = tree(&migrated(name));
        let made: String =
            book.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned() + "\n").collect();
        let mut made = words(&made);
        for (path, bytes) in collection.files.iter().filter(|(path, _)| is_text(path)) {
            // A list of contents names titles that the notes have.
            if path.ends_with("SUMMARY.md") {
                continue;
            }
            for (word, count) in words(&String::from_utf8_lossy(bytes)) {
                let left = made.entry(word.clone()).or_default();
                if *left < count && !syntax.contains(&word.as_str()) {
                    lost.push(format!("{name}: {path}: {word}"));
                }
                *left = left.saturating_sub(count);
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn each_import_makes_a_book_without_other_errors_than_those_of_its_source() {
    let mut all = Vec::new();
    for (name, _) in FORMATS.iter().chain(&[("html", &[] as &[&str])]) {
        let mut sources: Vec<Source> = Vec::new();
        for (path, bytes) in tree(&migrated(name)) {
            if path != "report.txt" {
                sources.push(Source::new(SourcePath::new(path), bytes));
            }
        }
        let mut workspace = Workspace::new(support::options());
        let _ = workspace.open(sources.into_iter().map(SourceEdit::Put).collect());
        let errors = workspace.diagnostics().iter().filter(|problem| problem.is_error());
        all.extend(errors.map(|problem| format!("{name}: {}: {}", problem.path, problem.message)));
    }
    let known = [
        "obsidian: content/field-notes/day-2.md: no note is called \"Nowhere\"",
        "obsidian: content/field-notes/day-2.md: \"Masterplan\" is a draft, so readers can't follow this link",
        "obsidian: content/field-notes/day-2.md: 2 notes are called \"Contacts\"",
        "obsidian: content/field-notes/day-1-arrival.md: \"My Plan\" is a draft, so readers can't follow this link",
        "mkdocs: content/survey/walk.md: content/survey/before.md has no heading \"ask-early\"",
        "hugo: content/posts/big-day.md: \"second.md\" is a draft, so readers can't follow this link",
    ];
    all.retain(|error| !known.contains(&error.as_str()));
    assert!(all.is_empty(), "{}", all.join("\n"));
}
