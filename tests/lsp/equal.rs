//! The problems that an editor shows are those that `check` finds.

use std::fmt::Write;
use std::time::{Duration, Instant};

use fieldbook::span::LineIndex;
use serde_json::{Value, json};

use crate::client::{Editor, PATIENCE, position};
use crate::support::book::Book;
use crate::support::random::Random;
use crate::world::LINKED;

/// The number of random edits of each history.
const N_EDITS: usize = 25;

/// The number of histories; more with `FIELDBOOK_HISTORIES`.
const N_HISTORIES: u64 = 4;

/// Texts that are put into notes.
const TYPED: &[&str] = &[
    "a",
    " ",
    "\n",
    "\n\n## New heading\n\n",
    "[[water]]",
    "[[nowhere]]",
    "[x](first.md)",
    "]]",
    "[[",
    "%%",
    "é🌍",
    "+++\n",
    "\nthemes = [\"wells\"]\n",
    "\nsetting = \"else\"\n",
    "[^one]",
    "<b>",
    "\u{200b}",
    "## Wells\n",
    "[[except]]\nrule = \"orphan\"\nreason = \"R\"\n",
];

/// Returns the problems that `check` finds, by file: where they begin, and their rules with the severities.
fn of_check(book: &Book) -> Vec<(String, Value, String)> {
    let run = book.run(&["check", "--drafts", "--format", "json", "--today", "2026-11-22"]);
    let report: Value = serde_json::from_str(&run.out).expect("a report");
    let list = report["problems"].as_array().expect("problems");
    let mut found: Vec<_> = list
        .iter()
        .map(|problem| {
            let path = problem["file"].as_str().expect("a path").to_owned();
            let bytes = std::fs::read(book.path(&path)).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let number = |key: &str| problem[key].as_u64().expect("a number") as usize;
            let at = LineIndex::new(&text).offset(&text, number("line"), number("column"));
            let severity = if problem["severity"] == "error" { 1 } else { 2 };
            let rule = format!("{} {severity}", problem["code"].as_str().expect("a rule"));
            (path, position(&text, at.min(text.len())), rule)
        })
        .collect();
    found.sort_by_key(|(path, place, rule)| (path.clone(), place.to_string(), rule.clone()));
    found
}

/// Returns the problems that the editor was told of last.
fn of_editor(editor: &Editor<'_>) -> Vec<(String, Value, String)> {
    let root = editor.uri("") + "/";
    let mut last = std::collections::BTreeMap::new();
    for said in
        editor.said.iter().filter(|said| said["method"] == "textDocument/publishDiagnostics")
    {
        let uri = said["params"]["uri"].as_str().expect("an address");
        let path = uri.strip_prefix(&root).expect("a file of the book").to_owned();
        last.insert(path, said["params"]["diagnostics"].clone());
    }
    let mut found: Vec<_> = last
        .iter()
        .flat_map(|(path, list)| {
            let list = list.as_array().expect("problems").iter();
            list.map(move |problem| {
                let rule = problem["code"].as_str().expect("a rule");
                let rule = format!("{rule} {}", problem["severity"]);
                (path.clone(), problem["range"]["start"].clone(), rule)
            })
        })
        .collect();
    found.sort_by_key(|(path, place, rule)| (path.clone(), place.to_string(), rule.clone()));
    found
}

/// Makes random edits in an editor, and returns the problems that it shows then and those of a check of the same texts.
fn after_edits(seed: u64) -> [Vec<(String, Value, String)>; 2] {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let mut random = Random::new(seed);
    let paths =
        ["content/lessons/first.md", "content/lessons/second.md", "content/themes/water.md"];
    let mut texts: Vec<String> = paths.iter().map(|path| editor.open_file(path)).collect();
    for version in 2..2 + N_EDITS as i32 {
        let at = random.below(paths.len());
        let text = &mut texts[at];
        let start = text.floor_char_boundary(random.below(text.len() + 1));
        let end =
            text.ceil_char_boundary((start + random.below(4) * random.below(8)).min(text.len()));
        let typed = TYPED[random.below(TYPED.len())];
        let range = json!({ "start": position(text, start), "end": position(text, end) });
        let document = json!({ "uri": editor.uri(paths[at]), "version": version });
        let change = json!({ "range": range, "text": typed });
        editor.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [change] }),
        );
        text.replace_range(start..end, typed);
    }
    // The editor's texts are not saved in its book, so they are checked in another one.
    let saved = Book::new(LINKED);
    for (path, text) in paths.iter().zip(&texts) {
        saved.write(path, text);
    }
    let found = of_check(&saved);
    // The server reads the whole book once it is quiet; on a busy machine that takes longer.
    let end = Instant::now() + PATIENCE;
    let shown = loop {
        editor.settle(Duration::from_millis(500));
        let shown = of_editor(&editor);
        if shown == found || Instant::now() > end {
            break shown;
        }
    };
    assert!(!editor.said.iter().any(|said| said["method"] == "window/showMessage"));
    [shown, found]
}

