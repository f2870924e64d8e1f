//! The rules: an example of each, which shows what it finds and what it lets pass.
//!
//! An example is the documentation of the rule's own file, `src/*/rules/NAME.rs`, or, if it is long, a file
//! `tests/rules/NAME.md`. It is prose with fenced blocks. A block whose info string is a path, such as `content/a.md`,
//! is a file of a small book; a `published` block names pages of an earlier build, each with its title; a `diagnostics` block
//! after it is the report on the book so far. Files are kept from one
//! report to the next, so that an example can break a book and repair it; an empty block removes a file.
//! `UPDATE=1 cargo test --test rules` writes the reports again.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use fieldbook::fingerprint::Fingerprint;
use fieldbook::path::OutputPath;
use fieldbook::source::SourceEdit;
use fieldbook::workspace::{PublishedPages, Workspace};
use support::blocks::{blocks, fenced, line_of};

/// An example of a rule.
struct RuleExample {
    /// The name of the rule.
    rule: String,
    /// The file that holds the example.
    file: PathBuf,
    /// The example, as Markdown.
    markdown: String,
    /// The text of the file after the documentation; absent if the file is the example.
    code: Option<String>,
}

/// Problems of files that can't be written in an example; `tests/inputs` creates them.
const OF_THE_DISK: &[&str] = &["file-too-large", "not-text", "outside-book", "unreadable"];

#[test]
fn every_report_is_as_expected() {
    let wrong: Vec<String> = examples().iter().flat_map(check).collect();
    assert!(wrong.is_empty(), "{} differ:\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn every_rule_has_an_example() {
    let mut shown: Vec<String> = examples().into_iter().map(|example| example.rule).collect();
    // Advice, rather than breakage, is covered by the bad books.
    let books = support::entries(&support::tests().join("bad"));
    let reports = books.iter().map(|book| std::fs::read_to_string(book.join("diagnostics.txt")));
    let reports: String = reports.map(|report| report.expect("a report")).collect();
    for name in names() {
        let is_shown = shown.iter().any(|rule| rule == name)
            || OF_THE_DISK.contains(&name)
            || reports.contains(&format!("[{name}]"));
        assert!(is_shown, "{name} is shown nowhere");
    }
    shown.sort_unstable();
    assert!(shown.iter().all(|rule| names().contains(&rule.as_str())), "{shown:?}");
    assert!(shown.windows(2).all(|two| two[0] != two[1]), "two examples of a rule: {shown:?}");
}

#[test]
fn every_example_shows_its_rule_and_a_book_without_it() {
    // Another test is writing the reports meanwhile.
    if support::is_update() {
        return;
    }
    for RuleExample { rule, markdown, .. } in examples() {
        let found = blocks(&markdown);
        let reports: Vec<&str> =
            found.iter().filter(|b| b.info == "diagnostics").map(|b| b.text.as_str()).collect();
        let shows = |report: &&&str| report.contains(&format!("[{rule}]"));
        assert!(reports.iter().any(|report| shows(&report)), "{rule} is never reported");
        assert!(!reports.iter().all(|report| shows(&report)), "{rule}: the book is never mended");
    }
}

/// Returns all examples.
fn examples() -> Vec<RuleExample> {
    let files = support::entries(&support::tests().join("rules"));
    let modules = support::entries(&support::tests().join("../src"));
    let folders = modules.iter().map(|module| module.join("rules")).filter(|dir| dir.is_dir());
    let of_rules = folders.flat_map(|folder| support::entries(&folder));
    files.into_iter().chain(of_rules).filter_map(RuleExample::read).collect()
}

impl RuleExample {
    /// Reads the example in a file, if it holds one.
    fn read(file: PathBuf) -> Option<Self> {
        let text = std::fs::read_to_string(&file).expect("a file");
        let rule = file.file_stem()?.to_string_lossy().replace('_', "-");
        if file.extension()? == "md" {
            return Some(Self { rule, file, markdown: text, code: None });
        }
        let is_documentation = |line: &&str| line.starts_with("//!");
        let lines = || text.split_inclusive('\n');
        let markdown: String = lines().take_while(is_documentation).map(undocumented).collect();
        let code = lines().skip_while(is_documentation).collect();
        let has_report = blocks(&markdown).iter().any(|block| block.info == "diagnostics");
        has_report.then_some(Self { rule, file, markdown, code: Some(code) })
    }

    /// Returns the text of the file with another example.
    fn with(&self, markdown: String) -> String {
        let Some(code) = &self.code else { return markdown };
        let lines = markdown.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n");
        lines.collect::<String>() + code
    }
}

/// Returns a line of documentation without its comment sign.
fn undocumented(line: &str) -> &str {
    let line = line.strip_prefix("//!").unwrap_or(line);
    line.strip_prefix(' ').unwrap_or(line)
}

/// Returns the names of all rules.
fn names() -> Vec<&'static str> {
    fieldbook::workspace::rules::all().all().iter().map(|rule| rule.name).collect()
}

/// Returns the differences of an example's reports from the expected ones.
fn check(example: &RuleExample) -> Vec<String> {
    let text = &example.markdown;
    let mut book: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut updated = String::new();
    let mut from = 0;
    for block in blocks(text) {
        if block.info != "diagnostics" {
            book.insert(block.info, block.text);
            book.retain(|_, text| !text.trim().is_empty());
            continue;
        }
        let report = report(&book);
        let line = line_of(text, block.range.start);
        let difference = support::difference(block.text.trim_end(), report.trim_end());
        let name = example.file.file_name().unwrap_or_default().to_string_lossy();
        wrong.extend(difference.map(|difference| format!("{name}:{line}: {difference}")));
        updated.push_str(&text[from..block.range.start]);
        updated.push_str(&fenced("diagnostics", &report));
        from = block.range.end;
    }
    updated.push_str(&text[from..]);
    if support::is_update() {
        std::fs::write(&example.file, example.with(updated)).expect("the example");
        return Vec::new();
    }
    wrong
}

/// Returns the pages in a list, with one in each line: its address, a space and its title.
fn pages(list: &str) -> PublishedPages {
    let page = |line: &str| {
        let (address, title) = line.split_once(' ').expect("an address and a title");
        (OutputPath::new(address), Fingerprint::of(title))
    };
    PublishedPages { titles: list.lines().map(page).collect() }
}

/// Returns the report on a book.
fn report(book: &BTreeMap<String, String>) -> String {
    let mut files: Vec<(&str, &str)> =
        book.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    if !book.contains_key("book.toml") {
        files.push(("book.toml", "title = \"Book\"\n"));
    }
    let mut workspace = Workspace::new(support::options());
    let published = files.iter().position(|(path, _)| *path == "published");
    workspace.assume_published(pages(published.map_or("", |at| files.remove(at).1)));
    let edits = support::sources(&files).into_files().map(SourceEdit::Put).collect();
    let is_stopped = workspace.apply(edits).is_err();
    let report = support::places(&workspace);
    assert_eq!(is_stopped, report.contains(" error["), "an error, and only that, stops a build");
    report
}
