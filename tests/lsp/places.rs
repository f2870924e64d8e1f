//! Problems with two places, terms in texts, and lenses.

use serde_json::{Value, json};

use crate::client::{Editor, abilities, within};
use crate::support::book::Book;

/// Two notes of one title and name, and one that cites a superseded one.
const TWICE: &[(&str, &str)] = &[
    ("book.toml", "title = \"Twice\"\nlanguage = \"en\"\n\n[kinds.report]\nfolder = \"reports\"\n"),
    (
        "content/index.md",
        "+++\ntitle = \"Home\"\n+++\n\n[[same]], [[old]] and [[reports/a/same]] [[reports/b/same]]\n",
    ),
    ("content/reports/a/same.md", "+++\ntitle = \"The same\"\n+++\n\nText.\n"),
    (
        "content/reports/b/same.md",
        "+++\ndate = 2026-01-01\ntitle = \"The same\"\naliases = [\"/reports/a/same.html\"]\n+++\n\nText.\n",
    ),
    ("content/reports/old.md", "+++\ntitle = \"Old\"\n+++\n\nText.\n"),
    ("content/reports/new.md", "+++\ntitle = \"New\"\nsupersedes = [\"old\"]\n+++\n\nText.\n"),
];

/// Returns the other places of a problem of a rule, as paths and texts in the range.
fn related(editor: &Editor<'_>, found: &[Value], rule: &str) -> Vec<(String, String, String)> {
    let problem = found.iter().find(|problem| problem["code"] == rule);
    let problem = problem.unwrap_or_else(|| panic!("no {rule} in {found:#?}"));
    let places = problem["relatedInformation"].as_array().cloned().unwrap_or_default();
    let place = |place: &Value| {
        let uri = place["location"]["uri"].as_str().expect("an address");
        let path = uri.strip_prefix(&editor.uri("")).expect("a file").trim_start_matches('/');
        let text = editor.book.read(path);
        let shown = within(&text, &place["location"]["range"]).to_owned();
        (path.to_owned(), shown, place["message"].as_str().expect("a message").to_owned())
    };
    places.iter().map(place).collect()
}

#[test]
fn a_problem_names_the_other_notes_that_it_is_about() {
    let book = Book::new(TWICE);
    let mut can = abilities("utf-8");
    can["textDocument"]["publishDiagnostics"] = json!({ "relatedInformation": true });
    let mut editor = Editor::with(&book, can);
    let place = |path: &str, shown: &str, message: &str| {
        (format!("content/reports/{path}.md"), shown.to_owned(), message.to_owned())
    };
    let found = editor.problems("content/index.md", |found| found.len() >= 2);
    let same =
        [place("a/same", "\"The same\"", "The same"), place("b/same", "\"The same\"", "The same")];
    assert_eq!(related(&editor, &found, "ambiguous-name"), same);
    assert_eq!(related(&editor, &found, "superseded-cited"), [place("new", "\"New\"", "New")]);
    let found = editor.problems("content/reports/b/same.md", |found| found.len() >= 2);
    assert_eq!(related(&editor, &found, "duplicate-title"), same[..1]);
    assert_eq!(related(&editor, &found, "same-address"), same[..1]);
    // The place is that of the title as it is now.
    let other = "content/reports/a/same.md";
    let text = editor.open_file(other);
    editor.change(other, 2, &text.replace("title", "# A remark\ntitle"));
    let line = |problem: &Value| {
        problem["relatedInformation"][0]["location"]["range"]["start"]["line"].clone()
    };
    let moved = |found: &[Value]| found.iter().all(|problem| line(problem) == 2);
    editor.problems("content/reports/b/same.md", moved);
    // An editor that does not show them is not told.
    let mut editor = Editor::new(&book);
    let found = editor.problems("content/index.md", |found| found.len() >= 2);
    assert_eq!(related(&editor, &found, "ambiguous-name"), []);
}

/// A book with a glossary.
const TERMS: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"Terms\"\nlanguage = \"en\"\n\n[kinds.term]\nfolder = \"terms\"\nglossary = \"meaning\"\n\n\
         [kinds.term.fields]\nmeaning = { text = true }\n",
    ),
    ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\n[[shelter]]\n"),
    (
        "content/terms/shelter.md",
        "+++\ntitle = \"Emergency shelter\"\naliases = [\"tent\"]\nmeaning = \"A *roof* for some weeks.\"\n+++\n\nShelter is a tent.\n",
    ),
    (
        "content/note.md",
        "+++\ntitle = \"Note on a tent\"\n+++\n\nEach emergency\nshelter, `a tent` and [a tent here](index.md).\n\n```\nno tent\n```\n",
    ),
];

#[test]
fn a_term_in_a_text_shows_its_definition_and_leads_to_it() {
    let book = Book::new(TERMS);
    let mut editor = Editor::new(&book);
    let path = "content/note.md";
    let text = editor.open_file(path);
    let place = editor.after(path, &text, "emergency\nshe");
    let hover = editor.ask("textDocument/hover", place.clone());
    let shown = hover["contents"]["value"].as_str().expect("a text");
    assert!(
        shown.starts_with("**Emergency shelter** · Term\n\nA \\*roof\\* for some weeks."),
        "{shown}"
    );
    assert_eq!(within(&text, &hover["range"]), "emergency\nshelter");
    let found = editor.ask("textDocument/definition", place);
    assert_eq!(found[0]["uri"], editor.uri("content/terms/shelter.md").as_str());
    for no_mention in ["`a te", "no te"] {
        let place = editor.after(path, &text, no_mention);
        assert_eq!(editor.ask("textDocument/definition", place), Value::Null, "{no_mention}");
    }
    // In its own note it is no mention.
    let path = "content/terms/shelter.md";
    let text = editor.open_file(path);
    let place = editor.after(path, &text, "is a te");
    assert_eq!(editor.ask("textDocument/definition", place), Value::Null);
}

#[test]
fn a_broken_link_is_found_while_typing() {
    let book = Book::new(TWICE);
    let mut editor = Editor::new(&book);
    let path = "content/reports/new.md";
    let text = editor.open_file(path);
    editor.problems("content/index.md", |found| found.len() >= 2);
    // Never quiet for as long as the book waits to be read again.
    let mut version = 1;
    let mut typed = |editor: &mut Editor<'_>, more: &str, fits: &dyn Fn(&[Value]) -> bool| {
        for sign in ["a", "b"].iter().cycle().take(400) {
            version += 1;
            editor.change(path, version, &format!("{text}{more}{sign}\n"));
            std::thread::sleep(std::time::Duration::from_millis(5));
            editor.settle(std::time::Duration::ZERO);
            let last = editor.said.iter().rev().find(|said| {
                said["method"] == "textDocument/publishDiagnostics"
                    && said["params"]["uri"] == editor.uri(path).as_str()
            });
            let found = last.and_then(|said| said["params"]["diagnostics"].as_array());
            if found.is_some_and(|found| fits(found)) {
                return;
            }
        }
        panic!("nothing was found while somebody typed {more}");
    };
    let has = |rule: &'static str| {
        move |found: &[Value]| found.iter().any(|problem| problem["code"] == rule)
    };
    typed(&mut editor, "[[nowhere]] ", &has("broken-link"));
    typed(&mut editor, "[[same]] ", &has("ambiguous-name"));
    typed(&mut editor, "[[old#Part]] ", &has("missing-anchor"));
    // A heading that was just written is there.
    typed(&mut editor, "## Part\n\n[[#Part]] ", &|found| !has("missing-anchor")(found));
    typed(&mut editor, "[[old]] ", &|found| !has("broken-link")(found));
}
