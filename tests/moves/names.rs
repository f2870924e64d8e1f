//! Notes that links find by their names: their titles, their former addresses, and paths written with other signs.

use crate::MovedBook;
use crate::support::sources;

const BOOK: &str = "title = \"A book\"\n[kinds.note]\nfolder = \"notes\"\n";

fn book(config: &str, notes: &[(&str, &str)]) -> MovedBook {
    let mut files = vec![("book.toml", config), ("content/index.md", "# Home\n")];
    files.extend(notes);
    MovedBook::new(sources(&files))
}

#[test]
fn a_title_from_the_name_of_a_file_is_written_down() {
    let notes = [
        ("content/notes/Clear water.md", "Text.\n"),
        ("content/notes/Old roads.md", "---\ntags: [roads]\n---\n\nText.\n"),
        ("content/notes/Both.md", "---\naliases: [/notes/both-of-them.html]\n---\n\nText.\n"),
        ("content/notes/from.md", "# From\n\n[[Clear water]], [[Old roads]], [[both]]\n"),
    ];
    let mut book = book(BOOK, &notes);
    book.relocate("content/notes/Clear water.md", "content/notes/wells.md", false).expect("moved");
    assert_eq!(book.text("content/notes/wells.md"), "---\ntitle: Clear water\n---\n\nText.\n");
    book.relocate("content/notes/Old roads.md", "content/notes/roads.md", true).expect("moved");
    let roads = book.text("content/notes/roads.md");
    assert!(roads.starts_with("---\ntitle: Old roads\n"), "{roads}");
    assert!(roads.contains("/notes/Old%20roads.html"), "{roads}");
    // Links by a title that stays are left alone.
    book.relocate("content/notes/Both.md", "content/notes/both-of-them.md", false).expect("moved");
    let both = book.text("content/notes/both-of-them.md");
    assert_eq!(both, "---\ntitle: Both\n---\n\nText.\n");
    let from = "# From\n\n[[Clear water]], [[Old roads]], [[both]]\n";
    assert_eq!(book.text("content/notes/from.md"), from);
}

#[test]
fn a_title_goes_above_a_reference_that_moves_too() {
    let config = format!("{BOOK}[kinds.note.fields]\nabout = {{ to = \"note\" }}\n");
    let note = "---\nabout: notes/Old roads/part\n---\n\n[x](./part.md)\n";
    let notes = [
        ("content/notes/Old roads/whole.md", note),
        ("content/notes/Old roads/part.md", "# Part\n"),
        ("content/notes/Old roads/index.md", "Text.\n"),
    ];
    let mut book = book(&config, &notes);
    book.relocate("content/notes/Old roads", "content/notes/roads", false).expect("moved");
    let whole = book.text("content/notes/roads/whole.md");
    assert_eq!(whole, note.replace("Old roads", "roads"));
    let index = book.text("content/notes/roads/index.md");
    assert_eq!(index, "---\ntitle: Old roads\n---\n\nText.\n");
}

#[test]
fn a_path_follows_a_folder_that_is_only_spelled_otherwise() {
    let note = "# From\n\n[a](../Field Work/a.md) [a](<../Field Work/a.md>) [a](../Field%20Work/a.md)\n\
        [[Field Work/a]] [[field-work/a]] [[a]]\n";
    let notes = [("content/Field Work/a.md", "# A title\n"), ("content/notes/from.md", note)];
    let mut book = book(BOOK, &notes);
    book.relocate("content/Field Work", "content/field-work", false).expect("moved");
    let expected = "# From\n\n[a](../Field Work/a.md) [a](<../field-work/a.md>) [a](../field-work/a.md)\n\
        [[field-work/a]] [[field-work/a]] [[a]]\n";
    assert_eq!(book.text("content/notes/from.md"), expected);
}

#[test]
fn a_note_moves_that_a_language_lists_without_a_translation() {
    let config = format!("{BOOK}[languages.ar]\nuntranslated = \"link\"\n");
    let notes = [
        ("content/notes/a.md", "# A\n"),
        ("content/notes/from.md", "# From\n\n[[a]]\n"),
        ("content/notes/from.ar.md", "# من\n\n[[a]] [a](a.md)\n"),
    ];
    let mut book = book(&config, &notes);
    book.relocate("content/notes/a.md", "content/notes/deep/a.md", true).expect("moved");
    let arabic = book.text("content/notes/from.ar.md");
    assert_eq!(arabic, "# من\n\n[[a]] [a](deep/a.md)\n");
}

#[test]
fn a_name_is_written_anew_where_another_language_has_another_title() {
    let config = format!("language = \"en\"\n{BOOK}[languages.fr]\ntitle = \"Un livre\"\n");
    let notes = [
        ("content/notes/wells.md", "+++\ntitle = \"Wells\"\n+++\n\n## Deep ones\n\nText.\n"),
        ("content/notes/wells.fr.md", "+++\ntitle = \"Les puits\"\n+++\n\n## Profonds\n\nTexte.\n"),
        // In French, where this page stands in for a translation, no title is "wells".
        ("content/notes/from.md", "+++\ntitle = \"From\"\n+++\n\n[[wells#Deep ones]]\n"),
    ];
    let mut book = book(&config, &notes);
    book.relocate("content/notes/wells.md", "content/notes/boreholes.md", false).expect("moved");
    let from = book.text("content/notes/from.md");
    assert!(from.ends_with("\n[[boreholes#Deep ones]]\n"), "{from}");
}
