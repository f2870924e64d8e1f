//! Messages that quote names and texts of strangers, and arguments, which may be such names.
#![cfg(unix)]

use crate::support::book::{Book, Run, finish};
use crate::support::harmless::{HOSTILE, faults, quoted};

/// Fails the test if the output is harmful.
#[track_caller]
fn harmless(run: &Run, commands: &[&str]) {
    let mut found = faults(&run.out, commands);
    found.extend(faults(&run.err, &[]));
    assert_eq!(found, [""; 0], "\nout: {:?}\nerr: {:?}", run.out, run.err);
}

/// Returns a book with a note for each text: in its title, its words and its file name.
fn book(text: &str) -> Book {
    let book = Book::small();
    for (at, hostile) in HOSTILE.iter().enumerate() {
        let shown: String = hostile.chars().filter(|c| !c.is_control()).collect();
        let said = hostile.replace('\0', "");
        let note = format!("+++\ntitle = {}\n+++\n\nZebra {said} {text}\n", quoted(&shown));
        let name = said.replace('/', "-");
        book.write(&format!("content/{name}/{at}.md"), &note);
        book.write(&format!("content/lessons/{name}.md"), &note);
    }
    book
}

#[test]
fn a_report_is_harmless() {
    let book = book("[[nothing]]");
    for format in ["human", "line", "json", "sarif", "github", "gitlab"] {
        let run = book.run(&["check", "--color", "never", "--format", format]);
        assert_eq!(run.code, Some(1), "{}", run.err);
        harmless(&run, &["::error file=", "::warning file="]);
        let said = format!("{}{}", run.out, run.err);
        assert!(said.contains("<U+202E>") && said.contains("nothing"), "{format}: {said}");
    }
    harmless(&book.build().ends(1), &[]);
    harmless(&book.run(&["build", "-v", "--color", "never"]).ends(1), &[]);
    // The program's colours are the only codes that reach a terminal.
    let colored = book.run(&["build", "--color", "always"]).ends(1).err;
    let codes =
        colored.split('\x1b').skip(1).map(|rest| rest.split_once('m').map_or(rest, |c| c.0));
    for code in codes {
        assert!(["[0", "[1", "[91", "[94", "[33", "[93"].contains(&code), "{code:?}");
    }
}

#[test]
fn what_is_said_of_a_site_is_harmless() {
    let book = book("");
    harmless(&book.run(&["build", "-v"]).ends(0), &[]);
    // The report is saved, and shown again.
    harmless(&book.run(&["build", "-v"]).ends(0).says("bidi-control"), &[]);
    let listed = book.run(&["list", "search", "zebra", "-n", "100"]);
    harmless(&listed, &[]);
    assert!(listed.out.lines().count() > HOSTILE.len(), "{}", listed.out);
}

#[test]
fn what_is_said_of_arguments_is_harmless() {
    let book = Book::small();
    for hostile in HOSTILE.iter().filter(|hostile| !hostile.contains('\0')) {
        for arguments in [
            &["build", "-u", hostile][..],
            &["build", "--today", hostile],
            &["build", "-c", hostile],
            &["build", "-c", &format!("{hostile}.toml")],
            &["build", "-o", &book.path(&format!("content/{hostile}")).to_string_lossy()],
            &["build", "--color", hostile],
            &["build", hostile],
            &[hostile],
            &["build", &format!("--{hostile}")],
            &["check", hostile],
            &["check", "--baseline", hostile],
            &["check", "--format", hostile],
            &["explain", hostile],
            &["schema", "--kind", hostile],
            &["serve", "-p", hostile],
            &["serve", "-i", hostile],
            &["list", "search", "x", "-n", hostile],
        ] {
            harmless(&book.run(arguments).ends(2), &[]);
        }
        let mut command = book.command(&["build"]);
        harmless(&finish(command.env("SOURCE_DATE_EPOCH", hostile)).ends(2), &[]);
    }
}

/// Tests the messages that name a file that can't be read or written.
#[test]
fn what_is_said_of_the_system_is_harmless() {
    for hostile in HOSTILE.iter().filter(|hostile| !hostile.contains(['\0', '/'])) {
        let book = Book::small();
        let file = book.path(&format!("out {hostile}"));
        std::fs::write(&file, "a file").expect("a file");
        let run = book.run(&["build", "-o", file.to_str().expect("text")]).ends(3);
        harmless(&run, &[]);
    }
}

#[test]
fn a_schema_is_harmless() {
    let book = Book::small();
    let title = "##[error]x \u{202e}\u{200b}";
    let kind =
        format!("title = \"x\"\n[kinds.lesson]\nfolder = \"lessons\"\ntitle = \"{title}\"\n");
    book.write("book.toml", kind);
    let run = book.run(&["schema", "--kind", "lesson"]);
    harmless(&run, &[]);
    assert!(run.out.contains("\\u0023#[error]x"), "{}", run.out);
}
