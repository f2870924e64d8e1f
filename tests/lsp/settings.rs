//! Renames of what has its name in a setting: values of fields, other names of notes, folders and names of kinds.

use std::collections::BTreeMap;

use serde_json::json;

use crate::client::Editor;
use crate::renames::{files, rename};
use crate::support::book::Book;
use crate::world::{LINKED, apply};

/// A book whose configuration names its kinds and words in many places.
const NAMED: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"Named\"\nlanguage = \"en\"\nmenu = [\"task\", 'group', \"task/first\"]\n\
         home = [{ kind = \"task\", count = 3 }]\n\n\
         [kinds.group]\nfolder = \"groups\"\n\n\
         [kinds.task] # task\nfolder = \"task\"\ntitle = \"task\"\n\n\
         [kinds.task.fields]\nstate = { one-of = ['open', \"done\"], closed = [\"done\"], many = true }\n\
         \"group\" = { to = [\"group\"] }\nbefore = { to = \"task\" }\n\n\
         [check]\norphan = { level = \"warning\", kinds = [\"task\"] }\n",
    ),
    ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\n[[first]] [[second]] [[one]] [[third]]\n"),
    ("content/groups/one.md", "+++\ntitle = \"One\"\n+++\n\ndone\n"),
    (
        "content/task/first.md",
        "+++\ntitle = \"done\"\nstate = ['open', \"done\"] # done\nbefore = \"second\"\n+++\n\ndone task\n",
    ),
    (
        "content/task/second.md",
        "---\ntitle: Second\nstate: [open, done]\ngroup: one\n---\n\n[[first]]\n",
    ),
    ("content/task/third.md", "---\ntitle: Third\nstate:\n  - done\n---\n\n[[task/first]]\n"),
    ("themes/own/i18n/en.toml", "contents = \"Inside\"\n"),
];

/// Returns the files that differ, with what they are after a change.
fn changed(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let other = after.iter().filter(|(path, text)| before.get(*path) != Some(text));
    other.map(|(path, text)| (path.clone(), text.clone())).collect()
}

/// Asks for a rename that is refused, and returns the reason.
fn refused(book: &Book, path: &str, before: &str, new: &str) -> String {
    let mut editor = Editor::new(book);
    let text = editor.open_file(path);
    let mut place = editor.after(path, &text, before);
    place["newName"] = json!(new);
    editor.refused("textDocument/rename", place)
}

#[test]
fn a_value_is_renamed_in_the_configuration_and_in_every_note() {
    let book = Book::new(NAMED);
    let before = files(&book);
    let after = rename(&book, "content/task/third.md", "  - do", "finished");
    let expected = [
        ("book.toml", "one-of = ['open', \"finished\"], closed = [\"finished\"], many"),
        ("content/task/first.md", "title = \"done\"\nstate = ['open', \"finished\"] # done"),
        ("content/task/second.md", "state: [open, finished]\n"),
        ("content/task/third.md", "state:\n  - finished\n"),
    ];
    let all = changed(&before, &after);
    assert_eq!(all.len(), expected.len(), "{all:#?}");
    for ((path, text), (file, part)) in all.iter().zip(expected) {
        assert!(path == file && text.contains(part), "{text}");
        // Only the value is another.
        assert_eq!(text.replace("finished", "done"), before[path]);
    }
    // From the configuration, and back.
    assert_eq!(rename(&book, "book.toml", "closed = [\"fin", "done"), before);
    let after = rename(&book, "content/task/second.md", "state: [op", "to do: now");
    assert!(after["content/task/second.md"].contains("state: [\"to do: now\", done]\n"));
    assert!(after["book.toml"].contains("one-of = ['to do: now', \"done\"]"));
    let back = rename(&book, "content/task/second.md", "state: [\"to", "open");
    assert_eq!(back["book.toml"], before["book.toml"]);
}

