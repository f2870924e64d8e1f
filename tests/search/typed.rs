//! Queries as people type them, and the order of their results: in the program as in a browser.

use serde_json::json;

use crate::chromium::Browser;
use crate::support;
use crate::{ASK, on_disk};

// With a kind, so that the folders of the notes are not kinds, which would be found, too.
const BOOK: &str =
    "title = \"T\"\nlanguages = [\"fr\", \"ar\", \"ko\"]\n[kinds.guide]\nfolder = \"guides\"\n";

/// The notes of the book: path, title and text.
const NOTES: &[(&str, &str, &str)] = &[
    ("a", "Rifles", "The AK-47 is old."),
    ("b", "Guns", "An AK47 is here."),
    ("c", "States", "In the U.S.A. and the U.N. today, e.g. on 2024-06-24."),
    ("d", "Union", "In the USA and the UN today."),
    ("e", "Arabic", "إزالة الألغام والمياه في الحق"),
    ("f", "Arabic again", "ألغام مياه حق"),
    ("ukraine/kharkiv-region/g", "A plan", "Nothing of where it is."),
    (
        "h",
        "Mine and action",
        "Action on a mine. A mine asks for action; this mine, for mine owners, needs no action at all.",
    ),
    (
        "i",
        "A long text",
        "Somewhere in a much longer text there is a mention of mine action, and that is all there is about it \
      among words about weather, roads, bridges, schools, wells, fields, gardens and everything else.",
    ),
    ("git", "Git rebase", "How to git rebase."),
    ("git.fr", "Git rebase", "Git rebase."),
    ("git.ar", "Git rebase", "Git rebase."),
    ("git.ko", "Git rebase", "Git rebase."),
    ("j", "Another tool", "Like git, it can rebase."),
    ("k", "One more", "The git rebase of old."),
    ("l", "Name", "Nothing."),
];

/// Queries, and all pages that are found, in order.
const ASKED: &[(&str, &[&str])] = &[
    ("AK47", &["a", "b"]),
    ("AK-47", &["a", "b"]),
    ("ak‑47", &["a", "b"]),
    ("USA", &["c", "d"]),
    ("U.S.A.", &["c", "d"]),
    ("u.s.a", &["c", "d"]),
    ("UN", &["c", "d"]),
    ("U.N.", &["c", "d"]),
    ("ألغام", &["e", "f"]),
    ("الألغام", &["e", "f"]),
    ("الغام", &["e", "f"]),
    ("مياه", &["e", "f"]),
    ("الحق", &["e", "f"]),
    ("حق", &["e", "f"]),
    ("ukraine", &["ukraine/kharkiv-region/g"]),
    ("kharkiv plan", &["ukraine/kharkiv-region/g"]),
];

/// The same for queries where the first result matters.
const ORDERED: &[(&str, &[&str])] = &[
    ("mine action", &["i", "h"]),
    ("mine act", &["i", "h"]),
    ("\"mine action\"", &["i"]),
    ("action mine", &["h", "i"]),
    ("git rebase", &["git", "k", "j"]),
];

fn page(name: &str) -> String {
    format!("{name}.html")
}

#[test]
fn what_is_typed_is_found_in_its_order() {
    let note = |(path, title, text): &(&str, &str, &str)| {
        (format!("content/{path}.md"), format!("+++\ntitle = \"{title}\"\n+++\n{text}\n"))
    };
    let notes: Vec<(String, String)> = NOTES.iter().map(note).collect();
    let mut files = vec![("book.toml", BOOK)];
    files.extend(notes.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let (book, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&book)));
    let found = |query: &str| -> Vec<String> {
        let site = book.site().expect("a site");
        let hits = book.find(query).into_iter();
        hits.map(|hit| site.note(hit.id).facts.place.output.to_string()).collect()
    };
    for (query, pages) in ASKED {
        let mut found = found(query);
        found.sort();
        assert_eq!(found, pages.iter().map(|name| page(name)).collect::<Vec<_>>(), "{query}");
    }
    for (query, pages) in ORDERED {
        let found = found(query);
        assert_eq!(
            found[..pages.len()],
            pages.iter().map(|name| page(name)).collect::<Vec<_>>(),
            "{query}"
        );
    }
    // Of a work that has translations, one version is found.
    assert_eq!(found("git rebase"), ["git.html", "k.html", "j.html"]);
    let Some(mut browser) = Browser::launch("what people type") else { return };
    let folder = on_disk(&site);
    browser.open(&format!("file://{}/search.html", folder.path().display()));
    let asked: Vec<&str> = ASKED.iter().chain(ORDERED).map(|(query, _)| *query).collect();
    let answers = browser.evaluate(&format!("{ASK}({})", json!(asked)));
    for (query, answer) in asked.iter().zip(answers.as_array().expect("answers")) {
        let own: Vec<String> = found(query).into_iter().take(10).collect();
        assert_eq!(answer[0], json!(own), "{query}");
    }
    // Readers of a page in French find the text in French first.
    browser.open(&format!("file://{}/fr/search.html", folder.path().display()));
    let answers = browser.evaluate(&format!("{ASK}({})", json!(["git rebase"])));
    assert_eq!(answers[0][0][0], "fr/git.html");
    assert_eq!(browser.problems(), Vec::<String>::new());
}
