//! The table of pages and files: what a book has of it, and that an edit of a text leaves none behind.

use std::collections::BTreeSet;

use fieldbook::source::{SourceEdit, SourceRole};
use fieldbook::view::{book_pages, names_of_indexes};
use fieldbook::workspace::Workspace;

use super::support::{open, options, source, sources};

/// Kinds with every feature, and notes that embed, cite and point at each other.
const KINDS: &str = "[kinds.theme]\nfolder = \"themes\"\naxis = true\nin-full = true\nfeed = true\n\
    [kinds.lesson]\nfolder = \"lessons\"\ntimeline = true\ncite = true\nmap = true\nregister = [\"themes\"]\n\
    fields.themes = { to = \"theme\", many = true }\n";

const NOTES: &[(&str, &str)] = &[
    ("content/themes/water.md", "+++\ntitle = \"Water\"\n+++\n\nWords of water.\n"),
    (
        "content/lessons/a.md",
        "+++\ntitle = \"A\"\ndate = 2024-01-01\nthemes = [\"water\"]\n+++\n\nWords of a.\n",
    ),
    (
        "content/lessons/b.md",
        "+++\ntitle = \"B\"\ndate = 2024-02-01\nthemes = [\"water\"]\n\n[[changes]]\n\
         date = 2024-03-01\nweight = \"substantive\"\ntext = \"More.\"\n+++\n\nWords of b.\n\n![[/lessons/a]]\n",
    ),
    ("content/about.md", "+++\ntitle = \"About\"\n+++\n\nWords of all, after [[/lessons/b]].\n"),
];

/// A book that asks for the pages and files over the whole book of these names.
fn book(indexes: &[&str]) -> Vec<(String, String)> {
    let config = format!(
        "title = \"Book\"\nbase-url = \"https://example.org/\"\nlanguages = [\"fr\"]\n\
         check.missing-words = \"off\"\nrelated = 3\nindexes = {indexes:?}\n{KINDS}"
    );
    let notes = NOTES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    [("book.toml".to_owned(), config)].into_iter().chain(notes).collect()
}

fn opened(book: &[(String, String)]) -> Workspace {
    let files: Vec<(&str, &str)> = book.iter().map(|(path, text)| (&**path, &**text)).collect();
    let (workspace, site) = open(sources(&files), options());
    assert!(site.is_some(), "{:?}", workspace.diagnostics());
    workspace
}

fn paths(workspace: &Workspace) -> BTreeSet<String> {
    workspace.plan().outputs.keys().map(ToString::to_string).collect()
}

#[test]
fn the_menu_leads_to_every_page_over_the_book() {
    let all: Vec<&str> = names_of_indexes().collect();
    let workspace = opened(&book(&all));
    let site = workspace.site().expect("a site");
    let card = site.card(site.config.language());
    let paths = paths(&workspace);
    assert_eq!(card.indexes.len(), book_pages().count());
    for item in &card.indexes {
        assert!(paths.contains(item.url.as_str()), "{} is not there", item.url);
        assert!(item.title.chars().any(char::is_uppercase), "{} has no title", item.url);
    }
}

#[test]
fn what_is_asked_for_is_made_and_nothing_else() {
    let without = paths(&opened(&book(&[])));
    for name in names_of_indexes() {
        let with = paths(&opened(&book(&[name])));
        assert!(with.difference(&without).any(|path| path.starts_with(name)), "{name}");
        assert!(without.is_subset(&with), "{name}");
    }
}

#[test]
fn an_index_that_is_not_known_is_reported() {
    let files = book(&["a-z", "calender"]);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let (workspace, _) = open(sources(&files), options());
    let found: Vec<&str> = workspace.diagnostics().iter().map(|d| &*d.message).collect();
    assert_eq!(found, ["there is no index \"calender\""]);
}

#[test]
fn an_edit_of_a_text_leaves_no_output_behind() {
    let all: Vec<&str> = names_of_indexes().collect();
    let files = book(&all);
    for at in 0..files.len() {
        let mut edited = files.clone();
        let (path, text) = &mut edited[at];
        let edit = source(path, text.replacen("Words", "Other words", 1).as_bytes());
        if SourceRole::of(&edit.path) != SourceRole::Note {
            continue;
        }
        *text = text.replacen("Words", "Other words", 1);
        let mut workspace = opened(&files);
        let edits = vec![SourceEdit::Put(edit)];
        workspace.apply(edits).expect("a book without errors");
        let (found, clean) =
            (workspace.plan().fingerprints(), opened(&edited).plan().fingerprints());
        // Of search only the bytes follow from the book; how they change is tested there.
        let left: Vec<_> = clean
            .iter()
            .filter(|(path, print)| {
                !path.as_str().starts_with("search/") && found.get(*path) != Some(*print)
            })
            .map(|(path, _)| path)
            .collect();
        assert!(left.is_empty(), "{}: {left:?}", edited[at].0);
        assert_eq!(found.len(), clean.len());
    }
}
