//! Requests that no editor should send, and sessions that end in any way.

use serde_json::{Value, json};

use crate::client::{Editor, abilities};
use crate::support::book::Book;
use crate::support::random::Random;
use crate::world::LINKED;

/// The number of random messages; more with `FIELDBOOK_REQUESTS`.
const N_MESSAGES: usize = 3_000;

const METHODS: &[&str] = &[
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/documentLink",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/inlayHint",
    "textDocument/codeAction",
    "textDocument/formatting",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/diagnostic",
    "workspace/diagnostic",
    "workspace/symbol",
    "workspace/willRenameFiles",
    "workspace/textDocumentContent",
    "completionItem/resolve",
    "no/such/method",
];

/// Returns parameters that may fit a request, or not.
fn parameters(editor: &Editor<'_>, random: &mut Random) -> Value {
    let numbers = [0u64, 1, 2, 5, 9, 40, 4_294_967_295];
    let number = |random: &mut Random| numbers[random.below(numbers.len())];
    let files = [
        "content/lessons/first.md",
        "content/themes/water.md",
        "content/new.md",
        "book.toml",
        "../outside.md",
        "%00",
    ];
    let uri = match random.below(12) {
        0 => "nonsense".to_owned(),
        1 => "file:///etc/passwd".to_owned(),
        _ => editor.uri(files[random.below(files.len())]),
    };
    let place = json!({ "line": number(random), "character": number(random) });
    let end = json!({ "line": number(random), "character": number(random) });
    let new_uri = editor.uri(files[random.below(files.len())]);
    let new_name = ["x", "", "a/b", "../../x", "water", "\u{0}"][random.below(6)];
    let query = ["", "wa", "é"][random.below(3)];
    match random.below(14) {
        0 => Value::Null,
        1 => json!([1, "x"]),
        2 => json!({ "textDocument": { "uri": 5 } }),
        _ => json!({
            "textDocument": { "uri": uri },
            "uri": uri,
            "position": place,
            "range": { "start": place, "end": end },
            "context": { "diagnostics": [], "includeDeclaration": true },
            "options": { "tabSize": 4, "insertSpaces": true },
            "newName": new_name,
            "query": query,
            "previousResultIds": [],
            "files": [{ "oldUri": uri, "newUri": new_uri }],
            "label": "x",
            "data": { "note": number(random) },
        }),
    }
}

#[test]
fn no_request_goes_without_an_answer() {
    let book = Book::new(LINKED);
    let mut editor = Editor::new(&book);
    let mut random = Random::new(7);
    let count = std::env::var("FIELDBOOK_REQUESTS").ok().and_then(|count| count.parse().ok());
    let path = "content/lessons/first.md";
    // A return alone ends a line for the protocol, and not for Markdown's layout.
    let text = format!("{}\ra\rb   \n* one\r\n* two\n", book.read(path));
    editor.open(path, &text);
    editor.open_file("content/themes/water.md");
    let mut waiting = Vec::new();
    for number in 0..count.unwrap_or(N_MESSAGES) {
        if random.below(20) == 0 {
            let cut = text.floor_char_boundary(random.below(text.len()));
            editor.change(path, number as i32 + 2, &text[..cut]);
        }
        let params = parameters(&editor, &mut random);
        let id = editor.begin(METHODS[random.below(METHODS.len())], params);
        if random.below(10) == 0 {
            editor.notify("$/cancelRequest", json!({ "id": id }));
        }
        waiting.push(id);
        if waiting.len() == 50 {
            for id in waiting.drain(..) {
                let answer = editor.answer_in_any_order(id);
                let bug = answer["error"]["message"].as_str().unwrap_or_default();
                assert!(!bug.contains("bug"), "{answer}");
            }
        }
    }
    let bugs =
        |said: &&Value| said["params"]["message"].as_str().is_some_and(|text| text.contains("bug"));
    assert_eq!(editor.said.iter().find(bugs), None);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn sessions_end_in_any_way() {
    let book = Book::new(LINKED);
    assert_eq!(Editor::new(&book).end(), Some(0));
    // Without a shutdown, and without an exit.
    let mut editor = Editor::new(&book);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait(), Some(3));
    let editor = Editor::new(&book);
    assert_eq!(editor.wait(), Some(3));
    // After a shutdown nothing else is answered.
    let mut editor = Editor::new(&book);
    editor.ask("shutdown", Value::Null);
    assert!(editor.refused("workspace/symbol", json!({ "query": "" })).contains("has ended"));
}

#[test]
fn a_folder_without_a_book_is_left_alone() {
    let book = Book::new(&[("notes/x.md", "# X\n")]);
    let mut editor = Editor::found(&book, abilities("utf-8"));
    editor.open("notes/x.md", "# X\n\n[[y]]\n");
    let place = editor.after("notes/x.md", "# X\n\n[[y]]\n", "[[y");
    assert_eq!(editor.ask("textDocument/definition", place), Value::Null);
    assert_eq!(editor.said.len(), 0);
    // A book that the editor opens only by a file in it is found.
    let book = Book::new(LINKED);
    let mut editor = Editor::found(&book, abilities("utf-8"));
    let text = editor.open_file("content/lessons/first.md");
    let place = editor.after("content/lessons/first.md", &text, "[[wat");
    assert!(editor.ask("textDocument/definition", place)[0]["uri"].is_string());
}
