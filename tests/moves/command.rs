//! `fieldbook mv` as people type it.

use crate::support::book::{Book, finish};

#[test]
fn a_note_moves_with_its_links_and_its_old_address_leads_there() {
    let book = Book::small();
    book.write("content/pages/old.md", "+++\ntitle = \"Old\"\n+++\n\nText.\n");
    book.write("content/pages/from.md", "+++\ntitle = \"From\"\n+++\n\nSee [old](old.md).\n");
    let before = book.read("content/pages/from.md");
    let trial =
        finish(&mut book.command(&["mv", "content/pages/old.md", "content/other/", "--dry-run"]));
    assert!(
        trial.err.contains("would move: content/pages/old.md to content/other/old.md"),
        "{}",
        trial.err
    );
    assert!(trial.out.contains("+See [old](../other/old.md)."), "{}", trial.out);
    assert_eq!(book.read("content/pages/from.md"), before);
    book.run(&["mv", "content/pages/old.md", "content/other/"]).ends(0);
    assert!(!book.has("content/pages/old.md"));
    assert_eq!(book.read("content/pages/from.md"), before.replace("old.md", "../other/old.md"));
    book.build().ends(0);
    assert!(book.has("public/other/old.html"));
    assert!(book.read("public/pages/old.html").contains("../other/old.html"));
}

#[test]
fn a_name_and_a_place_below_the_notes_will_do() {
    let book = Book::small();
    book.write("content/pages/old.md", "+++\ntitle = \"The old one\"\n+++\n\nText.\n");
    let json =
        finish(&mut book.command(&["mv", "The old one", "other/new", "--json", "--no-alias"]));
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["moves"][0]["to"], "content/other/new.md");
    assert_eq!(json["edits"], serde_json::json!([]));
    assert!(book.has("content/other/new.md"));
    assert!(!book.path("content/pages").exists(), "an empty folder is left");
}

#[test]
fn the_home_page_moves_without_its_address() {
    let book = Book::small();
    book.write("content/index.md", "+++\ntitle = \"Start\"\n+++\n\nText.\n");
    let refused = book.run(&["mv", "content/index.md", "content/pages/about.md"]).ends(2);
    assert!(refused.err.contains("is the page of its folder"), "{}", refused.err);
    assert!(refused.err.contains("index.html") && refused.err.contains("add --no-alias"));
    assert!(!refused.err.contains("same-address"), "{}", refused.err);
    book.run(&["mv", "content/index.md", "content/pages/about.md", "--no-alias"]).ends(0);
    assert!(book.has("content/pages/about.md"));
    book.build().ends(0);
}

#[test]
fn what_cannot_be_moved_says_why() {
    let book = Book::small();
    book.write("content/pages/a.md", "+++\ntitle = \"A\"\n+++\n");
    book.write("content/pages/b.md", "+++\ntitle = \"B\"\n+++\n");
    let cases: [(&str, &str, &str); 5] = [
        ("content/pages/a.md", "content/pages/b.md", "is there already"),
        ("content/pages/nothing.md", "content/pages/c.md", "nothing.md"),
        ("content/pages/a.md", "/elsewhere/a.md", "is not in the book"),
        ("book.toml", "content/pages/c.md", "is not a note"),
        ("content/pages", "content/pages/deeper", "into itself"),
    ];
    for (old, new, why) in cases {
        let refused = book.run(&["mv", old, new]).ends(2);
        assert!(refused.err.contains(why), "{old} to {new}: {}", refused.err);
    }
    assert!(book.has("content/pages/a.md") && book.has("content/pages/b.md"));
}
