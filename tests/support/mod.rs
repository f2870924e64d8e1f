//! What the tests share: books from folders or from text, and what is made of them.
#![allow(dead_code, reason = "each test uses a part of this")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fieldbook::date::Date;
use fieldbook::path::SourcePath;
use fieldbook::source::{Edit, Source, Sources};
use fieldbook::workspace::{Change, Options, Workspace};

/// A tree of files: path to content.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// What the tests ask of every build: a fixed day.
pub fn options() -> Options {
    Options {
        today: Date::parse("2026-11-22").expect("a day"),
        drafts: false,
        base_url: None,
        config: SourcePath::new("book.toml"),
    }
}

/// The sources of a book given as path and text.
pub fn sources(files: &[(&str, &str)]) -> Sources {
    files.iter().map(|(path, text)| source(path, text.as_bytes())).collect()
}

/// One source.
pub fn source(path: &str, bytes: &[u8]) -> Source {
    Source::new(SourcePath::new(path), bytes.to_vec())
}

/// A workspace that holds the book, and the site it makes; none if the book has errors.
pub fn open(sources: Sources, options: Options) -> (Workspace, Option<Tree>) {
    let mut workspace = Workspace::new(options);
    let edits = sources.into_files().map(Edit::Put).collect();
    let site = workspace.apply(edits).ok().map(|changes| {
        let mut tree = Tree::new();
        make(&mut tree, changes);
        tree
    });
    (workspace, site)
}

/// Makes the changes to the files of a site.
pub fn make(tree: &mut Tree, changes: Vec<Change>) {
    for change in changes {
        match change {
            Change::Write(path, bytes) => {
                tree.insert(path.to_string(), bytes.to_vec());
            }
            Change::Remove(path) => {
                tree.remove(path.as_str());
            }
        }
    }
}

/// What is wrong with the book, as lines.
pub fn lines(workspace: &Workspace) -> String {
    fieldbook::report::lines(workspace.diagnostics(), workspace.sources())
}

/// The files below a folder.
pub fn read_tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_now) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder_now) else { continue };
        for entry in entries.map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                let path = entry.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                tree.insert(path, std::fs::read(&entry).expect("a file"));
            }
        }
    }
    tree
}

/// The folder of the tests.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