#[test]
fn a_value_is_renamed_with_its_words_in_other_languages() {
    let mut world = LINKED.to_vec();
    let words =
        "[kinds.lesson.fields.setting.words]\nrural = \"À la campagne\"\nurban = \"En ville\"\n";
    world.push(("themes/default/i18n/fr.toml", words));
    let book = Book::new(&world);
    let config = book.read("book.toml");
    book.write("book.toml", config.replace("language = \"en\"", "languages = [\"en\", \"fr\"]"));
    let mut editor = Editor::new(&book);
    let text = editor.open_file("content/lessons/first.md");
    let mut place = editor.after("content/lessons/first.md", &text, "setting = \"ru");
    let placed = editor.ask("textDocument/prepareRename", place.clone());
    assert_eq!(placed["placeholder"], "rural");
    place["newName"] = json!("in the country");
    let edit = editor.ask("textDocument/rename", place);
    apply(&editor, &edit);
    let words = book.read("themes/default/i18n/fr.toml");
    assert!(words.contains("\n\"in the country\" = \"À la campagne\"\n"), "{words}");
    assert!(book.read("book.toml").contains("one-of = [\"in the country\", \"urban\"]"));
}

#[test]
fn another_name_of_a_note_is_renamed_with_the_links_that_use_it() {
    let book = Book::new(LINKED);
    let before = files(&book);
    let after = rename(&book, "content/themes/wells.md", "aliases = [\"Bo", "Deep holes");
    assert!(after["content/themes/wells.md"].contains("aliases = [\"Deep holes\"]"));
    assert!(after["content/lessons/first.md"].contains("[[Deep holes]]"));
    assert_eq!(changed(&before, &after).len(), 2);
    assert_eq!(rename(&book, "content/themes/wells.md", "aliases = [\"De", "Boreholes"), before);
}

#[test]
fn the_folder_of_a_kind_moves_with_its_notes() {
    let book = Book::new(NAMED);
    let before = files(&book);
    let after = rename(&book, "book.toml", "folder = \"ta", "to-do/tasks");
    assert!(!after.contains_key("content/task/first.md"));
    assert!(after["content/to-do/tasks/third.md"].contains("[[to-do/tasks/first]]"));
    let config = &after["book.toml"];
    assert!(config.contains("folder = \"to-do/tasks\"\ntitle = \"task\""), "{config}");
    assert!(config.contains("menu = [\"task\", 'group', \"to-do/tasks/first\"]"), "{config}");
    assert_eq!(rename(&book, "book.toml", "folder = \"to-do", "task"), before);
    // Former addresses live on, unless the editor says otherwise.
    let mut editor = Editor::new(&book);
    let text = editor.open_file("book.toml");
    let mut place = editor.after("book.toml", &text, "folder = \"ta");
    place["newName"] = json!("tasks");
    let edit = editor.ask("textDocument/rename", place);
    apply(&editor, &edit);
    let note = book.read("content/tasks/second.md");
    assert!(
        note.contains("aliases: [\"/task/second.html\"]") || note.contains("/task/second.html")
    );
}

#[test]
fn a_kind_is_renamed_wherever_it_is_named() {
    let book = Book::new(NAMED);
    let before = files(&book);
    let after = rename(&book, "book.toml", "[kinds.ta", "job");
    let all = changed(&before, &after);
    assert_eq!(all.len(), 1, "{all:#?}");
    let expected = before["book.toml"]
        .replace("menu = [\"task\"", "menu = [\"job\"")
        .replace("kind = \"task\"", "kind = \"job\"")
        .replace("[kinds.task", "[kinds.job")
        .replace("to = \"task\"", "to = \"job\"")
        .replace("kinds = [\"task\"]", "kinds = [\"job\"]");
    assert_eq!(after["book.toml"], expected);
    // From a place that names it, and back.
    assert_eq!(rename(&book, "book.toml", "to = \"jo", "task"), before);
}

#[test]
fn a_name_in_a_setting_that_can_not_be_is_refused() {
    let book = Book::new(NAMED);
    let config = "book.toml";
    assert!(refused(&book, "content/task/third.md", "  - do", "open").contains("takes \"open\""));
    assert!(refused(&book, config, "folder = \"ta", "groups").contains("is there already"));
    assert!(refused(&book, config, "folder = \"ta", "../x").contains("below"));
    assert!(refused(&book, config, "[kinds.ta", "group").contains("already"));
    assert!(refused(&book, config, "[kinds.ta", "a b").contains("letters without accents"));
    assert!(refused(&book, config, "title = \"Na", "Other").contains("nothing here"));
    let book = Book::new(LINKED);
    let path = "content/themes/wells.md";
    assert!(refused(&book, path, "aliases = [\"Bo", "WELLS").contains("already"));
}
