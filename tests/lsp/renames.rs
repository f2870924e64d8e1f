//! Renames: of notes, titles, headings, blocks and footnotes, from both ends of a link, there and back.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::client::{Editor, abilities};
use crate::support::book::Book;
use crate::world::{LINKED, apply};

/// Returns the files of a book.
pub(crate) fn files(book: &Book) -> BTreeMap<String, String> {
    let tree = crate::support::read_tree(book.root());
    tree.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).expect("text"))).collect()
}

/// Gives the thing after `before` in a file another name, and returns the book after it.
#[track_caller]
pub(crate) fn rename(book: &Book, path: &str, before: &str, new: &str) -> BTreeMap<String, String> {
    let mut editor = Editor::without_addresses(book);
    let text = editor.open_file(path);
    let mut place = editor.after(path, &text, before);
    place["newName"] = json!(new);
    let edit = editor.ask("textDocument/rename", place);
    apply(&editor, &edit);
    book.run(&["check", "-q", "--today", "2026-11-22"]).ends(0);
    files(book)
}

#[test]
fn a_note_is_renamed_from_a_link_and_back() {
    let book = Book::new(LINKED);
    let before = files(&book);
    let after = rename(&book, "content/lessons/first.md", "[[wat", "clean-water");
    assert!(!after.contains_key("content/themes/water.md"));
    assert_eq!(after["content/themes/clean-water.md"], before["content/themes/water.md"]);
    let first = &after["content/lessons/first.md"];
    for link in [
        "[[clean-water]]",
        "(../themes/clean-water.md#pumps)",
        "[[clean-water#^deep]]",
        "![[clean-water#Pumps]]",
        "[w]: ../themes/clean-water.html#old-wells",
        "themes = [\"clean-water\"]",
    ] {
        assert!(first.contains(link), "{link} in {first}");
    }
    assert!(after["content/themes/wells.md"].contains("[[clean-water#Wells#Old wells|old ones]]"));
    // Its title is still a name for it.
    assert!(after["content/lessons/second.md"].contains("[[Safe water]]"));
    let back = rename(&book, "content/lessons/first.md", "[[clean", "water");
    assert_eq!(back, before);
}

#[test]
fn the_former_address_of_a_note_lives_on() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let text = editor.open_file("content/lessons/first.md");
    let mut place = editor.after("content/lessons/first.md", &text, "[[wat");
    place["newName"] = json!("clean-water");
    let edit = editor.ask("textDocument/rename", place);
    apply(&editor, &edit);
    let note = book.read("content/themes/clean-water.md");
    assert!(note.contains("aliases = [\"/themes/water.html\"]"), "{note}");
}

#[test]
fn a_title_is_renamed_with_the_links_that_use_it() {
    let book = Book::new(LINKED);
    let before = files(&book);
    let after = rename(&book, "content/themes/water.md", "title = \"Sa", "Clean water");
    assert!(after["content/themes/water.md"].contains("title = \"Clean water\""));
    assert!(after["content/lessons/second.md"].contains("[[Clean water]]"));
    let changed = before.iter().filter(|(path, text)| after.get(*path) != Some(text)).count();
    assert_eq!(changed, 2);
    assert_eq!(rename(&book, "content/themes/water.md", "title = \"Cl", "Safe water"), before);
}

#[test]
fn a_heading_is_renamed_from_both_ends_and_back() {
    let book = Book::new(LINKED);
    let before = files(&book);
    let after = rename(&book, "content/themes/water.md", "## Wel", "Deep wells");
    let wells = &after["content/themes/wells.md"];
    assert!(
        wells.contains("[[water#Deep wells]] and [[water#Deep wells#Old wells|old ones]]"),
        "{wells}"
    );
    assert_eq!(rename(&book, "content/themes/wells.md", "[[water#De", "Wells"), before);
    let after = rename(&book, "content/lessons/first.md", "(../themes/water.md#pu", "Hand pumps");
    assert!(after["content/themes/water.md"].contains("## Hand pumps\n"));
    let first = &after["content/lessons/first.md"];
    assert!(
        first.contains("(../themes/water.md#hand-pumps)")
            && first.contains("![[water#Hand pumps]]"),
        "{first}"
    );
    assert_eq!(rename(&book, "content/themes/water.md", "## Hand", "Pumps"), before);
}

