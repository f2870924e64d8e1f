//! Texts that aren't text, are empty, or come from other programs.

use crate::support::book::Book;
use crate::support::{self, Tree};
use crate::{NOTE, fine, open, refused};

#[test]
fn bytes_that_are_no_text() {
    let broken = [
        (&b"\xff\xfe+\0+\0"[..], "1:1"),
        (b"+++\ntitle = \"\xe9\"\n+++\n", "2:10"),
        (b"title\0", "1:6"),
        (b"a\0\xff", "1:2"),
        (b"\xed\xa0\x80", "1:1"),
    ];
    for (bytes, place) in broken {
        for path in [
            "content/lessons/first.md",
            "book.toml",
            "themes/default/templates/note.html",
            "themes/default/i18n/en.toml",
        ] {
            let book = Book::small();
            book.write(path, bytes);
            refused(&book, &format!("{path}:{place}: error[not-text]"));
            book.build().says("not-text").says(&format!("{path}:{place}"));
        }
        let book = Book::small();
        book.write("static/data.bin", bytes);
        book.write("content/photo.jpg", bytes);
        let site = fine(&book);
        assert_eq!((&*site["data.bin"], &*site["photo.jpg"]), (bytes, bytes));
    }
}

#[test]
fn files_with_nothing_in_them() {
    for text in ["+++", "+++\n", "+++\n+++", "+++\r\n+++\r\n"] {
        let book = Book::small();
        book.write("content/empty.md", text);
        refused(&book, "content/empty.md:1:1: error[");
    }
    // A note without settings has the name of its file.
    for text in ["", "\n", " ", "\u{feff}"] {
        let book = Book::small();
        book.write("content/empty.md", text);
        assert!(fine(&book).contains_key("empty.html"), "{text:?}");
    }
    for path in ["static/empty.txt", "content/empty.png", "themes/default/i18n/fr.toml"] {
        let book = Book::small();
        book.write(path, "");
        fine(&book);
    }
    let book = Book::small();
    book.write("book.toml", "");
    refused(&book, "book.toml:1:1: error[bad-config]: the book has no title");
}

#[test]
fn the_ways_of_windows() {
    let plain = Book::small();
    plain.write("content/note.md", NOTE);
    let windows = Book::small();
    windows.write("content/note.md", format!("\u{feff}{}", NOTE.replace('\n', "\r\n")));
    let toml = windows.read("book.toml").replace('\n', "\r\n");
    windows.write("book.toml", format!("\u{feff}{toml}"));
    let text = |tree: &Tree| String::from_utf8_lossy(&tree["note.html"]).replace('\r', "");
    assert_eq!(text(&fine(&plain)), text(&fine(&windows)));
    windows.write("content/note.md", NOTE.replace('\n', "\r"));
    let (site, report) = open(&windows);
    assert!(site.is_some() || report.contains("content/note.md:1:1: error["), "{report}");
}

#[test]
fn a_note_cut_short_anywhere() {
    let golden = support::tests().join("sites/links/input/content/lessons/every-style.md");
    let text = std::fs::read(golden).expect("a note with everything");
    let book = |end: usize| {
        [("book.toml", b"title = \"x\"".to_vec()), ("content/a.md", text[..end].to_vec())]
    };
    for end in (0..text.len()).step_by(7) {
        let sources = book(end).iter().map(|(path, bytes)| support::source(path, bytes)).collect();
        let (workspace, site) = support::open(sources, support::options());
        assert!(site.is_some() || !workspace.diagnostics().is_empty(), "cut at {end}");
    }
}

#[test]
fn a_block_of_blanks_makes_no_line_of_the_search() {
    let files = [
        ("book.toml", "title = \"B\"\n"),
        ("content/index.md", "# B\n\nOne.\n\n<div id=\"a\"> </div>\n\nTwo.\n"),
    ];
    let (workspace, site) = support::open(support::sources(&files), support::options());
    assert!(site.is_some(), "{}", support::lines(&workspace));
}
