//! The ways in which files change: editors, moves, checkouts, other file systems.

use std::fs;
use std::path::Path;

use crate::client::{Preview, built};
use crate::support::book::Book;

fn note(text: &str) -> String {
    format!("+++\ntitle = \"First\"\n+++\n\n{text}\n")
}

fn other(text: &str) -> String {
    note(text).replace("First", "Other")
}

/// A function that writes a text to a file.
type Save = fn(&Path, &str);

/// Saves like an editor: by moving another file into place, with locks and backups beside it.
const SAVES: &[(&str, Save)] = &[
    ("in place", |file, text| fs::write(file, text).expect("a write")),
    ("VS Code: cut, then written", |file, text| {
        fs::write(file, "").expect("a write");
        fs::write(file, text).expect("a write");
    }),
    ("vim: backup, then a new file", |file, text| {
        fs::rename(file, file.with_extension("md~")).expect("a move");
        fs::write(file, text).expect("a write");
        fs::remove_file(file.with_extension("md~")).expect("a removal");
    }),
    ("vim: a number to try whether it may", |file, text| {
        fs::write(file.with_file_name("4913"), "").expect("a write");
        fs::remove_file(file.with_file_name("4913")).expect("a removal");
        fs::write(file, text).expect("a write");
    }),
    ("Emacs: a lock, a backup by copy, an autosave", |file, text| {
        let lock = file.with_file_name(".#first.md");
        #[cfg(unix)]
        std::os::unix::fs::symlink("writer@machine:1", &lock).expect("a link");
        fs::write(file.with_file_name("#first.md#"), text).expect("a write");
        fs::copy(file, file.with_extension("md~")).expect("a copy");
        fs::write(file, text).expect("a write");
        let _ = fs::remove_file(lock);
        fs::remove_file(file.with_file_name("#first.md#")).expect("a removal");
    }),
    ("a new file moved over it", |file, text| {
        let other = file.with_file_name(".first.md.tmp");
        fs::write(&other, text).expect("a write");
        fs::rename(other, file).expect("a move");
    }),
    ("a file with its old times", |file, text| {
        let modified = file.metadata().and_then(|metadata| metadata.modified()).expect("a time");
        fs::write(file, text).expect("a write");
        fs::File::options()
            .write(true)
            .open(file)
            .and_then(|f| f.set_modified(modified))
            .expect("so");
    }),
];

#[test]
fn every_way_to_save_is_seen() {
    for arguments in [&["-p", "0"][..], &["-p", "0", "--poll"]] {
        let book = Book::small();
        let preview = Preview::with(book.root(), arguments);
        let file = book.path("content/lessons/first.md");
        preview.until_shows("lessons/first.html", "The first.");
        for (at, (way, save)) in SAVES.iter().enumerate() {
            // The texts have the same length, so that only the bytes differ.
            save(&file, &note(&format!("Saved {at}.")));
            preview.until_shows("lessons/first.html", &format!("Saved {at}."));
            let site = built(book.root()).expect("no errors");
            preview.until(|| Some(format!("{way}: {}", preview.difference(&site, &[])?)));
        }
        let said = preview.said();
        assert!(!said.contains("4913") && !said.contains("tmp"), "{said}");
    }
}

#[test]
fn to_touch_a_file_changes_nothing() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    preview.until_shows("lessons/first.html", "The first.");
    let text = book.read("content/lessons/first.md");
    book.write("content/lessons/first.md", text);
    std::thread::sleep(std::time::Duration::from_millis(800));
    assert!(!preview.said().contains("changed in"), "{}", preview.said());
}

#[test]
fn folders_come_move_and_go() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    let shows = |paths: &[&str]| {
        preview.until(|| {
            let site = built(book.root()).expect("no errors");
            assert!(paths.iter().all(|path| site.contains_key(*path)));
            let others = [
                "deep/er/still/note.html",
                "lessons/first.html",
                "studies/first.html",
                "moved/in.html",
                "film.txt",
            ];
            preview.difference(&site, &others)
        });
    };
    book.write("content/deep/er/still/note.md", other("Deep."));
    shows(&["deep/er/still/note.html"]);
    book.write("content/deep/er/still/note.md", other("Deeper."));
    shows(&["deep/er/still/note.html"]);
    book.write("elsewhere/in.md", other("From elsewhere."));
    fs::rename(book.path("elsewhere"), book.path("content/moved")).expect("a move");
    shows(&["moved/in.html"]);
    fs::remove_dir_all(book.path("content/deep")).expect("a removal");
    shows(&["moved/in.html"]);
    fs::rename(book.path("content/moved"), book.path("away")).expect("a move");
    shows(&[]);
    book.write("static/film.txt", "A film");
    shows(&["film.txt"]);
    fs::remove_dir_all(book.path("static")).expect("a removal");
    shows(&[]);
    book.write("static/film.txt", "Another film");
    shows(&["film.txt"]);
    // The whole content changes, as after a checkout of another branch.
    fs::rename(book.path("content"), book.path("old")).expect("a move");
    book.write("content/index.md", other("Another book."));
    shows(&["index.html"]);
    fs::remove_dir_all(book.path("content")).expect("a removal");
    fs::rename(book.path("old"), book.path("content")).expect("a move");
    shows(&["lessons/first.html"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_book_is_not_followed() {
    let (book, outside) = (Book::small(), Book::new(&[("secret.md", &note("Secret"))]));
    let preview = Preview::of(book.root());
    preview.until_shows("lessons/first.html", "The first.");
    std::os::unix::fs::symlink(outside.root(), book.path("content/out")).expect("a link");
    std::os::unix::fs::symlink(outside.path("secret.md"), book.path("static.md")).expect("a link");
    preview
        .until(|| (!preview.problems("").contains("content/out")).then(|| "no problem".to_owned()));
    outside.write("secret.md", note("Still secret"));
    std::thread::sleep(std::time::Duration::from_millis(600));
    for path in ["/out/secret.html", "/out/secret.md", "/static.md"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}
