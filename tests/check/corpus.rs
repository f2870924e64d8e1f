//! Bad books: each folder of `tests/bad` is a book with mistakes, and `diagnostics.txt` is the
//! report on it, with the start and end of each problem.
//!
//! A book without `book.toml` is given the smallest one. `UPDATE=1 cargo test --test check` writes
//! the reports again; read the difference before you commit it.

use std::path::Path;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::report::placed;
use fieldbook::workspace::Workspace;

use crate::support;

/// The least number of bad books.
const BOOKS: usize = 100;

/// Words for a program's internals, which mean nothing to a writer.
const JARGON: &[&str] = &[
    "expected", "invalid", "parse", "deserial", "serde", "toml::", "String", "Option", "Vec<",
    "struct", "enum ", "variant", "null", "panicked", "unwrap", "i64", "u32", "bool", "array",
    "integer", "boolean", "datetime", "token", "EOF", "newline",
];

pub(crate) fn workspace(book: &Path) -> Workspace {
    let config = SourcePath::new("book.toml");
    let mut files: Vec<_> = disk::read(book, &config).expect("a book").into_files().collect();
    if !book.join("book.toml").exists() {
        files.push(support::source("book.toml", b"title = \"Book\"\n"));
    }
    support::open(files.into_iter().collect(), support::options()).0
}

#[test]
fn every_report_is_as_expected() {
    let books = support::entries(&support::tests().join("bad"));
    assert!(books.len() >= BOOKS, "there are only {} bad books", books.len());
    let mut wrong = Vec::new();
    for book in &books {
        let report = support::places(&workspace(book));
        let file = book.join("diagnostics.txt");
        if support::is_update() {
            std::fs::write(&file, &report).expect("a report");
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        let difference = support::difference(&expected, &report);
        wrong.extend(difference.map(|difference| format!("{}: {difference}", book.display())));
    }
    assert!(wrong.is_empty(), "{} differ:\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn every_bad_book_is_found_bad_and_nothing_is_said_twice() {
    for book in support::entries(&support::tests().join("bad")) {
        let workspace = workspace(&book);
        let problems = workspace.diagnostics();
        assert!(!problems.is_empty(), "{} is good", book.display());
        for (at, problem) in problems.iter().enumerate() {
            let same = |other: &&fieldbook::diagnostic::Diagnostic| {
                (&other.path, other.span, other.rule) == (&problem.path, problem.span, problem.rule)
            };
            let again = problems[at + 1..].iter().find(same).filter(|_| problem.span.end > 0);
            assert!(again.is_none(), "{}: said twice: {problem:?}", book.display());
        }
    }
}

#[test]
fn places_lie_in_their_files_and_words_are_plain() {
    for book in support::entries(&support::tests().join("bad")) {
        let workspace = workspace(&book);
        for (problem, place) in placed(workspace.diagnostics(), workspace.sources()) {
            let source = workspace.sources().get(&problem.path);
            let text = source.and_then(|source| source.text()).unwrap_or_default();
            assert!(problem.span.end as usize <= text.len() || text.is_empty(), "{problem:?}");
            assert!((place.line, place.column) <= (place.end_line, place.end_column));
            // The messages of the template engine and of the converter of formulas are their own.
            if matches!(problem.rule.name, "bad-template" | "bad-math") {
                continue;
            }
            let own = |sentence: &str| sentence.split('"').step_by(2).collect::<String>();
            let help = problem.help.iter().map(String::as_str);
            for sentence in std::iter::once(&*problem.message).chain(help) {
                let own = own(sentence);
                let word = JARGON.iter().find(|word| own.contains(**word));
                assert!(word.is_none(), "{word:?} in: {sentence}");
                assert!(!own.ends_with('.'), "{sentence}");
            }
        }
    }
}
