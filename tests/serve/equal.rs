//! The served files are those that a build writes, after any history.

use std::collections::BTreeSet;
use std::path::Path;

use crate::client::{Preview, built};
use crate::history::{Put, Story};
use crate::support::book::Book;
use crate::support::{Tree, lines, read_tree};

/// The number of histories, and of the steps of each.
const HISTORIES: u64 = 4;
const STEPS: usize = 25;

#[test]
fn the_books_own_pages() {
    let book = Book::new(&[]);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = read_tree(&own.join("content"));
    files = files.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    for path in ["book.toml", "static/social.png"] {
        files.insert(path.to_owned(), std::fs::read(own.join(path)).expect("a file"));
    }
    files.iter().for_each(|(path, bytes)| book.write(path, bytes));
    let preview = Preview::of(book.root());
    let site = built(book.root()).expect("a book without errors");
    assert!(site.len() > 200);
    assert_eq!(preview.difference(&site, &[]), None);
    assert!(!book.has("public") && !book.has(".fieldbook"), "nothing is written");
}

#[test]
fn books_that_things_happen_to() {
    for seed in 0..HISTORIES {
        follow(seed);
    }
}

fn follow(seed: u64) {
    let (mut story, book) = (Story::new(7000 + seed), Book::new(&[]));
    put(&book, &story.next(&[]));
    let preview = Preview::of(book.root());
    let mut good = Tree::new();
    // The sites of the book between the changes of a step, where it was right for a moment.
    let mut between: Vec<Tree> = Vec::new();
    let mut paths = BTreeSet::new();
    for step in 0..STEPS {
        let (workspace, site) = read(&book);
        let has_errors = site.is_none();
        // A preview that sees only some of the changes in time shows the book as it was between them, and keeps
        // that while the next ones have errors.
        let mut shown: Vec<Tree> = site.map_or_else(
            || std::iter::once(std::mem::take(&mut good)).chain(between.drain(..)).collect(),
            |site| vec![site],
        );
        paths.extend(shown.iter().flat_map(|site| site.keys().cloned()));
        let others: Vec<&str> = paths.iter().map(String::as_str).collect();
        let mut found = 0;
        preview.until(|| {
            let shows_errors = preview.problems("index.html").contains("<li class=\"error\">");
            if shows_errors != has_errors {
                // A page is made when it is asked for, and only then does its template fail.
                others.iter().for_each(|path| drop(preview.file(path)));
                let problems = lines(&workspace);
                return Some(format!(
                    "seed {seed}, step {step}: errors are shown: {shows_errors}, of\n{problems}"
                ));
            }
            let same = shown.iter().position(|site| preview.difference(site, &others).is_none());
            found = same.unwrap_or_default();
            let wrong = if same.is_some() { None } else { preview.difference(&shown[0], &others) };
            wrong.map(|wrong| format!("seed {seed}, step {step}: {wrong}"))
        });
        good = shown.swap_remove(found);
        let batch = story.next(workspace.diagnostics());
        between.clear();
        preview.while_stopped(|| {
            for change in &batch {
                put(&book, std::slice::from_ref(change));
                between.extend(read(&book).1);
            }
        });
    }
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
}

/// Reads and builds the book as it is; there is no site if it has errors.
fn read(book: &Book) -> (fieldbook::workspace::Workspace, Option<Tree>) {
    let config = fieldbook::path::SourcePath::new("book.toml");
    let sources = fieldbook::disk::read(book.root(), &config).expect("a book");
    crate::support::open(sources, crate::support::options())
}

fn put(book: &Book, batch: &[Put]) {
    for put in batch {
        match &put.bytes {
            Some(bytes) => book.write(&put.path, bytes),
            None if book.has(&put.path) => book.remove(&put.path),
            None => {}
        }
    }
}