#[test]
fn signs_that_belong_to_a_heading_stay() {
    let book = Book::new(LINKED);
    let text = "+++\ntitle = \"The wells\"\naliases = [\"Boreholes\"]\n+++\n\n## C#\n\n## #1 choice\n\n## Closed ##\n\n[[water#Wells]]\n";
    book.write("content/themes/wells.md", text);
    let after = rename(&book, "content/themes/wells.md", "## C", "F#");
    assert!(after["content/themes/wells.md"].contains("\n## F#\n"));
    let after = rename(&book, "content/themes/wells.md", "## #1", "2nd choice");
    assert!(after["content/themes/wells.md"].contains("\n## 2nd choice\n"));
    let after = rename(&book, "content/themes/wells.md", "## Cl", "Shut");
    assert!(after["content/themes/wells.md"].contains("\n## Shut ##\n"));
}

#[test]
fn blocks_and_footnotes_are_renamed() {
    let book = Book::new(LINKED);
    let before = files(&book);
    let after = rename(&book, "content/themes/water.md", " ^de", "depth");
    assert!(after["content/lessons/first.md"].contains("[[water#^depth]]"));
    assert_eq!(rename(&book, "content/lessons/first.md", "[[water#^de", "deep"), before);
    let after = rename(&book, "content/lessons/first.md", "A note.[^o", "said");
    let first = &after["content/lessons/first.md"];
    assert!(first.contains("A note.[^said]") && first.contains("[^said]: Said"), "{first}");
    assert_eq!(rename(&book, "content/lessons/first.md", "[^sa", "one"), before);
}

#[test]
fn files_that_an_editor_moves_keep_their_links() {
    let book = Book::new(LINKED);
    let before = files(&book);
    let will_rename = |old: &str, new: &str| {
        let mut editor = Editor::without_addresses(&book);
        let moved = json!({ "oldUri": editor.uri(old), "newUri": editor.uri(new) });
        let edit = editor.ask("workspace/willRenameFiles", json!({ "files": [moved] }));
        let moves = |step: &&Value| step["kind"] == "rename";
        assert_eq!(
            edit["documentChanges"].as_array().expect("steps").iter().filter(moves).count(),
            0
        );
        apply(&editor, &edit);
        std::fs::create_dir_all(book.path(new).parent().expect("a folder")).expect("a folder");
        std::fs::rename(book.path(old), book.path(new)).expect("a file that moves");
        book.run(&["check", "-q", "--today", "2026-11-22"]).ends(0);
        files(&book)
    };
    let after = will_rename("content/themes", "content/topics");
    assert!(after["book.toml"].contains("folder = \"topics\""));
    assert!(after["content/lessons/first.md"].contains("(../topics/water.md#pumps)"));
    assert_eq!(will_rename("content/topics", "content/themes"), before);
    let after = will_rename("content/lessons/second.md", "content/lessons/next.md");
    assert!(after["content/lessons/first.md"].contains("ref = \"/lessons/next\""));
    assert_eq!(will_rename("content/lessons/next.md", "content/lessons/second.md"), before);
}

#[test]
fn what_can_not_be_renamed_is_refused_with_the_reason() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/first.md";
    let text = editor.open_file(path);
    let mut refused = |before: &str, new: &str| {
        let mut place = editor.after(path, &text, before);
        place["newName"] = json!(new);
        editor.refused("textDocument/rename", place)
    };
    assert!(refused("[[wat", "wells").contains("is there already"));
    assert!(refused("[[wat", " ").contains("not empty"));
    assert!(refused("\nsett", "place").contains("configuration"));
    assert!(refused("é", "x").contains("nothing here"));
    let place = editor.after(path, &text, "é");
    assert!(editor.refused("textDocument/prepareRename", place).contains("nothing here"));
    let place = editor.after(path, &text, "[[wat");
    assert_eq!(editor.ask("textDocument/prepareRename", place)["placeholder"], "water");
    // The book is as it was.
    let place = editor.after(path, &text, "[[wat");
    assert!(
        editor.ask("textDocument/definition", place)[0]["uri"]
            .as_str()
            .is_some_and(|uri| uri.ends_with("water.md"))
    );
}

#[test]
fn an_editor_that_can_not_move_files_is_told_so() {
    let book = Book::new(LINKED);
    let mut abilities = abilities("utf-8");
    abilities["workspace"] = json!({});
    let mut editor = Editor::with(&book, abilities);
    let path = "content/lessons/first.md";
    let text = editor.open_file(path);
    let mut place = editor.after(path, &text, "[[wat");
    place["newName"] = json!("clean-water");
    assert!(editor.refused("textDocument/rename", place).contains("fieldbook mv"));
    let mut place = editor.after(path, &text, "(../themes/water.md#pu");
    place["newName"] = json!("Hand pumps");
    let edit = editor.ask("textDocument/rename", place);
    assert_eq!(edit["changes"].as_object().expect("changes").len(), 2);
}
