//! Answers about places: completion, hover, definitions, references and the rest.

use serde_json::{Value, json};

use crate::client::{Editor, abilities, edited, position, within};
use crate::support::book::Book;
use crate::world::{LINKED, apply};

fn labels(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("items");
    items.iter().map(|item| item["label"].as_str().expect("a label")).collect()
}

/// Returns a text with the offer of this label.
#[track_caller]
fn with_offer(text: &str, list: &Value, label: &str) -> String {
    let items = list["items"].as_array().expect("items");
    let item = items.iter().find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("no {label} among {:?}", labels(list)));
    edited(text, &json!([item["textEdit"]]))
}

#[test]
fn links_are_completed_in_every_form() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/first.md";
    let front = "+++\ntitle = \"First\"\nthemes = [\"water\"]\n+++\n\n";
    let cases = [
        ("See [[saf", "Safe water", "See [[water]]"),
        ("See [[bore", "The wells", "See [[wells]]"),
        ("See [[water#", "Pumps", "See [[water#Pumps]]"),
        ("See [[water#^", "^deep", "See [[water#^deep]]"),
        ("See [x](wat", "Safe water", "See [x](../themes/water.md"),
        ("See [x](../themes/water.md#", "Old wells", "See [x](../themes/water.md#old-wells"),
        ("> [!wa", "warning", "> [!warning] "),
    ];
    for (version, (typed, label, expected)) in (2..).zip(cases) {
        let text = format!("{front}{typed}");
        if version == 2 {
            editor.open(path, &text);
        } else {
            editor.change(path, version, &text);
        }
        let place = editor.after(path, &text, typed);
        let list = editor.ask("textDocument/completion", place);
        assert_eq!(with_offer(&text, &list, label), format!("{front}{expected}"), "{typed}");
    }
    let text = format!("{front}Said.[^\n\n[^one]: There.\n");
    editor.change(path, 20, &text);
    let place = editor.after(path, &text, "Said.[^");
    let list = editor.ask("textDocument/completion", place);
    assert_eq!(labels(&list), ["one"]);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn front_matter_is_completed_in_both_notations() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/new.md";
    let cases = [
        ("+++\ntitle = \"N\"\nthemes = [\"", "\"]\n+++\n", &["Safe water", "The wells"][..]),
        ("+++\ntitle = \"N\"\nsetting = \"", "\"\n+++\n", &["rural", "urban"]),
        ("---\ntitle: N\nsetting: ", "\n---\n", &["rural", "urban"]),
        ("---\ntitle: N\nthemes:\n  - ", "\n---\n", &["Safe water", "The wells"]),
        ("+++\ntitle = \"N\"\n[[sources]]\nref = \"fir", "\"\n+++\n", &["First"]),
        ("+++\ntitle = \"N\"\ndate = ", "\n+++\n", &["2026-11-22"]),
    ];
    editor.open(path, "");
    for (version, (before, after, expected)) in (2..).zip(cases) {
        let text = format!("{before}{after}");
        editor.change(path, version, &text);
        let place = editor.after(path, &text, before);
        let list = editor.ask("textDocument/completion", place);
        assert_eq!(labels(&list), expected, "{before}");
    }
    // What the note must have comes first.
    for (version, (before, after)) in
        (20..).zip([("+++\ntitle = \"N\"\n", "\n+++\n"), ("---\ntitle: N\n", "\n---\n")])
    {
        let text = format!("{before}{after}");
        editor.change(path, version, &text);
        let place = editor.after(path, &text, before);
        let list = editor.ask("textDocument/completion", place);
        assert_eq!(labels(&list)[0], "themes");
        assert!(labels(&list).contains(&"sources") && !labels(&list).contains(&"title"));
    }
    let text = "+++\ntitle = \"N\"\n[[except]]\nrule = \"\"\n+++\n";
    editor.change(path, 30, text);
    let place = editor.after(path, text, "rule = \"");
    let list = editor.ask("textDocument/completion", place);
    assert!(labels(&list).contains(&"orphan"));
}

