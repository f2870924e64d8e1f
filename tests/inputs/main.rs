//! Everything that may be in the folder of a book: each file is used, or a diagnostic gives the
//! reason.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod addresses;
mod links;
mod names;
mod random;
#[path = "../support/mod.rs"]
mod support;
mod text;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use support::Tree;
use support::book::Book;

const NOTE: &str = "+++\ntitle = \"Note\"\n+++\n\nSee [[First]]. ^end\n";

/// Returns the site of a book on disk, if it has no errors, and the report.
fn open(book: &Book) -> (Option<Tree>, String) {
    let sources = disk::read(book.root(), &SourcePath::new("book.toml")).expect("a book");
    let (workspace, site) = support::open(sources, support::options());
    // Drawing a problem must work, wherever it is.
    let _ = fieldbook::report::human(workspace.diagnostics(), workspace.sources());
    (site, support::lines(&workspace))
}

/// Fails the test unless the book can't be built, and the report contains `part`.
#[track_caller]
fn refused(book: &Book, part: &str) {
    let (site, report) = open(book);
    assert!(site.is_none(), "the book was built");
    assert!(report.contains(part), "\"{part}\" is not in:\n{report}");
}

/// Returns the site of a book that must have no errors.
#[track_caller]
fn fine(book: &Book) -> Tree {
    let (site, report) = open(book);
    assert!(!report.contains(": error["), "{report}");
    site.expect("a site")
}

#[test]
fn files_that_are_too_large() {
    let book = Book::small();
    let large = |path: &str, size: u64| {
        book.write(path, "");
        let file = std::fs::File::options().write(true).open(book.path(path)).expect("a file");
        file.set_len(size).expect("room for a large file");
    };
    const MB: u64 = 1024 * 1024;
    large("static/film.mp4", 64 * MB + 1);
    refused(&book, "static/film.mp4:1:1: error[file-too-large]: this file is larger than 64 MB");
    book.remove("static/film.mp4");
    book.write("content/long.md", "a".repeat(16 * MB as usize + 1));
    refused(&book, "content/long.md:1:1: error[file-too-large]: this file is larger than 16 MB");
    book.remove("content/long.md");
    large("static/film.mp4", MB);
    fine(&book);
}

#[test]
fn a_folder_that_looks_like_a_note() {
    let book = Book::small();
    book.write("content/lessons/folder.md/inner.md", "+++\ntitle = \"Inner\"\n+++\n");
    std::fs::create_dir(book.path("content/empty.md")).expect("a folder");
    assert!(fine(&book).keys().any(|path| path.ends_with("inner.html")));
}

#[test]
fn what_editors_leave_behind() {
    let book = Book::small();
    for path in [
        "content/.first.md.swp",
        "content/#first.md#",
        "content/first.md~",
        "content/lessons/4913",
        "content/.obsidian/x.json",
        "content/.DS_Store",
        "static/.DS_Store",
        "content/.trash/old.md",
        "themes/default/templates/.x",
        "content/first.md.bak",
        "content/First.md.ORIG",
        "content/lessons/first.tmp",
        "content/~$first.docx",
        "content/Thumbs.db",
        "static/Thumbs.db",
        "static/desktop.ini",
        "static/._logo.png",
        "content/first.md___jb_tmp___",
        "content/first.md.sb-1a2b3c4d-AbCdEf",
    ] {
        book.write(path, b"\xff");
    }
    let site = fine(&book);
    assert_eq!(site.len(), fine(&Book::small()).len());
}

#[test]
fn a_book_with_nothing_in_it() {
    let book = Book::new(&[("book.toml", "title = \"Nothing\"\n")]);
    refused(&book, "book.toml:1:1: error[no-notes]: the book has no notes");
    book.write("content", "a file, not a folder");
    let (site, report) = open(&book);
    assert!(site.is_some() || report.contains("error["), "{report}");
    refused(&Book::new(&[]), "book.toml:1:1: error[bad-config]: there is no book.toml here");
}
