//! What search finds: the queries of `tests/search`, asked of the engine.
//!
//! A line of a file of queries is what is asked, then the notes that should be among the first
//! three. `SHOW=1 cargo test --test search` says which are not.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::path::Path;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::workspace::Workspace;

/// The part of what should be among the first three that must be there.
const RECALL: f64 = 0.95;

/// A query, and the pages that should be found.
pub(crate) struct Query {
    pub(crate) text: String,
    pub(crate) expected: Vec<String>,
}

/// The queries in a file.
pub(crate) fn queries(name: &str) -> Vec<Query> {
    let text = std::fs::read_to_string(support::tests().join("search").join(name)).expect("queries");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let query = |line: &str| {
        let (text, pages) = line.split_once(" = ").expect("a query and its pages");
        let expected = pages.split(", ").map(|page| format!("{page}.html")).collect();
        Query { text: text.to_owned(), expected }
    };
    lines.map(query).collect()
}

fn book(folder: &Path) -> Workspace {
    let sources = disk::read(folder, &SourcePath::new("book.toml")).expect("a book");
    let (workspace, site) = support::open(sources, support::options());
    assert!(site.is_some(), "{}", support::lines(&workspace));
    workspace
}

fn found(book: &Workspace, query: &str) -> Vec<String> {
    let site = book.site().expect("a site");
    let hits = book.find(query).into_iter().take(3);
    hits.map(|hit| site.note(hit.id).facts.place.output.to_string()).collect()
}

/// The part of what should be among the first three that is.
pub(crate) fn recall(queries: &[Query], mut find: impl FnMut(&str) -> Vec<String>) -> f64 {
    let (mut wanted, mut got) = (0.0, 0.0);
    for query in queries {
        let found = find(&query.text);
        let hits = query.expected.iter().filter(|page| found.contains(page)).count();
        wanted += 1.0;
        got += hits as f64 / query.expected.len() as f64;
        if hits < query.expected.len() && std::env::var_os("SHOW").is_some() {
            println!("{}: expected {:?}, found {found:?}", query.text, query.expected);
        }
    }
    got / wanted
}

#[test]
fn the_book_of_this_repository_is_found() {
    let book = book(Path::new(env!("CARGO_MANIFEST_DIR")));
    let queries = queries("book.queries");
    assert!(queries.len() >= 200, "{} queries", queries.len());
    let recall = recall(&queries, |query| found(&book, query));
    assert!(recall >= RECALL, "recall@3 is {recall:.3}");
}

#[test]
fn every_language_is_found() {
    let book = book(&support::tests().join("search/languages"));
    let queries = queries("languages.queries");
    let recall = recall(&queries, |query| found(&book, query));
    assert!(recall >= RECALL, "recall@3 is {recall:.3}");
}
