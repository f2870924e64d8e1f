//! Renames of the notes of this repository's book, to which links of every form lead, there and back.
//!
//! `FIELDBOOK_RENAMES` sets the number of renames. There are fewer notes than 200, so that many renames give some of them a
//! second name.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Editor, within};
use crate::support::book::Book;
use crate::support::read_tree;
use crate::world::apply;

/// The number of renames.
const N_RENAMES: usize = 2;

/// The note with links of every form.
const FORMS: &str = "content/every-form.md";

/// A note, as links name it.
struct Target<'t> {
    /// The folder below that of all notes, with the slash at its end.
    folder: &'t str,
    stem: &'t str,
    /// A heading, and the anchor that is made of it.
    heading: Option<(&'t str, String)>,
}

impl<'t> Target<'t> {
    fn new(path: &'t str, text: &'t str) -> Self {
        let path = path.strip_prefix("content/").and_then(|path| path.strip_suffix(".md"));
        let path = path.expect("a note");
        let (folder, stem) = path.split_at(path.rfind('/').map_or(0, |at| at + 1));
        let is_plain = |heading: &&str| {
            heading.chars().all(|letter| letter.is_ascii_alphabetic() || letter == ' ')
        };
        let heading = text.lines().filter_map(|line| line.strip_prefix("## ")).find(is_plain);
        let anchor = |heading: &str| heading.to_lowercase().replace(' ', "-");
        Self { folder, stem, heading: heading.map(|heading| (heading, anchor(heading))) }
    }

    /// Returns a note with links of every form to the note under a path; those that need no path have a name.
    fn links(&self, stem: &str, name: &str) -> String {
        let at = format!("{}{stem}", self.folder);
        let in_address = at.replace(' ', "%20");
        let mut text = format!(
            "+++\ntitle = \"Every form\"\n+++\n\n[[{at}]], [[{at}|by path]], [[{name}]], [[{name}|by name]].\n\n\
             [one]({in_address}.md), [two](/{in_address}.md), [three]({in_address}.html), [four](<{at}.md>), \
             [five]({in_address}.md \"Five\") and [six][six].\n\n\
             <a href=\"{in_address}.html\">seven</a>\n\n![[{at}]]\n\n[six]: {in_address}.md\n"
        );
        if let Some((heading, anchor)) = &self.heading {
            text += &format!(
                "\n[[{at}#{heading}]], [[{name}#{heading}|part]], [eight]({in_address}.md#{anchor}).\n"
            );
        }
        text
    }
}

/// Gives the note to which the first link of the note with all forms leads another name, and returns the answer.
fn rename(book: &Book, target: &Target<'_>, new: &str) -> Value {
    let mut editor = Editor::without_addresses(book);
    let text = editor.open_file(FORMS);
    let mut place = editor.after(FORMS, &text, &format!("[[{}", target.folder));
    place["newName"] = json!(new);
    let edit = editor.ask("textDocument/rename", place);
    apply(&editor, &edit);
    edit
}

/// Returns the links of a book: where each is, and where it leads, with one name in the place of another.
fn graph(book: &Book, new: &str, old: &str) -> BTreeSet<String> {
    let run = book.run(&["list", "links", "--format", "json"]);
    let list: Value = serde_json::from_str(&run.out).expect("a list");
    let rows = list["rows"].as_array().expect("rows").iter();
    let known = ["from", "line", "to", "state", "way"];
    let spelt = |text: String| text.replace("%20", " ").replace(new, old);
    rows.map(|row| known.map(|key| spelt(row[key].to_string())).join(" ")).collect()
}

#[test]
fn notes_of_the_book_are_renamed_with_every_form_of_link_and_back() {
    let number = std::env::var("FIELDBOOK_RENAMES").ok().and_then(|number| number.parse().ok());
    let number = number.unwrap_or(N_RENAMES);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = Book::new(&[]);
    book.write("book.toml", std::fs::read(root.join("book.toml")).expect("the book"));
    for folder in ["content", "static", "themes"] {
        for (path, bytes) in read_tree(&root.join(folder)) {
            book.write(&format!("{folder}/{path}"), bytes);
        }
    }
    let is_translation = |path: &str| path.ends_with(".fr.md") || path.ends_with(".ar.md");
    let notes: Vec<String> = read_tree(&root.join("content"))
        .into_keys()
        .filter(|path| {
            path.ends_with(".md") && !path.ends_with("index.md") && !is_translation(path)
        })
        .map(|path| format!("content/{path}"))
        .collect();
    for at in 0..number {
        let path = if number < notes.len() {
            &notes[at * notes.len() / number]
        } else {
            &notes[at % notes.len()]
        };
        let text = book.read(path);
        let target = Target::new(path, &text);
        let old = target.stem;
        let with_space = (at + at / notes.len()) % 2 == 1;
        let new = if with_space { format!("renamed {old}") } else { format!("renamed-{old}") };
        book.write(FORMS, target.links(old, old));
        let before = read_tree(book.root());
        let graph_before = graph(&book, old, old);

        let edit = rename(&book, &target, &new);
        book.run(&["check", "-q", "--today", "2026-11-22"]).ends(0);
        let graph_after = graph(&book, &new, old);
        let lost: Vec<_> = graph_before.difference(&graph_after).collect();
        let found: Vec<_> = graph_after.difference(&graph_before).collect();
        assert!(lost.is_empty() && found.is_empty(), "{path} to {new}: {lost:#?} {found:#?}");
        let after = book.read(FORMS);
        // What is found by the title as well leads there still, and is left alone.
        let by_name = after.replace(&format!("[[{old}"), &format!("[[{new}"));
        assert_eq!(by_name, target.links(&new, &new), "{path} to {new}: {after}");
        for step in edit["documentChanges"].as_array().expect("steps") {
            let Some(edits) = step["edits"].as_array() else { continue };
            let uri = step["textDocument"]["uri"].as_str().expect("an address");
            let changed = before.iter().find(|(path, _)| uri.ends_with(&format!("/{path}")));
            let (changed, bytes) = changed.expect("a file of the book");
            let text = std::str::from_utf8(bytes).expect("text");
            for edit in edits {
                let [old_text, new_text] =
                    [within(text, &edit["range"]), edit["newText"].as_str().expect("a text")];
                let fits = [new.clone(), new.replace(' ', "%20")]
                    .iter()
                    .any(|new| old_text.replacen(old, new, 1) == new_text);
                assert!(fits, "{changed}: {old_text:?} to {new_text:?}");
            }
        }
        rename(&book, &target, old);
        let back = read_tree(book.root());
        let differ = before.iter().filter(|(path, bytes)| back.get(*path) != Some(*bytes));
        assert_eq!(differ.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
        assert_eq!(back.len(), before.len(), "{path} to {new} and back");
    }
}
