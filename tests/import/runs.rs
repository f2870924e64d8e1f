//! `fieldbook import`: what it writes, and what it leaves alone.

use crate::support::book::{Book, Run};
use crate::{folder, support};

fn import(book: &Book, format: &str, arguments: &[&str]) -> Run {
    let source = folder(format).join("source").display().to_string();
    book.run(&[&["import", format, &source], arguments].concat())
}

#[test]
fn a_second_import_changes_nothing() {
    let source = support::read_tree(&folder("hugo").join("source"));
    let book = Book::new(&[]);
    let run = import(&book, "hugo", &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("put a command into a comment"), "{}", run.out);
    let first = support::read_tree(book.root());
    let run = import(&book, "hugo", &[]);
    assert!(run.err.contains("nothing to change"), "{}", run.err);
    assert_eq!(support::read_tree(book.root()), first);
    assert_eq!(support::read_tree(&folder("hugo").join("source")), source, "the source");
    book.build().ends(0);
}

#[test]
fn a_new_book_has_the_files_that_init_makes() {
    let book = Book::new(&[(".gitignore", "mine\n")]);
    import(&book, "mkdocs", &[]).says(".gitignore is there already and was left as it is");
    assert_eq!(book.read(".gitignore"), "mine\n");
    book.run(&["ci", "github", "--check"]).ends(0);
    for file in ["CONTRIBUTING.md", ".editorconfig", ".vscode/book.schema.json"] {
        assert!(book.has(file), "{file}");
    }
    book.remove("CONTRIBUTING.md");
    import(&book, "mkdocs", &[]).says("nothing to change");
    assert!(!book.has("CONTRIBUTING.md"), "the book is there already");
}

#[test]
fn a_dry_run_writes_nothing() {
    let book = Book::new(&[]);
    let run = import(&book, "mkdocs", &["--dry-run"]);
    assert!(run.err.contains("would be written"), "{}", run.err);
    assert!(support::read_tree(book.root()).is_empty());
}

#[test]
fn a_file_with_other_content_is_left_as_it_is() {
    let book = Book::new(&[]);
    import(&book, "mdbook", &[]);
    let (note, text) = ("content/first/tools.md", "---\ntitle: The tools\n---\n\nChanged here.\n");
    book.write(note, text);
    book.remove("content/index.md");
    let run = import(&book, "mdbook", &[]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.out.contains("content/first/tools.md: left as it is in the book"), "{}", run.out);
    assert!(run.err.contains("1 file written, 1 file left"), "{}", run.err);
    assert_eq!(book.read(note), text);
    assert!(book.has("content/index.md"));
}

#[test]
fn notes_go_where_they_are_asked_to() {
    let book = Book::small();
    let report = book.path("report.txt").display().to_string();
    import(&book, "docx", &["--kind", "lesson", "--report", &report]).ends(0);
    assert!(book.has("content/lessons/minutes.md"));
    assert!(book.read("report.txt").contains("put into a comment: deleted: never"));
    import(&book, "quarto", &["--into", "old/notes", "--report", &report]).ends(0);
    assert!(book.read("content/old/notes/index.md").contains("(methods/counting.md#sec-count)"));
    let run = import(&book, "html", &["--kind", "lessn"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("did you mean lesson?"), "{}", run.err);
    let run = import(&book, "html", &["--into", "../out"]);
    assert_eq!(run.code, Some(2));
}

#[test]
fn a_source_in_the_book_is_refused() {
    let book = Book::small();
    let source = book.path("content/lessons").display().to_string();
    let run = book.run(&["import", "obsidian", &source]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("lie in each other"), "{}", run.err);
}

#[test]
fn what_no_book_may_have_becomes_text() {
    let (book, source) = (Book::new(&[]), Book::new(&[]));
    source.write("a.md", "A formula $\\TeX\\q$ and [a link](javascript:alert\\(1\\)).\n");
    let place = source.root().display().to_string();
    let run = book.run(&["import", "obsidian", &place]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let note = book.read("content/a.md");
    assert!(
        note.contains("A formula `\\TeX\\q` and a link (`javascript:alert\\(1\\)`)."),
        "{note}"
    );
    assert!(run.out.contains("javascript:alert"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn links_of_the_system_are_not_followed() {
    let (book, source, other) = (Book::new(&[]), Book::new(&[]), Book::small());
    source.write("a.md", "See [b](b.md).\n");
    std::os::unix::fs::symlink(other.path("content/index.md"), source.path("b.md"))
        .expect("a link");
    std::os::unix::fs::symlink(other.path("content"), source.path("c")).expect("a link");
    let run = book.run(&["import", "obsidian", &source.root().display().to_string()]);
    assert!(run.out.contains("b.md: left out: it is a link"), "{}", run.out);
    assert!(!book.has("content/b.md") && !book.has("content/c"));
}