#[test]
fn after_any_edits_the_problems_are_those_of_a_check() {
    let histories = std::env::var("FIELDBOOK_HISTORIES").ok().and_then(|count| count.parse().ok());
    let mut failed = String::new();
    for seed in 0..histories.unwrap_or(N_HISTORIES) {
        let [shown, found] = after_edits(seed);
        if shown != found {
            writeln!(failed, "history {seed}: {shown:#?} is not {found:#?}").expect("a text");
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn changes_on_the_disk_are_seen_unless_the_editor_has_the_file() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    editor.open_file("content/themes/water.md");
    editor.settle(Duration::from_millis(500));
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\n[[nowhere]]\n");
    let found = editor.problems("content/lessons/second.md", |found| !found.is_empty());
    assert!(found.iter().any(|problem| problem["code"] == "broken-link"));
    book.write("content/themes/water.md", "+++\ntitle = \"Water\"\n+++\n\n[[nowhere]]\n");
    editor.settle(Duration::from_millis(1500));
    assert!(!of_editor(&editor).iter().any(|(path, ..)| path == "content/themes/water.md"));
    editor.close("content/themes/water.md");
    editor.problems("content/themes/water.md", |found| !found.is_empty());
}

#[test]
fn a_text_that_was_never_saved_is_gone_once_it_is_closed() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/first.md";
    let text = editor.open_file(path).replace("[[water]]", "[[new]]");
    editor.change(path, 2, &text);
    let is_broken = |found: &[Value]| found.iter().any(|problem| problem["code"] == "broken-link");
    editor.problems(path, is_broken);
    editor.open(
        "content/lessons/new.md",
        "+++\ntitle = \"New\"\nthemes = [\"water\"]\n+++\n\n[[first]]\n",
    );
    editor.problems(path, |found| !is_broken(found));
    editor.close("content/lessons/new.md");
    editor.problems(path, is_broken);
    // A file that was removed while it was open is gone too.
    editor.open_file("content/themes/wells.md");
    book.remove("content/themes/wells.md");
    editor.settle(Duration::from_millis(1500));
    editor.close("content/themes/wells.md");
    editor.problems("content/index.md", is_broken);
}

#[test]
fn a_book_that_can_not_be_read_keeps_its_last_answers() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let config = editor.open_file("book.toml");
    let path = "content/lessons/first.md";
    let text = editor.open_file(path);
    editor.change("book.toml", 2, &config.replacen("title", "titel = [", 1));
    let found = editor.problems("book.toml", |found| !found.is_empty());
    assert_eq!(found[0]["code"], "bad-config");
    let place = editor.after(path, &text, "[[wat");
    let found = editor.ask("textDocument/definition", place);
    assert!(found[0]["uri"].as_str().is_some_and(|uri| uri.ends_with("water.md")));
    editor.change("book.toml", 3, &config);
    editor.problems("book.toml", |found| found.is_empty());
}

#[test]
fn problems_can_be_asked_for() {
    let book = Book::new(LINKED);
    let mut abilities = crate::client::abilities("utf-16");
    abilities["textDocument"]["diagnostic"] = json!({});
    abilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    let mut editor = Editor::with(&book, abilities);
    let path = "content/lessons/first.md";
    let text = editor.open_file(path).replace("[[water]]", "[[nowhere]]");
    editor.change(path, 2, &text);
    editor.settle(Duration::from_millis(600));
    let document = json!({ "uri": editor.uri(path) });
    let report = editor.ask("textDocument/diagnostic", json!({ "textDocument": document }));
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"][0]["code"], "broken-link");
    let known = json!({ "textDocument": document, "previousResultId": report["resultId"] });
    assert_eq!(editor.ask("textDocument/diagnostic", known)["kind"], "unchanged");
    let report = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(report["items"][0]["uri"], document["uri"]);
    // What is asked for is not told as well.
    let told = |said: &Value| said["params"]["uri"] == document["uri"];
    assert!(!editor.said.iter().any(told));
}
