//! The manual is a book without problems, all of it is compiled into the program, and its examples work.

use std::collections::BTreeMap;

use fieldbook::manual::{manual_pages, manual_sources};

use crate::support;
use crate::support::blocks::{blocks, line_of};

/// The book that the examples of a page are a part of, unless they have a `book.toml` of their own.
const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"Examples\"\n[kinds.lesson]\nfolder = \"lessons\"\n[kinds.lesson.fields]\n\
         themes = { to = \"theme\", many = true }\n[kinds.theme]\nfolder = \"themes\"\n",
    ),
    ("content/index.md", "+++\ntitle = \"Home\"\n+++\n"),
    ("content/themes/financing.md", "+++\ntitle = \"Financing\"\n+++\n"),
];

#[test]
fn the_manual_has_no_problem() {
    let (workspace, site) = support::open(manual_sources(), support::options());
    assert_eq!(support::lines(&workspace), "");
    let site = site.expect("a site");
    for page in manual_pages() {
        assert!(site.contains_key(page.output.as_str()), "{} is not there", page.output);
    }
}

#[test]
fn the_names_of_pages_are_unique() {
    let pages = manual_pages();
    let names: BTreeMap<&str, &str> =
        pages.iter().map(|page| (page.name.as_str(), page.output.as_str())).collect();
    assert_eq!(names.len(), pages.len(), "{names:?}");
}

#[test]
fn all_of_the_manual_is_compiled_in() {
    let folder = support::tests().join("../src/manual/content");
    let on_disk: Vec<String> = support::read_tree(&folder).into_keys().collect();
    let sources = manual_sources();
    let compiled: Vec<&str> =
        sources.below("content").filter_map(|source| source.path.below("content")).collect();
    assert_eq!(compiled, on_disk, "a new file is compiled in once src/manual.rs is touched");
}

/// Blocks with `file=PATH` after their language are files of a book, together with those of [`BOOK`].
#[test]
fn the_examples_of_the_guides_and_the_readme_work() {
    let mut tried = 0;
    let readme = include_str!("../../README.md").to_owned();
    let pages = manual_pages().into_iter().map(|page| (page.output.to_string(), page.note));
    for (page, text) in pages.chain([("README.md".to_owned(), readme)]) {
        let mut book: BTreeMap<String, String> = BTreeMap::new();
        for block in blocks(&text) {
            let Some((_, path)) = block.info.split_once(" file=") else { continue };
            let line = line_of(&text, block.range.start);
            assert!(book.insert(path.to_owned(), block.text).is_none(), "{page} {line}");
        }
        if book.is_empty() {
            continue;
        }
        tried += 1;
        let mut files: Vec<(&str, &str)> = BOOK.to_vec();
        if book.contains_key("book.toml") {
            files.retain(|(path, _)| *path == "content/index.md");
        }
        files.retain(|(path, _)| !book.contains_key(*path));
        files.extend(book.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let (workspace, site) = support::open(support::sources(&files), support::options());
        assert_eq!(support::lines(&workspace), "", "{page}");
        assert!(site.is_some(), "{page}");
    }
    assert!(tried >= 7, "only {tried} pages have examples");
}
