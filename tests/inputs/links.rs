//! Symbolic links, and files that can't be read.

use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::book::Book;
use crate::{NOTE, fine, open, refused};

#[test]
fn links_inside_the_book_are_followed() {
    let book = Book::small();
    book.write("content/real/note.md", NOTE);
    symlink("real/note.md", book.path("content/link.md")).expect("a link");
    symlink("real", book.path("content/folder")).expect("a link");
    let site = fine(&book);
    let page = |path: &str| String::from_utf8_lossy(&site[path]).contains("First");
    assert!(page("link.html") && page("real/note.html"));
    // A folder that is reached in two ways is read once.
    assert!(!site.contains_key("folder/note.html"));
}

#[test]
fn links_out_of_the_book_are_refused() {
    let outside =
        Book::new(&[("secret.md", NOTE), ("folder/secret.md", NOTE), ("x.toml", "title = \"X\"")]);
    for (target, link, reported) in [
        ("secret.md", "content/link.md", "content/link.md"),
        ("folder", "content/folder", "content/folder"),
        ("secret.md", "static/secret.txt", "static/secret.txt"),
        ("secret.md", "themes/default/templates/note.html", "themes/default/templates/note.html"),
        ("x.toml", "book.toml", "book.toml"),
    ] {
        let book = Book::small();
        book.write(link, "");
        book.remove(link);
        symlink(outside.path(target), book.path(link)).expect("a link");
        let (site, report) = open(&book);
        assert!(site.is_none(), "{link}: the book was built");
        assert!(report.contains(reported) && report.contains("error[outside-book]"), "{report}");
        assert!(!book.build().err.contains("panicked"));
        assert!(!book.has("public"));
    }
    let book = Book::small();
    std::fs::remove_dir_all(book.path("content")).expect("a folder");
    symlink(outside.path("folder"), book.path("content")).expect("a link");
    refused(&book, "error[outside-book]");
}

/// Tests that the target of a link out of the book is not even looked at: it may be the whole disk.
#[test]
fn a_folder_out_of_the_book_is_refused_once() {
    let outside = Book::new(&[("a.md", NOTE), ("b.md", NOTE), ("deep/c.md", NOTE)]);
    let book = Book::small();
    symlink(outside.root(), book.path("content/folder")).expect("a link");
    let (_, report) = open(&book);
    assert_eq!(report.matches("error[outside-book]").count(), 1, "{report}");
}

#[test]
fn links_that_lead_nowhere_are_reported() {
    for target in ["nothing.md", "link.md", "/nonexistent/note.md"] {
        let book = Book::small();
        symlink(target, book.path("content/link.md")).expect("a link");
        refused(&book, "content/link.md:1:1: error[");
    }
}

#[test]
fn a_folder_that_holds_itself_is_reported() {
    let book = Book::small();
    symlink("..", book.path("content/lessons/loop")).expect("a link");
    refused(&book, "content/lessons/loop:1:1: error[unreadable]: this can't be read: it is a link");
    let book = Book::small();
    symlink(".", book.path("static")).expect("a link");
    let (site, report) = open(&book);
    assert!(site.is_none(), "the book was published as its own file: {report}");
}

#[test]
fn files_that_can_not_be_read_are_reported() {
    let book = Book::small();
    book.write("content/locked.md", NOTE);
    let file = book.path("content/locked.md");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o000)).expect("a right");
    // An administrator may read everything.
    if std::fs::read(&file).is_err() {
        refused(&book, "content/locked.md:1:1: error[unreadable]: this can't be read");
    }
}

#[test]
fn what_is_no_file_is_reported() {
    let book = Book::small();
    let pipe = book.path("content/pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo makes a pipe");
    refused(&book, "content/pipe.md:1:1: error[unreadable]");
}
