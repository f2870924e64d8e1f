//! The command line: the program itself, run on books in folders of their own.
#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]

mod addresses;
mod asking;
mod authoring;
mod comparing;
mod hosting;
mod killed;
mod listing;
mod proposing;
mod same_bytes;
mod sharing;
mod starting;
#[path = "../support/mod.rs"]
mod support;
mod theme;
mod untrusted;
mod writing;

use support::book::{Book, finish};

#[test]
fn a_book_without_problems_ends_with_0() {
    let book = Book::small();
    let run = book.build().ends(0);
    assert_eq!(without_numbers(&run.err), "# notes, # pages, # problems in # ms\n");
    assert!(run.err.starts_with("3 notes, 6 pages, 0 problems in "), "{}", run.err);
    assert!(book.read("public/lessons/first.html").contains("The first."));
}

#[test]
fn warnings_are_said_and_end_with_0() {
    let book = Book::small();
    book.write("content/warned.md", "+++\ntitle = \"Warned\"\n+++\n\n<p class=\"x\">Text</p>\n");
    let run = book.build().ends(0).says("warning[refused-html]").says("content/warned.md:5:4");
    assert!(run.last_line().starts_with("4 notes, 7 pages, 1 problem in "), "{}", run.last_line());
    // Nothing has changed, so the report is repeated without reading the notes.
    let again = book.build().ends(0).says("warning[refused-html]").says("content/warned.md:5:4");
    assert!(again.last_line().contains("1 problem, nothing to do in "), "{}", again.last_line());
    book.write("content/warned.md", "+++\ntitle = \"Warned\"\n+++\n\nText\n");
    assert!(!book.build().ends(0).err.contains("warning"));
    assert!(!book.build().ends(0).err.contains("warning"));
}

#[test]
fn errors_in_the_content_end_with_1_and_write_nothing() {
    let book = Book::small();
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nSee [[Secund]].\n");
    let run = book.build().ends(1).says("error[broken-link]").says("did you mean \"second\"?");
    let last = without_numbers(run.last_line());
    assert_eq!(last, "# notes, # error, # warnings in # ms; nothing was written");
    assert!(!book.has("public"));
}

#[test]
fn errors_in_the_configuration_end_with_2() {
    let book = Book::small();
    book.write("book.toml", "titel = \"Small\"\n");
    book.build().ends(2).says("book.toml:1:1").says("did you mean \"title\"?");
    book.remove("book.toml");
    book.build().ends(2).says("there is no book.toml here");
    assert!(!book.has("public"));
}

#[test]
fn what_is_asked_wrongly_ends_with_2() {
    let book = Book::small();
    for arguments in [
        &["build", "--nothing"][..],
        &["bild"],
        &[],
        &["build", "-q", "-v"],
        &["build", "--color", "pink"],
        &["build", "--today", "yesterday"],
        &["build", "--today", "2026-11"],
        &["build", "-u", "example.org"],
        &["build", "-c", "content/index.md"],
        &["build", "-c", "../book.toml"],
    ] {
        assert_eq!(book.run(arguments).ends(2).code, Some(2), "{arguments:?}");
    }
    let mut command = book.command(&["build"]);
    finish(command.env("SOURCE_DATE_EPOCH", "soon")).ends(2).says("SOURCE_DATE_EPOCH");
    let nowhere = Book::new(&[]).root().join("nowhere");
    let mut command = book.command(&["build"]);
    finish(command.arg("-o").arg("out").current_dir("/").arg("--root").arg(nowhere)).ends(2);
    assert!(!book.has("public"));
}

#[test]
fn help_and_version_are_what_was_asked_for() {
    let book = Book::small();
    for arguments in [&["--help"][..], &["build", "--help"], &["--version"]] {
        let run = book.run(arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(run.out.contains("fieldbook") || run.out.contains("Build the site"), "{}", run.out);
    }
}

#[test]
fn what_the_system_refuses_ends_with_3() {
    let book = Book::small();
    book.write("public", "a file where the site should go");
    let said = book.build().ends(3).says("public: this is a file, and the site should").err;
    assert!(!said.contains("os error") && said.contains("--output-dir"), "{said}");
    book.run(&["build", "-o", &book.path("public/site").to_string_lossy()])
        .ends(3)
        .says("public: this is a file");
    assert_eq!(book.read("public"), "a file where the site should go");
    #[cfg(unix)]
    {
        book.remove("public");
        std::os::unix::fs::symlink("nowhere", book.path("public")).expect("a link");
        book.build().ends(3).says("public: this is a link, and the site is never");
    }
}

/// Returns a text with `#` for each number.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out
}
