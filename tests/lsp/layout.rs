//! The layout of some lines, changes of colours, and what stands above a title.

use serde_json::{Value, json};

use crate::client::{Editor, abilities, edited, position, within};
use crate::support::book::Book;
use crate::world::LINKED;

/// A note with blanks at the ends of its lines and settings in another order.
const UNTIDY: &str = "+++\nsetting = \"rural\"\nthemes = [ \"water\" ]\ntitle = \"First\"\n+++\n\nOne.   \n\nTwo. \n\nThree.  \n";

#[test]
fn some_lines_are_brought_into_the_layout() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/first.md";
    editor.open(path, UNTIDY);
    let mut tidied = |from: &str, to: &str| {
        let [start, end] = [from, to].map(|sign| position(UNTIDY, UNTIDY.find(sign).expect("it")));
        let params = json!({
            "textDocument": { "uri": editor.uri(path) },
            "range": { "start": start, "end": end },
            "options": { "tabSize": 2, "insertSpaces": true },
        });
        edited(UNTIDY, &editor.ask("textDocument/rangeFormatting", params))
    };
    assert_eq!(tidied("Two", "\n\nThree"), UNTIDY.replace("Two. ", "Two."));
    // A range that ends where a line begins is without that line.
    assert_eq!(tidied("One", "Two"), UNTIDY.replace("One.   ", "One."));
    assert_eq!(tidied("Two", "Two"), UNTIDY.replace("Two. ", "Two."));
    let all = tidied("+++", "ree");
    let front = tidied("setting", "\n+++\n\nOne");
    assert!(front.ends_with("One.   \n\nTwo. \n\nThree.  \n") && front != UNTIDY, "{front}");
    assert!(all.ends_with("\n\nOne.\n\nTwo.\n\nThree.\n"), "{all}");
    assert_eq!(all.split("One").next(), front.split("One").next());
}

#[test]
fn only_the_colours_that_changed_are_sent() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/new.md";
    let text = "+++\ntitle = \"N\"\n+++\n\n[[water]]\n\n[[wells]]\n";
    editor.open(path, text);
    editor.problems(path, |found| !found.is_empty());
    let document = json!({ "uri": editor.uri(path) });
    let before =
        editor.ask("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    let mut numbers: Vec<Value> = before["data"].as_array().expect("numbers").clone();
    let mut name = before["resultId"].clone();
    let texts = [
        text.replace("[[wells]]", "[[water]] and [[wells]]"),
        text.replace("\n\n[[water]]", ""),
        text.to_owned(),
        text.to_owned(),
    ];
    for (version, text) in (2..).zip(texts) {
        editor.change(path, version, &text);
        let params = json!({ "textDocument": document, "previousResultId": name });
        let delta = editor.ask("textDocument/semanticTokens/full/delta", params);
        for edit in delta["edits"].as_array().expect("edits") {
            let number = |key: &str| edit[key].as_u64().expect("a number") as usize;
            let end = number("start") + number("deleteCount");
            numbers.splice(number("start")..end, edit["data"].as_array().expect("data").clone());
        }
        let all =
            editor.ask("textDocument/semanticTokens/full", json!({ "textDocument": document }));
        assert_eq!(json!(numbers), all["data"], "{text}");
        assert_eq!(delta["resultId"], all["resultId"]);
        name = delta["resultId"].clone();
    }
    // Without the colours before, all of them are sent.
    let params = json!({ "textDocument": document, "previousResultId": "other" });
    let delta = editor.ask("textDocument/semanticTokens/full/delta", params);
    assert_eq!(delta["data"], json!(numbers));
}

#[test]
fn a_title_leads_to_the_page_and_to_what_leads_here() {
    let book = Book::new(LINKED);
    let path = "content/themes/water.md";
    let lenses = |editor: &mut Editor<'_>| {
        let text = editor.open_file(path);
        let params = json!({ "textDocument": { "uri": editor.uri(path) } });
        let lenses = editor.ask("textDocument/codeLens", params);
        let lenses = lenses.as_array().expect("lenses").clone();
        assert!(lenses.iter().all(|lens| within(&text, &lens["range"]) == "\"Safe water\""));
        lenses
    };
    let mut editor = Editor::new(&book);
    let shown = lenses(&mut editor);
    let commands: Vec<&Value> = shown.iter().map(|lens| &lens["command"]["command"]).collect();
    assert_eq!(commands, ["fieldbook.preview"]);
    let options = json!({ "showReferences": true });
    let mut editor = Editor::with_options(&book, abilities("utf-8"), options);
    let shown = lenses(&mut editor);
    let command = &shown[1]["command"];
    assert_eq!(command["command"], "editor.action.showReferences");
    assert_eq!(command["title"], "10 links lead here");
    assert_eq!(command["arguments"][2].as_array().expect("places").len(), 10);
}
