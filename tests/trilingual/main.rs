//! A book in three languages says what its files say: each list, count, table, register, feed, timeline and the search hold
//! the right works in every language. The files are read a second time for that, without the program (`reader`).

mod lists;
mod programs;
mod random_book;
mod reader;
#[path = "../support/mod.rs"]
mod support;

use std::cell::RefCell;
use std::fmt::Debug;

use random_book::UNTRANSLATED;
use reader::{Book, LANGUAGES};
use support::random::Random;

/// A site that is compared with the files that it was made of.
struct Checked<'a> {
    /// The name of the book, for messages.
    name: &'a str,
    book: Book,
    site: support::Tree,
    /// The faults that were found.
    faults: RefCell<Vec<String>>,
}

impl Checked<'_> {
    fn file(&self, path: &str) -> &str {
        let bytes = self.site.get(path);
        let bytes = bytes.unwrap_or_else(|| panic!("{}: there is no {path}", self.name));
        std::str::from_utf8(bytes).expect("text")
    }

    /// Notes a fault unless both are equal.
    fn equal<T: PartialEq + Debug>(&self, what: &str, found: T, wanted: T) {
        if found != wanted {
            self.fault(format!("{what}: {found:?} instead of {wanted:?}"));
        }
    }

    fn fault(&self, fault: String) {
        self.faults.borrow_mut().push(fault);
    }
}

/// Builds a book, and compares all that its site says with its files.
fn check(name: &str, files: &[(String, String)]) {
    let sources: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let (workspace, site) = support::open(support::sources(&sources), support::options());
    let site = site.unwrap_or_else(|| panic!("{name}: {}", support::lines(&workspace)));
    let checked = Checked { name, book: Book::read(files), site, faults: RefCell::default() };
    for language in LANGUAGES {
        checked.lists(language);
        checked.programs(language);
    }
    checked.of_all_languages();
    let faults = checked.faults.into_inner();
    assert!(faults.is_empty(), "{name}: {} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Returns the files of the book in `tests/trilingual/book`.
fn written_book() -> Vec<(String, String)> {
    let tree = support::read_tree(&support::tests().join("trilingual/book"));
    tree.into_iter().map(|(path, text)| (path, String::from_utf8(text).expect("text"))).collect()
}

#[test]
fn a_book_in_three_languages_says_what_its_files_say() {
    for untranslated in UNTRANSLATED {
        let mut files = written_book();
        assert!(files.len() > 40, "{} files", files.len());
        files.retain(|(path, _)| path != "book.toml");
        files.push(("book.toml".to_owned(), random_book::config(untranslated)));
        check(&format!("{untranslated:?}"), &files);
    }
}

#[test]
fn random_books_in_three_languages_say_what_their_files_say() {
    for seed in 0..40 {
        let untranslated = UNTRANSLATED[seed % UNTRANSLATED.len()];
        let mut random = Random::new(seed as u64);
        check(
            &format!("seed {seed}, {untranslated:?}"),
            &random_book::book(&mut random, untranslated),
        );
    }
}
