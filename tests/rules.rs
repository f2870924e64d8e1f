//! What Fieldbook says is wrong: one fixture a rule, in `tests/rules/CODE.md`.
//!
//! A fixture is prose with fenced blocks. A block whose info string is a path, such as
//! `content/a.md`, is a file of a small book; a `diagnostics` block after it is the report on the
//! book so far. Files are kept from one report to the next, so that a fixture can break a book and
//! mend it again; an empty block takes a file away. `UPDATE=1 cargo test --test rules` writes the reports anew.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::blocks::{blocks, fenced, line_of};

/// Problems of files that can't be written down in a fixture; `tests/inputs` makes them.
const OF_THE_DISK: &[&str] = &["file-too-large", "not-text", "outside-book", "unreadable"];

#[test]
fn every_report_is_as_expected() {
    let wrong: Vec<String> = fixtures().iter().flat_map(|(_, file)| check(file)).collect();
    assert!(wrong.is_empty(), "{} differ:\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_fixture() {
    let fixtures: Vec<String> = fixtures().into_iter().map(|(name, _)| name).collect();
    // What is advice, and not a break, is shown by the bad books.
    let books = support::entries(&support::tests().join("bad"));
    let reports = books.iter().map(|book| std::fs::read_to_string(book.join("diagnostics.txt")));
    let reports: String = reports.map(|report| report.expect("a report")).collect();
    for code in codes() {
        let shown = fixtures.iter().any(|fixture| fixture == code)
            || OF_THE_DISK.contains(&code)
            || reports.contains(&format!("[{code}]"));
        assert!(shown, "{code} is shown nowhere");
    }
}

#[test]
fn every_fixture_shows_its_code_and_a_book_without_it() {
    for (name, file) in fixtures() {
        let text = std::fs::read_to_string(file).expect("a fixture");
        let found = blocks(&text);
        let reports: Vec<&str> =
            found.iter().filter(|b| b.info == "diagnostics").map(|b| b.text.as_str()).collect();
        let shows = |report: &&&str| report.contains(&format!("[{name}]"));
        assert!(reports.iter().any(|report| shows(&report)), "{name} is never reported");
        assert!(!reports.iter().all(|report| shows(&report)), "{name}: the book is never mended");
    }
}

/// The fixtures with the code that each is for.
fn fixtures() -> Vec<(String, std::path::PathBuf)> {
    let files = support::entries(&support::tests().join("rules"));
    let name = |file: &Path| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files.into_iter().map(|file| (name(&file), file)).collect()
}

/// The names of all codes.
fn codes() -> Vec<&'static str> {
    fieldbook::workspace::rules::all().all().iter().map(|rule| rule.name).collect()
}

/// Where the reports of a fixture are not as expected.
fn check(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a fixture");
    let mut book: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut updated = String::new();
    let mut from = 0;
    for block in blocks(&text) {
        if block.info != "diagnostics" {
            book.insert(block.info, block.text);
            book.retain(|_, text| !text.trim().is_empty());
            continue;
        }
        let report = report(&book);
        let line = line_of(&text, block.range.start);
        let difference = support::difference(block.text.trim_end(), report.trim_end());
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        wrong.extend(difference.map(|difference| format!("{name}:{line}: {difference}")));
        updated.push_str(&text[from..block.range.start]);
        updated.push_str(&fenced("diagnostics", &report));
        from = block.range.end;
    }
    updated.push_str(&text[from..]);
    if support::is_update() {
        std::fs::write(file, updated).expect("the fixture");
        return Vec::new();
    }
    wrong
}

fn report(book: &BTreeMap<String, String>) -> String {
    let mut files: Vec<(&str, &str)> =
        book.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    if !book.contains_key("book.toml") {
        files.push(("book.toml", "title = \"Book\"\n"));
    }
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let report = support::places(&workspace);
    assert_eq!(
        site.is_none(),
        report.contains(" error["),
        "an error, and only that, stops a build"
    );
    report
}
