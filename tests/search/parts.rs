//! The script of the search is joined from parts, of which a theme replaces or adds some, or all.

use fieldbook::path::SourcePath;
use fieldbook::source::SourceEdit;
use fieldbook::workspace::Workspace;

use crate::chromium::Browser;
use crate::on_disk;
use crate::support::{self, Tree};

const BOOK: &[(&str, &str)] = &[
    ("book.toml", "title = \"T\"\ntheme = \"ours\"\n"),
    ("content/a.md", "+++\ntitle = \"A\"\n+++\nText.\n"),
    ("themes/ours/templates/unused.html", ""),
];

const ADDED: (&str, &str) = (
    "themes/ours/scripts/search/8-ours.js",
    "// Sees what the other parts declare.\ndocument.title = foldedWords(\"Čafé AK-47\").join();\n",
);

fn open(added: &[(&str, &str)]) -> (Workspace, Tree) {
    let files = [BOOK, added].concat();
    let (book, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&book)));
    (book, site)
}

/// The one script in the site whose name begins with `name`.
fn script(site: &Tree, name: &str) -> String {
    let begin = format!("assets/{name}.");
    let mut found = site.iter().filter(|(path, _)| path.starts_with(&begin));
    let (_, bytes) = found.next().unwrap_or_else(|| panic!("no {begin}"));
    assert_eq!(found.next(), None, "two of {begin}");
    String::from_utf8(bytes.clone()).expect("a script")
}

#[test]
fn parts_are_joined_in_the_order_of_their_names_without_comments() {
    let site = open(&[
        ("themes/ours/scripts/hello/2-then.js", "then();\n  // Not this.\nlast(\"// this\");"),
        ("themes/ours/scripts/hello/1-first.js", "// Nor this.\nfirst();\n"),
    ]);
    let joined = "\"use strict\";\n(() => {\nfirst();\nthen();\nlast(\"// this\");\n})();\n";
    assert_eq!(script(&site.1, "hello"), joined);
}

#[test]
fn a_theme_replaces_a_part_or_the_whole() {
    let own = script(&open(&[]).1, "search");
    assert!(own.contains("const TABLES = {\"words\":"), "{own}");
    let part = ("themes/ours/scripts/search/7-start.js", "ours();\n");
    let site = open(&[part]).1;
    let with_part = script(&site, "search");
    assert!(with_part.ends_with("\n}\nours();\n})();\n"), "{with_part}");
    assert!(with_part.contains("class Panel"), "{with_part}");
    let whole = ("themes/ours/static/assets/search.js", "all();\n");
    assert_eq!(script(&open(&[part, whole]).1, "search"), "all();\n");
}

#[test]
fn an_edit_of_a_part_changes_the_script() {
    let (mut book, mut site) = open(&[]);
    let before = site.clone();
    let (path, text) = ADDED;
    let put = SourceEdit::Put(support::source(path, text.as_bytes()));
    support::make(&mut site, book.apply(vec![put]).expect("a book"));
    assert_eq!(site, open(&[ADDED]).1);
    let remove = SourceEdit::Remove(SourcePath::new(path));
    support::make(&mut site, book.apply(vec![remove]).expect("a book"));
    assert_eq!(site, before);
}

#[test]
fn a_part_shares_what_the_others_declare() {
    let Some(mut browser) = Browser::launch("a part of the search") else { return };
    let folder = on_disk(&open(&[ADDED]).1);
    browser.open(&format!("file://{}/search.html", folder.path().display()));
    browser.until("document.title === 'cafe,ak,47'");
    assert_eq!(browser.problems(), Vec::<String>::new());
}
