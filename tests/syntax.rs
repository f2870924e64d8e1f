//! The syntax reference is the syntax test: every example of `src/manual/content/syntax/` runs.
//!
//! A `markdown` block is the text of a note; one that begins with `+++` is a whole file, front matter
//! included. A `report` block after it is the report on it. The HTML of the note's page is in
//! `tests/syntax/`, under the same name. `UPDATE=1 cargo test --test syntax` writes both again.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::path::Path;

use fieldbook::source::Source;
use support::blocks::{Block, blocks, fenced, line_of};

/// The book of which the examples are a note. Its theme shows only the text of a note.
const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        r#"
title = "Examples"
theme = "bare"

# Most examples do not link to the picture.
[check]
unlinked-file = "off"

[kinds.lesson]
folder = "lessons"

[kinds.term]
folder = "glossary"

[kinds.theme]
folder = "themes"

[kinds.page.fields]
themes = { to = "theme", many = true }
countries = { to = "term", many = true, open = true }
basis = { one-of = ["evaluated", "documented", "assertion"] }
contact = { text = true }
started = { date = true }
cost = { number = true }
repeated = { flag = true }
report = { url = true }
"#,
    ),
    ("themes/bare/templates/note.html", "{{ content | safe }}"),
    (
        "content/lessons/priority-on-paper.md",
        "+++\ntitle = \"Priority on paper\"\n+++\n\n## What happened\n\nThe plan named mine action. \
         The budget did not. ^claim\n\n### In Angola\n\nLess was spent.\n\n## What to do {#advice}\n\n\
         1. Look at the budget.\n2. Ask who pays. ^ask\n",
    ),
    (
        "content/glossary/baseline.md",
        "+++\ntitle = \"Baseline\"\naliases = [\"starting point\"]\n+++\n\nWhat is known at the start.\n",
    ),
    ("content/themes/localisation.md", "+++\ntitle = \"Localisation\"\n+++\n"),
    ("content/pictures/map.png", "a picture"),
    ("static/report.pdf", "a file"),
];

/// The pages of the syntax reference.
const PAGES: &str = "../src/manual/content/syntax";

#[test]
fn the_syntax_reference_is_true() {
    let files = support::entries(&support::tests().join(PAGES));
    let files: Vec<_> = files.into_iter().filter(|file| !file.ends_with("index.md")).collect();
    assert!(files.len() >= 11, "there are only {} files", files.len());
    let wrong: Vec<String> = files.iter().flat_map(|file| check(file)).collect();
    assert!(wrong.is_empty(), "{} are not true:\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}

/// Returns the errors in the examples of a file.
fn check(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a file of the reference");
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let found = blocks(&text);
    let is_example = |block: &Block| block.info == "markdown";
    let mut wrong = Vec::new();
    let mut updated = String::new();
    let mut shown = format!("The examples of `src/manual/content/syntax/{name}`, as HTML.\n");
    let mut from = 0;
    for (at, example) in found.iter().enumerate().filter(|(_, block)| is_example(block)) {
        let (html, report) = run(&example.text);
        shown.push_str(&format!("\n{}\n", fenced("markdown", &example.text)));
        if !html.trim().is_empty() {
            shown.push_str(&format!("\n{}\n", fenced("html", html.trim_end())));
        }
        let given = found.get(at + 1).filter(|block| block.info == "report");
        let (stands, end) =
            given.map_or(("", example.range.end), |block| (block.text.trim_end(), block.range.end));
        let difference = support::difference(stands, report.trim_end());
        let line = line_of(&text, example.range.start);
        wrong.extend(difference.map(|difference| format!("{name}:{line}: {difference}")));
        updated.push_str(&text[from..example.range.end]);
        if !report.trim().is_empty() {
            updated.push_str(&format!("\n\n{}", fenced("report", report.trim_end())));
        }
        from = end;
    }
    updated.push_str(&text[from..]);
    let stored = support::tests().join("syntax").join(&*name);
    if support::is_update() {
        std::fs::write(file, updated).expect("the reference");
        std::fs::write(stored, shown).expect("what is shown");
        return Vec::new();
    }
    let before = std::fs::read_to_string(&stored).unwrap_or_default();
    let difference = support::difference(&before, &shown);
    wrong.extend(difference.map(|difference| format!("tests/syntax/{name}: {difference}")));
    wrong
}

/// Returns the text as the note's page shows it, and the problems of the note.
fn run(markdown: &str) -> (String, String) {
    // An example with front matter, or with a title as its first heading, is a whole note.
    let is_whole = ["+++", "---", "# "].iter().any(|start| markdown.starts_with(start));
    let file = match is_whole {
        true => markdown.to_owned(),
        false => format!("+++\ntitle = \"Example\"\n+++\n{markdown}"),
    };
    let note: Source = support::source("content/example.md", file.as_bytes());
    let book = support::sources(BOOK).into_files().chain([note]).collect();
    let (workspace, site) = support::open(book, support::options());
    let page = site.and_then(|mut site| site.remove("example.html")).unwrap_or_default();
    (String::from_utf8(page).expect("a page is text"), support::lines(&workspace))
}
