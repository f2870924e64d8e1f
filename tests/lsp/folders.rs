//! Several folders with a book each, and books that come and go while texts are open.

use serde_json::{Value, json};

use crate::client::Editor;
use crate::support::book::Book;

/// Two books beside each other, and a folder without one.
const BESIDE: &[(&str, &str)] = &[
    ("one/book.toml", "title = \"One\"\n"),
    ("one/content/index.md", "+++\ntitle = \"First home\"\n+++\n\n[[nowhere]] [[other]]\n"),
    ("one/content/other.md", "+++\ntitle = \"Other of one\"\n+++\n\nText.\n"),
    ("two/book.toml", "title = \"Two\"\n"),
    ("two/content/index.md", "+++\ntitle = \"Second home\"\n+++\n\n[[gone]] [[other]]\n"),
    ("two/content/other.md", "+++\ntitle = \"Other of two\"\n+++\n\nText.\n"),
    ("none/content/index.md", "+++\ntitle = \"No home\"\n+++\n\n[[other]]\n"),
    ("none/content/other.md", "+++\ntitle = \"Other of none\"\n+++\n\n[[index]]\n"),
];

/// Returns what is shown of the link after `before` in a file.
fn hover(editor: &mut Editor<'_>, path: &str, text: &str, before: &str) -> String {
    let place = editor.after(path, text, before);
    let found = editor.ask("textDocument/hover", place);
    found["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

/// Returns whether a problem is a broken link.
fn is_broken(found: &[Value]) -> bool {
    found.iter().any(|problem| problem["code"] == "broken-link")
}

/// Tells the server that folders were added or removed.
fn change_folders(editor: &mut Editor<'_>, added: &[&str], removed: &[&str]) {
    let list = |names: &[&str]| -> Vec<Value> {
        names.iter().map(|name| json!({ "uri": editor.uri(name), "name": name })).collect()
    };
    let event = json!({ "added": list(added), "removed": list(removed) });
    editor.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
}

#[test]
fn each_folder_has_its_own_book() {
    let around = Book::new(BESIDE);
    let mut editor = Editor::with_folders(&around, &["one", "two", "none"]);
    let changes = &editor.greeting["capabilities"]["workspace"]["workspaceFolders"];
    assert_eq!(changes["changeNotifications"], true);
    editor.problems("one/content/index.md", is_broken);
    editor.problems("two/content/index.md", is_broken);
    for (name, title) in [("one", "Other of one"), ("two", "Other of two")] {
        let path = format!("{name}/content/index.md");
        let text = editor.open_file(&path);
        assert!(hover(&mut editor, &path, &text, "[[oth").contains(title));
        // A name that is completed is looked up in the book that offered it.
        let place = editor.after(&path, &text, "[[oth");
        let list = editor.ask("textDocument/completion", place.clone());
        let item = editor.ask("completionItem/resolve", list["items"][0].clone());
        assert!(item["label"].as_str().is_some_and(|label| label == title), "{item}");
        let mut place = place;
        place["newName"] = json!("another");
        let edit = editor.ask("textDocument/rename", place);
        let files = edit["documentChanges"].to_string();
        assert!(files.contains(&format!("{name}/content/another.md")), "{files}");
    }
    let found = editor.ask("workspace/symbol", json!({ "query": "other of" }));
    let mut names: Vec<&str> =
        found.as_array().expect("notes").iter().filter_map(|note| note["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Other of one", "Other of two"]);
    let all = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let of = |name: &str| all["items"].to_string().contains(&format!("{name}/content/index.md"));
    assert!(of("one") && of("two") && !of("none"), "{all}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn folders_are_added_and_removed() {
    let around = Book::new(BESIDE);
    let mut editor = Editor::with_folders(&around, &["one"]);
    editor.problems("one/content/index.md", is_broken);
    change_folders(&mut editor, &["two"], &[]);
    editor.problems("two/content/index.md", is_broken);
    // What is closed has no problems any more.
    change_folders(&mut editor, &[], &["two"]);
    editor.problems("two/content/index.md", <[Value]>::is_empty);
    let found = editor.ask("workspace/symbol", json!({ "query": "other of" }));
    assert_eq!(found.as_array().expect("notes").len(), 1, "{found}");
    // A book stays as long as a text of it is open, in a folder of the editor or not.
    let path = "two/content/index.md";
    let text = editor.open_file(path);
    assert!(hover(&mut editor, path, &text, "[[oth").contains("Other of two"));
    change_folders(&mut editor, &[], &["one"]);
    editor.problems("one/content/index.md", <[Value]>::is_empty);
    assert!(hover(&mut editor, path, &text, "[[oth").contains("Other of two"));
    editor.close(path);
    change_folders(&mut editor, &[], &[]);
    editor.problems(path, <[Value]>::is_empty);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_text_that_was_opened_before_its_book_gets_it() {
    let around = Book::new(BESIDE);
    let mut editor = Editor::with_folders(&around, &["none"]);
    let (path, other) = ("none/content/index.md", "none/content/other.md");
    let text = editor.open_file(path);
    editor.open_file(other);
    assert_eq!(hover(&mut editor, path, &text, "[[oth"), "");
    // The text changes before there is a book, and afterwards.
    let text = text.replace("[[other]]", "[[other]] [[missing]]");
    editor.change(path, 2, &text);
    around.write("none/book.toml", "title = \"None\"\n");
    let saved = json!({ "textDocument": { "uri": editor.uri("none/book.toml") } });
    editor.notify("textDocument/didSave", saved);
    assert!(hover(&mut editor, path, &text, "[[oth").contains("Other of none"));
    editor.problems(path, is_broken);
    let text = text.replace(" [[missing]]", "");
    editor.change(path, 3, &text);
    editor.problems(path, |found| !is_broken(found));
    // Without a word from the editor, the next change of a text finds the book.
    let around = Book::new(BESIDE);
    let mut editor = Editor::with_folders(&around, &["none"]);
    let text = editor.open_file(path);
    let text_of_other = editor.open_file(other);
    around.write("none/book.toml", "title = \"None\"\n");
    editor.change(path, 2, &format!("{text}\nMore.\n"));
    assert!(hover(&mut editor, other, &text_of_other, "[[ind").contains("No home"));
}