#[test]
fn an_unsaved_heading_is_offered_in_another_text_at_once() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let water = editor.open_file("content/themes/water.md");
    let text = "+++\ntitle = \"First\"\nthemes = [\"water\"]\n+++\n\n[[water#";
    editor.open("content/lessons/first.md", text);
    editor.change("content/themes/water.md", 2, &format!("{water}\n## Filters\n"));
    let place = editor.after("content/lessons/first.md", text, "[[water#");
    let list = editor.ask("textDocument/completion", place.clone());
    assert!(labels(&list).contains(&"Filters"), "{:?}", labels(&list));
    // Closed without a save, it is gone.
    editor.close("content/themes/water.md");
    let list = editor.ask("textDocument/completion", place);
    assert!(!labels(&list).contains(&"Filters"), "{:?}", labels(&list));
}

#[test]
fn definitions_and_references_go_both_ways() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/first.md";
    let text = editor.open_file(path);
    let water = book.read("content/themes/water.md");
    for (before, file, shown) in [
        ("[[wat", "content/themes/water.md", ""),
        ("(../themes/water.md#pu", "content/themes/water.md", "Pumps"),
        ("[[water#^de", "content/themes/water.md", "deep"),
        ("[[Bore", "content/themes/wells.md", ""),
        ("themes = [\"wa", "content/themes/water.md", ""),
        ("ref = \"/lessons/sec", "content/lessons/second.md", ""),
    ] {
        let place = editor.after(path, &text, before);
        let found = editor.ask("textDocument/definition", place);
        assert_eq!(found[0]["uri"], editor.uri(file).as_str(), "{before}");
        if file.ends_with("water.md") {
            assert_eq!(within(&water, &found[0]["range"]), shown, "{before}");
        }
    }
    let place = editor.after(path, &text, "A note.[^o");
    let found = editor.ask("textDocument/definition", place);
    assert_eq!(found[0]["range"]["start"], position(&text, text.find("[^one]:").expect("it") + 2));
    let mut place = editor.after(path, &text, "[[wat");
    place["context"] = json!({ "includeDeclaration": false });
    let found = editor.ask("textDocument/references", place);
    let files: Vec<&str> = found
        .as_array()
        .expect("places")
        .iter()
        .filter_map(|place| place["uri"].as_str())
        .collect();
    let count = |file: &str| files.iter().filter(|uri| uri.ends_with(file)).count();
    assert_eq!([count("wells.md"), count("first.md"), count("second.md")], [2, 6, 2], "{files:?}");
    // From a heading, the links to it.
    editor.open_file("content/themes/water.md");
    let mut place = editor.after("content/themes/water.md", &water, "## Pum");
    place["context"] = json!({ "includeDeclaration": false });
    let found = editor.ask("textDocument/references", place);
    assert_eq!(found.as_array().expect("places").len(), 2);
    let links = editor
        .ask("textDocument/documentLink", json!({ "textDocument": { "uri": editor.uri(path) } }));
    assert_eq!(links.as_array().expect("links").len(), 8, "{links:#}");
}

#[test]
fn hovering_shows_what_readers_will_see() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/first.md";
    let text = editor.open_file(path);
    let mut shown = |before: &str| {
        let place = editor.after(path, &text, before);
        let found = editor.ask("textDocument/hover", place);
        found["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    let water = shown("[[wat");
    assert!(water.starts_with("**Safe water** · Theme\n\nWater that people can drink."), "{water}");
    assert!(shown("(../themes/water.md#pu").contains("Mend them."));
    assert!(!shown("(../themes/water.md#pu").contains("Dig them"));
    assert!(shown("\nsett").contains("- `rural`"));
    assert!(shown("\nthem").contains("must have it"));
    assert_eq!(shown("é"), "");
}

#[test]
fn an_outline_has_settings_and_headings() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/themes/water.md";
    let text = editor.open_file(path);
    let document = json!({ "textDocument": { "uri": editor.uri(path) } });
    let outline = editor.ask("textDocument/documentSymbol", document.clone());
    let names: Vec<&str> = outline
        .as_array()
        .expect("entries")
        .iter()
        .filter_map(|entry| entry["name"].as_str())
        .collect();
    assert_eq!(names, ["Safe water", "Wells", "Pumps"]);
    assert_eq!(outline[1]["children"][0]["name"], "Old wells");
    assert_eq!(within(&text, &outline[1]["selectionRange"]), "Wells");
    let folds = editor.ask("textDocument/foldingRange", document.clone());
    assert_eq!(folds[0]["startLine"], 0);
    assert!(folds.as_array().expect("folds").len() >= 4);
    let found = editor.ask("workspace/symbol", json!({ "query": "boreh" }));
    assert_eq!(found[0]["name"], "The wells");
}

#[test]
fn links_and_keys_are_coloured() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/new.md";
    let text = "+++\ntitle = \"N\"\n+++\n\n[[water]] [[nowhere]] %% to do %%\n\n```\n%%\n```\n";
    editor.open(path, text);
    editor.problems(path, |found| found.iter().any(|problem| problem["code"] == "broken-link"));
    let document = json!({ "textDocument": { "uri": editor.uri(path) } });
    let tokens = editor.ask("textDocument/semanticTokens/full", document);
    let numbers: Vec<u64> =
        tokens["data"].as_array().expect("numbers").iter().filter_map(Value::as_u64).collect();
    let (mut line, mut column, mut shown) = (0, 0, Vec::new());
    for token in numbers.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let (start, end) = (json!({ "line": line, "character": column }), column + token[2]);
        let range = json!({ "start": start, "end": { "line": line, "character": end } });
        shown.push((within(text, &range), token[3], token[4]));
    }
    let expected = [("title", 0, 0), ("water", 1, 0), ("nowhere", 1, 2), ("%% to do %%", 2, 0)];
    assert_eq!(shown, expected);
}

