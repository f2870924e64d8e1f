//! Books whose notes stay where they are: in another folder than `content`, without kinds, without front matter.

use crate::support;
use crate::support::book::Book;

/// Makes a book of files, and builds it.
fn built(files: &[(&str, &str)]) -> Book {
    let book = Book::new(files);
    book.build().ends(0);
    book
}

#[test]
fn a_vault_stays_where_it_is() {
    let book = built(&[
        ("book.toml", "title = \"Vault\"\ncontent = \".\"\n"),
        ("Notes/One.md", "# The first\n\nSee [[two]].\n"),
        ("Notes/two.md", "---\naliases: [second]\n---\n\nText.\n"),
        ("start here.md", "Text.\n"),
        ("themes/mine/notes.md", "# No note\n"),
        ("static/asked.txt", "x"),
        (".obsidian/plugin.md", "# No note\n"),
        ("public/old.md", "# No note\n"),
    ]);
    let page = |path: &str| book.read(&format!("public/{path}"));
    let first = page("Notes/One.html");
    assert_eq!(first.matches("<h1").count(), 1, "{first}");
    assert_eq!(first.matches("The first</h1>").count(), 1, "{first}");
    assert!(first.contains("two.html"), "{first}");
    // A file without a heading is called like its file.
    assert!(page("Notes/two.html").contains("Two</h1>"));
    assert!(page("start here.html").contains("start here</h1>"));
    assert_eq!(page("asked.txt"), "x");
    // The home page leads to the folder, and lists what lies beside it.
    let home = page("index.html");
    assert!(home.contains("href=\"Notes/index.html\""), "{home}");
    assert!(home.contains("start%20here.html"), "{home}");
    for path in ["themes", "old.html", "public", ".obsidian", "static", "book.toml"] {
        assert!(!book.has(&format!("public/{path}")), "{path}");
    }
    // What was built is no part of the book the next time.
    book.build().ends(0);
    assert!(!book.has("public/public"));
}

#[test]
fn a_site_is_not_written_among_the_notes() {
    let book =
        Book::new(&[("book.toml", "title = \"Vault\"\ncontent = \".\"\n"), ("one.md", "# One\n")]);
    let out = book.path("site");
    let run = book.run(&["build", "-o", out.to_str().expect("text")]);
    run.ends(2).says("can't be written over the book");
}

#[test]
fn notes_may_lie_in_a_folder_of_another_name() {
    let book = built(&[
        (
            "book.toml",
            "title = \"Docs\"\ncontent = \"docs\"\nedit-url = \"https://example.org/{path}\"\n",
        ),
        ("docs/index.md", "# Welcome\n\nText.\n"),
        (
            "docs/guides/first-steps.md",
            "First steps\n===========\n\nText with [a link](../index.md).\n",
        ),
        ("content/other.md", "# No note\n"),
    ]);
    let page = book.read("public/guides/first-steps.html");
    assert!(page.contains("https://example.org/docs/guides/first-steps.md"), "{page}");
    assert!(page.contains("First steps</h1>"), "{page}");
    assert!(page.contains("href=\"../guides/index.html\">Guides</a>"), "{page}");
    assert!(!book.has("public/other.html"));
    book.write("docs/bad.md", "# Bad\n\n[[nobody]]\n");
    let found = book.run(&["check", "--format", "line"]);
    assert_eq!(found.code, Some(1), "{}", found.err);
    assert!(found.out.starts_with("docs/bad.md:3:1: error[broken-link]"), "{}", found.out);
}

#[test]
fn a_folder_that_appears_becomes_a_kind() {
    let files = [("book.toml", "title = \"B\"\n"), ("content/a/one.md", "# One\n")];
    let more = [("content/b/two.md", "# Two\n")];
    let (mut workspace, site) = support::open(support::sources(&files), support::options());
    let mut site = site.expect("a site");
    let edits = support::sources(&more).into_files();
    let edits = edits.map(fieldbook::source::SourceEdit::Put).collect();
    support::make(&mut site, workspace.apply(edits).expect("a site"));
    let (_, clean) =
        support::open(support::sources(&[files[0], files[1], more[0]]), support::options());
    assert_eq!(site, clean.expect("a site"));
}

#[test]
fn a_key_of_another_program_is_reported_once() {
    let note = |title: &str| format!("---\ntitle: {title}\ntags: [x]\n---\n\nText.\n");
    let (one, two) = (note("One"), note("Two"));
    let open = |book: &str| {
        let files = [("book.toml", book), ("content/one.md", &one), ("content/two.md", &two)];
        support::lines(&support::open(support::sources(&files), support::options()).0)
    };
    let said = open("title = \"B\"\n");
    assert_eq!(said.matches("[unknown-key]").count(), 1, "{said}");
    assert!(said.contains("nothing here is called \"tags\", and 2 notes have it"), "{said}");
    let allowed = open("title = \"B\"\n[check]\nunknown-key = { allow = [\"tags\"] }\n");
    assert!(!allowed.contains("unknown-key"), "{allowed}");
}
