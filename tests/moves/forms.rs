//! Each form of a link stays the form that it was.

use crate::MovedBook;
use crate::support::sources;

const BOOK: &str = "title = \"A book\"\nlanguages = [\"fr\"]\nmenu = [\"lesson\", \"guides/water\"]\n\n\
    [kinds.lesson]\nfolder = \"lessons\"\n[kinds.lesson.fields]\nguide = { to = \"guide\" }\n\
    [kinds.guide]\nfolder = \"guides\"\n";

/// Returns a book with these texts in notes, besides the notes to which they link.
fn book(notes: &[(&str, &str)]) -> MovedBook {
    let mut files = vec![
        ("book.toml", BOOK),
        ("content/index.md", "+++\ntitle = \"Home\"\n+++\n"),
        (
            "content/guides/water.md",
            "+++\ntitle = \"Water guide\"\n+++\n\n## Deep wells\n\nText. ^one\n",
        ),
        ("content/guides/water.fr.md", "+++\ntitle = \"Guide de l'eau\"\n+++\n"),
        ("content/guides/deep/roads.md", "+++\ntitle = \"Roads\"\n+++\n"),
        ("content/guides/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ];
    files.extend(notes);
    MovedBook::new(sources(&files))
}

/// Moves a file, and compares the text of the note that links.
fn check(old: &str, new: &str, note: &str, before: &str, after: &str) {
    let head = "+++\ntitle = \"From\"\n+++\n\n";
    let text = format!("{head}{before}\n");
    let mut book = book(&[(note, &text)]);
    let moved = book.relocate(old, new, false);
    let moved = moved.unwrap_or_else(|error| panic!("{before}: {error:?}"));
    let now = if old == note { new } else { note };
    assert_eq!(book.text(now), format!("{head}{after}\n"), "{before}, {moved:?}");
}

#[test]
fn a_link_keeps_its_form() {
    let forms = [
        ("[a](../guides/water.md)", "[a](../guides/deep/wells.md)"),
        ("[a](../guides/water.md#deep-wells)", "[a](../guides/deep/wells.md#deep-wells)"),
        ("[a](../guides/water)", "[a](../guides/deep/wells)"),
        ("[a](../guides/water.html \"title\")", "[a](../guides/deep/wells.html \"title\")"),
        ("[a](/guides/water.md)", "[a](/guides/deep/wells.md)"),
        ("[a](guides/water.md)", "[a](guides/deep/wells.md)"),
        ("[a](<../guides/water.md>)", "[a](<../guides/deep/wells.md>)"),
        ("[a](../guides/water.fr.md)", "[a](../guides/deep/wells.fr.md)"),
        ("[a][b]\n\n[b]: ../guides/water.md", "[a][b]\n\n[b]: ../guides/deep/wells.md"),
        ("[b] and [b]\n\n[b]: ../guides/water.md", "[b] and [b]\n\n[b]: ../guides/deep/wells.md"),
        ("[[guides/water]]", "[[guides/deep/wells]]"),
        ("[[guides/water|text]]", "[[guides/deep/wells|text]]"),
        ("[[guides/water#Deep wells|text]]", "[[guides/deep/wells#Deep wells|text]]"),
        ("[[water]] and [[Water#^one]]", "[[wells]] and [[wells#^one]]"),
        ("[[water|deep water]]", "[[wells|deep water]]"),
        ("[water](water)", "[water](wells)"),
        ("![[water]]", "![[wells]]"),
        ("![[water#Deep wells]]", "![[wells#Deep wells]]"),
        ("<a href=\"../guides/water.html\">a</a>", "<a href=\"../guides/deep/wells.html\">a</a>"),
        ("| a |\n|---|\n| [[guides/water\\|t]] |", "| a |\n|---|\n| [[guides/deep/wells\\|t]] |"),
        // These lead there by a name that it keeps.
        ("[[Water guide]]", "[[Water guide]]"),
        ("[[Guide de l'eau]]", "[[Guide de l'eau]]"),
        // These lead nowhere, or elsewhere.
        (
            "`[[water]]` and [b](https://example.org/guides/water.md)",
            "`[[water]]` and [b](https://example.org/guides/water.md)",
        ),
    ];
    for (before, after) in forms {
        check(
            "content/guides/water.md",
            "content/guides/deep/wells.md",
            "content/lessons/from.md",
            before,
            after,
        );
    }
}

#[test]
fn a_path_is_encoded_as_its_link_needs() {
    let forms = [
        ("[a](../guides/water.md)", "[a](../guides/Old%20wells%20%28Äbc%29.md)"),
        ("[a](<../guides/water.md>)", "[a](<../guides/Old wells (Äbc).md>)"),
        ("[[guides/water]]", "[[guides/Old wells (Äbc)]]"),
    ];
    for (before, after) in forms {
        check(
            "content/guides/water.md",
            "content/guides/Old wells (Äbc).md",
            "content/lessons/from.md",
            before,
            after,
        );
    }
}

#[test]
fn links_of_a_moved_note_start_from_its_new_folder() {
    let forms = [
        ("[a](../guides/water.md)", "[a](../../guides/water.md)"),
        ("[a](from.md#x)", "[a](moved.md#x)"),
        ("[a](../guides/plan.svg)", "[a](../../guides/plan.svg)"),
        ("![a](../guides/plan.svg)", "![a](../../guides/plan.svg)"),
        (
            "[[water]] and [a](#part) and [a](/guides/water.md)",
            "[[water]] and [a](#part) and [a](/guides/water.md)",
        ),
    ];
    for (before, after) in forms {
        check(
            "content/lessons/from.md",
            "content/lessons/deep/moved.md",
            "content/lessons/from.md",
            before,
            after,
        );
    }
}

#[test]
fn a_picture_takes_its_links_along() {
    let forms = [
        ("![a](../guides/plan.svg)", "![a](../pictures/map.svg)"),
        ("![[plan.svg]]", "![[map.svg]]"),
        ("![a](/guides/plan.svg)", "![a](/pictures/map.svg)"),
    ];
    for (before, after) in forms {
        check(
            "content/guides/plan.svg",
            "content/pictures/map.svg",
            "content/lessons/from.md",
            before,
            after,
        );
    }
}

#[test]
fn front_matter_and_the_configuration_follow() {
    let toml = "+++\ntitle = \"L\"\nguide = \"water\" # why\nsupersedes = ['[[guides/water]]']\n\n\
        [[sources]]\nref = \"../guides/water.md\"\nlocator = \"p. 1\"\n+++\n";
    let yaml = "---\ntitle: M\nguide: \"[[water]]\"\nsupersedes:\n  - guides/water\n---\n";
    let mut book = book(&[("content/lessons/l.md", toml), ("content/lessons/m.md", yaml)]);
    book.relocate("content/guides/water.md", "content/guides/deep/wells.md", true).expect("moved");
    let now = book.text("content/lessons/l.md");
    let expected = toml
        .replace("\"water\"", "\"wells\"")
        .replace("[[guides/water]]", "[[guides/deep/wells]]")
        .replace("../guides/water.md", "../guides/deep/wells.md");
    assert_eq!(now, expected);
    let expected =
        yaml.replace("[[water]]", "[[wells]]").replace("guides/water", "guides/deep/wells");
    assert_eq!(book.text("content/lessons/m.md"), expected);
    let config = BOOK.replace("guides/water", "guides/deep/wells");
    assert_eq!(book.text("book.toml"), config);
    let moved = book.text("content/guides/deep/wells.md");
    assert!(moved.contains("aliases = [\"/guides/water.html\"]"), "{moved}");
    let french = book.text("content/guides/deep/wells.fr.md");
    assert!(french.contains("aliases = [\"/fr/guides/water.html\"]"), "{french}");
}

#[test]
fn the_folder_of_a_kind_can_be_moved() {
    let mut book = book(&[(
        "content/lessons/l.md",
        "---\ntitle: L\nguide: water\n---\n\n[[guides/deep/roads]]\n",
    )]);
    book.relocate("content/guides", "content/handbook/guides", false).expect("moved");
    let config = BOOK
        .replace("\"guides\"", "\"handbook/guides\"")
        .replace("guides/water", "handbook/guides/water");
    assert_eq!(book.text("book.toml"), config);
    assert!(book.text("content/lessons/l.md").contains("[[handbook/guides/deep/roads]]"));
}

#[test]
fn a_move_that_breaks_something_is_refused() {
    // The kind of the field is another in the new folder.
    let note = "---\ntitle: L\nguide: water\n---\n";
    let mut book = book(&[("content/lessons/l.md", note)]);
    let refused = book.relocate("content/guides/water.md", "content/lessons/water.md", true);
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(book.text("content/lessons/l.md"), note);
    book.text("content/guides/water.md");
}