#[test]
fn a_book_with_its_notes_elsewhere_is_read_from_the_first_text_on() {
    let book = Book::new(&[
        ("book.toml", "title = \"B\"\ncontent = \"notes\"\n"),
        ("notes/index.md", "+++\ntitle = \"Home\"\n+++\n\n[[other]]\n"),
        ("notes/other.md", "+++\ntitle = \"Other one\"\n+++\n\n[[index]]\n"),
    ]);
    let mut editor = Editor::new(&book);
    let text = editor.open_file("notes/index.md");
    let place = editor.after("notes/index.md", &text, "[[oth");
    let found = editor.ask("textDocument/hover", place);
    assert!(found["contents"]["value"].as_str().is_some_and(|text| text.contains("Other one")));
}

#[test]
fn columns_are_counted_as_the_editor_counts_them() {
    let book = Book::new(LINKED);
    for (unit, column) in [("utf-8", 10), ("utf-16", 5), ("utf-32", 4)] {
        let mut editor = Editor::with(&book, abilities(unit));
        assert_eq!(editor.greeting["capabilities"]["positionEncoding"], unit);
        let path = "content/lessons/first.md";
        let text = editor.open_file(path);
        let line = text.lines().position(|line| line.starts_with('é')).expect("a line");
        // The sign before the link, then its name.
        let place = json!({
            "textDocument": { "uri": editor.uri(path) },
            "position": { "line": line, "character": column + 3 },
        });
        let found = editor.ask("textDocument/hover", place);
        assert_eq!(
            found["range"]["start"],
            json!({ "line": line, "character": column + 2 }),
            "{unit}"
        );
    }
}

#[test]
fn each_quick_fix_removes_its_problem_and_adds_none() {
    let book = Book::new(LINKED);
    book.write(
        "content/lessons/third.md",
        "+++\ntitle = \"Third\"\nthemes = [\"watr\"]\nsetting = \"rurl\"\n+++\n\nText.\n",
    );
    let mut editor = Editor::new(&book);
    let path = "content/lessons/third.md";
    let mut text = editor.open_file(path);
    let mut found = editor.problems(path, |found| found.len() >= 2);
    let mut version = 1;
    while let Some(problem) = found.iter().find(|problem| problem["code"] != "orphan") {
        let params = json!({
            "textDocument": { "uri": editor.uri(path) },
            "range": problem["range"],
            "context": { "diagnostics": [problem] },
        });
        let actions = editor.ask("textDocument/codeAction", params);
        let is_fix = |action: &&Value| {
            action["kind"] == "quickfix"
                && action["edit"]["documentChanges"][0]["kind"].is_null()
                && !action["title"].as_str().unwrap_or_default().starts_with("Let this note")
        };
        let fix = actions.as_array().expect("actions").iter().find(is_fix);
        let fix = fix.unwrap_or_else(|| panic!("no fix for {problem:#} in {actions:#}"));
        text = edited(&text, &fix["edit"]["documentChanges"][0]["edits"]);
        version += 1;
        editor.change(path, version, &text);
        let count = found.len();
        found = editor.problems(path, |now| now.len() < count);
    }
    assert!(
        text.contains("themes = [\"water\"]") && text.contains("setting = \"rural\""),
        "{text}"
    );
}

