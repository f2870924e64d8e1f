//! A book with every form of link, and changes of files as an editor makes them.

use serde_json::Value;

use crate::client::{Editor, edited};
use crate::support::book::Book;

/// A book with links of every form.
pub(crate) const LINKED: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"Linked\"\nlanguage = \"en\"\n\n[kinds.theme]\nfolder = \"themes\"\ntitle = \"Theme\"\n\n\
         [kinds.lesson]\nfolder = \"lessons\"\ntitle = \"Lesson\"\n\n[kinds.lesson.fields.themes]\nto = \"theme\"\n\
         many = true\nrequired = true\n\n[kinds.lesson.fields.setting]\none-of = [\"rural\", \"urban\"]\n",
    ),
    (
        "content/index.md",
        "+++\ntitle = \"Home\"\n+++\n\nAll the [[wells]] and [lessons](lessons/first.md).\n",
    ),
    (
        "content/themes/water.md",
        "+++\ntitle = \"Safe water\"\nsummary = \"Water that people can drink.\"\n+++\n\n## Wells\n\nDig them deep. ^deep\n\n\
         ### Old wells\n\nClose them.\n\n## Pumps\n\nMend them.\n",
    ),
    (
        "content/themes/wells.md",
        "+++\ntitle = \"The wells\"\naliases = [\"Boreholes\"]\n+++\n\nSee [[water#Wells]] and [[water#Wells#Old wells|old ones]].\n",
    ),
    (
        "content/lessons/first.md",
        "+++\ntitle = \"First\"\nthemes = [\"water\"]\nsetting = \"rural\"\n\n[[sources]]\nref = \"/lessons/second\"\n+++\n\n\
         é🌍漢 [[water]], [the pumps](../themes/water.md#pumps), [[Boreholes]] and [[water#^deep]].\n\n\
         ![[water#Pumps]]\n\nA note.[^one]\n\n[^one]: Said [of old wells][w].\n\n[w]: ../themes/water.html#old-wells\n",
    ),
    (
        "content/lessons/second.md",
        "+++\ntitle = \"Second\"\nthemes = [\"water\", \"wells\"]\nsetting = \"urban\"\n+++\n\n[[Safe water]] and \
         <a href=\"../themes/wells.md\">wells</a>.\n",
    ),
];

/// Makes the changes of an answer in the folder of a book, as an editor does.
pub(crate) fn apply(editor: &Editor<'_>, edit: &Value) {
    let path = |uri: &Value| {
        let uri = uri.as_str().expect("an address");
        let path = uri.strip_prefix(&editor.uri("")).expect("a file of the book");
        let path = percent_encoding::percent_decode_str(path.trim_start_matches('/'));
        path.decode_utf8().expect("text").into_owned()
    };
    let book: &Book = editor.book;
    for step in edit["documentChanges"].as_array().expect("steps") {
        match step["kind"].as_str() {
            Some("rename") => {
                let (old, new) =
                    (book.path(&path(&step["oldUri"])), book.path(&path(&step["newUri"])));
                std::fs::create_dir_all(new.parent().expect("a folder")).expect("a folder");
                std::fs::rename(old, new).expect("a file that moves");
            }
            Some("create") => book.write(&path(&step["uri"]), ""),
            _ => {
                let path = path(&step["textDocument"]["uri"]);
                book.write(&path, edited(&book.read(&path), &step["edits"]));
            }
        }
    }
}
