//! The book of this repository, as its readers get it: every page that collects notes is complete,
//! every reference can be followed both ways, and files for programs are valid.
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod apostrophes;
mod complete;
mod edited;
mod home;
mod machines;
mod places;
mod retitled;
#[path = "../support/mod.rs"]
mod support;
mod whole;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::workspace::Workspace;
use scraper::{Html, Selector};
use support::Tree;

/// Returns the book of this repository, and its site, which are made once for all tests.
fn book() -> &'static (Workspace, Tree) {
    static BOOK: OnceLock<(Workspace, Tree)> = OnceLock::new();
    BOOK.get_or_init(fresh_book)
}

/// Returns the book of this repository, to be edited, and its site.
fn fresh_book() -> (Workspace, Tree) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = disk::read(root, &SourcePath::new("book.toml")).expect("the book");
    let (workspace, site) = support::open(sources, support::options());
    (workspace, site.expect("the book has no errors"))
}

/// Returns the text of a file of the site.
fn text<'a>(site: &'a Tree, path: &str) -> &'a str {
    let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("text")
}

/// Returns the targets of the links that `selector` selects, from the top of the site, each with
/// its number.
fn links(html: &Html, page: &str, selector: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    for link in html.select(&Selector::parse(selector).expect("a selector")) {
        let href = link.value().attr("href").expect("a link").split('#').next().unwrap_or("");
        let path = fieldbook::files::join(folder, href).unwrap_or_default();
        *found.entry(path).or_insert(0) += 1;
    }
    found
}