#[test]
fn a_missing_note_is_made_of_the_kind_that_the_field_takes() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/lessons/first.md";
    let text = editor.open_file(path).replace("[\"water\"]", "[\"water\", \"latrines\"]");
    editor.change(path, 2, &text);
    editor.problems(path, |found| found.iter().any(|problem| problem["code"] == "broken-link"));
    let at = text.find("latr").expect("it");
    let params = json!({
        "textDocument": { "uri": editor.uri(path) },
        "range": { "start": position(&text, at), "end": position(&text, at) },
        "context": { "diagnostics": [] },
    });
    let actions = editor.ask("textDocument/codeAction", params);
    let made = actions.as_array().expect("actions").iter().find(|action| {
        action["title"].as_str().is_some_and(|title| title.starts_with("Make the theme"))
    });
    apply(&editor, &made.expect("an action")["edit"]);
    assert!(book.read("content/themes/latrines.md").contains("title = \"Latrines\""));
    editor.problems(path, |found| found.is_empty());
}

#[test]
fn links_change_between_their_forms_and_back() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/themes/wells.md";
    let text = editor.open_file(path);
    let mut convert = |version: i32, text: &str, before: &str| {
        if version > 1 {
            editor.change(path, version, text);
        }
        let place = editor.after(path, text, before)["position"].clone();
        let params = json!({
            "textDocument": { "uri": editor.uri(path) },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": ["refactor"] },
        });
        let actions = editor.ask("textDocument/codeAction", params);
        edited(text, &actions[0]["edit"]["documentChanges"][0]["edits"])
    };
    let there = convert(1, &text, "[[wat");
    assert!(there.contains("[Safe water](water.md#wells)"), "{there}");
    let back = convert(2, &there, "](wat");
    assert!(back.contains("[[water#Wells|Safe water]]"), "{back}");
}

#[test]
fn a_section_becomes_a_note_unless_a_link_leads_into_it() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/themes/water.md";
    let text = editor.open_file(path);
    let mut extract = |before: &str| {
        let place = editor.after(path, &text, before)["position"].clone();
        let params = json!({
            "textDocument": { "uri": editor.uri(path) },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [], "only": ["refactor.extract"] },
        });
        editor.ask("textDocument/codeAction", params)
    };
    assert_eq!(extract("## We"), json!([]));
    let action = extract("## Pum");
    apply(&editor, &action[0]["edit"]);
    assert!(book.read(path).ends_with("## Pumps\n\nSee [[pumps]].\n"), "{}", book.read(path));
    assert!(book.read("content/themes/pumps.md").ends_with("+++\n\nMend them.\n"));
}

#[test]
fn a_text_is_formatted_by_its_lines() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let path = "content/themes/wells.md";
    let text = "+++\ntitle   =   \"The wells\"\n+++\n\n\n\nText.   \n* one\n* two\n";
    editor.open(path, text);
    let params = json!({
        "textDocument": { "uri": editor.uri(path) },
        "options": { "tabSize": 4, "insertSpaces": true },
    });
    let edits = editor.ask("textDocument/formatting", params);
    let after = edited(text, &edits);
    book.write(path, text);
    book.run(&["fmt", "-q"]);
    assert_eq!(after, book.read(path));
    assert_ne!(after, text);
}

#[test]
fn a_page_of_the_manual_can_be_read_and_the_preview_opens() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let page = editor
        .ask("workspace/textDocumentContent", json!({ "uri": "fieldbook:/rules/broken-link.md" }));
    assert!(page["text"].as_str().is_some_and(|text| text.contains("# ")), "{page}");
    let path = "content/themes/water.md";
    let text = editor.open_file(path);
    let place = editor.after(path, &text, "Mend");
    let arguments = json!([place["textDocument"]["uri"], place["position"]]);
    let url = editor.ask(
        "workspace/executeCommand",
        json!({ "command": "fieldbook.preview", "arguments": arguments }),
    );
    let url = url.as_str().expect("an address");
    assert!(
        url.starts_with("http://127.0.0.1:") && url.ends_with("/themes/water.html#pumps"),
        "{url}"
    );
}
