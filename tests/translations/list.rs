//! The list of translations says of each what its page says, after edits as in a clean build.

use fieldbook::source::SourceEdit;
use serde_json::{Value, json};

use crate::support::{Tree, make, open, options, source, sources};
use crate::{CONFIG, FRENCH, ORIGINAL, original, record, translation};

/// Returns what the list says of the French version.
fn said(tree: &Tree) -> Value {
    let data: Value = serde_json::from_slice(&tree["translations.json"]).expect("JSON");
    let work = data["works"].as_array().expect("a list").iter().find(|work| work["kind"] == "ask");
    work.expect("the ask")["versions"][1].clone()
}

#[test]
fn a_translation_is_current_until_its_original_changes() {
    let config = format!("indexes = [\"translations\"]\n{CONFIG}");
    let french = translation(&record(&original()));
    let files = |now: &str| {
        [("book.toml", config.clone()), (ORIGINAL, now.to_owned()), (FRENCH, french.clone())]
    };
    let built = |now: &str| {
        let files = files(now);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, &**text)).collect();
        open(sources(&files), options())
    };
    let (mut workspace, tree) = built(&original());
    let mut tree = tree.expect("no errors");
    assert_eq!(said(&tree)["state"], "current");
    assert!(!tree.contains_key("fr/translations/fr-stale.html"));
    let now = original().replace("Paragraph 4 says", "Paragraph 4 no longer says");
    let edit = SourceEdit::Put(source(ORIGINAL, now.as_bytes()));
    make(&mut tree, workspace.apply(vec![edit]).expect("a book without errors"));
    let (_, clean) = built(&now);
    assert!(tree == clean.expect("no errors"), "an edit makes what a clean build makes");
    let stale = said(&tree);
    assert_eq!(
        [&stale["state"], &stale["behind"], &stale["paragraphs"]],
        [&json!("stale"), &json!(1), &json!(10)]
    );
    let list = std::str::from_utf8(&tree["fr/translations/fr-stale.html"]).expect("text");
    assert!(list.contains("À mettre à jour</a> <bdi>(1/10)</bdi>"), "{list}");
}
