//! The served files are those that a build writes, after any history.

use std::collections::BTreeSet;
use std::path::Path;

use crate::client::{Preview, built};
use crate::history::{Put, Story};
use crate::support::book::Book;
use crate::support::{Tree, read_tree};

/// The number of histories, and of the steps of each.
const HISTORIES: u64 = 4;
const STEPS: usize = 25;

#[test]
fn the_books_own_pages() {
    let book = Book::new(&[]);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = read_tree(&own.join("content"));
    files = files.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    files.insert("book.toml".to_owned(), std::fs::read(own.join("book.toml")).expect("a file"));
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
    let mut paths = BTreeSet::new();
    for step in 0..STEPS {
        let sources =
            fieldbook::disk::read(book.root(), &fieldbook::path::SourcePath::new("book.toml"));
        let (workspace, site) =
            crate::support::open(sources.expect("a book"), crate::support::options());
        let has_errors = site.is_none();
        good = site.unwrap_or(good);
        paths.extend(good.keys().cloned());
        let others: Vec<&str> = paths.iter().map(String::as_str).collect();
        preview.until(|| {
            let shows_errors = preview.problems("index.html").contains("<li class=\"error\">");
            if shows_errors != has_errors {
                return Some(format!("seed {seed}, step {step}: errors are shown: {shows_errors}"));
            }
            let wrong = preview.difference(&good, &others)?;
            Some(format!("seed {seed}, step {step}: {wrong}"))
        });
        put(&book, &story.next(workspace.diagnostics()));
    }
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
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
