//! Every id is unique on a page; otherwise links and screen readers would lead to the wrong place.
//! The ids of the page's own parts have a form that no note can give an id.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fieldbook::config::Config;
use fieldbook::disk;
use fieldbook::note::{HoleKind, Note};
use fieldbook::parse::parse;
use fieldbook::path::SourcePath;
use fieldbook::slug::OF_PAGE;
use scraper::{Html, Selector};

use crate::page;
use crate::support;
use crate::support::random::Random;

#[test]
fn an_id_stands_once_on_a_page() {
    for text in [
        "## One\n\n## One\n\n## One-1\n",
        "## Fn 1\n\n## Fn 1 from\n\nx[^1] y[^1] z[^1-from]\n\n[^1]: a\n\n[^1-from]: b\n",
        "x[^a b] y[^a-b] z[^a-b-1] z[^a-b.from]\n\n[^a b]: a\n\n[^a-b]: b\n\n[^a-b-1]: c\n\n[^a-b.from]: d\n",
        "## P 1\n\n<p id=\"q\">x</p>\n\n## Q\n\nText. ^r\n\n## R\n",
        "## Sources\n\n## Contents\n\n## Main\n\n## Facts\n\n## Changes\n",
        "## Points here\n\n## Linked from\n\n## Search\n\n## Menu\n",
    ] {
        let html = page(text).0.expect("a page");
        assert_eq!(repeated_ids(&html), [""; 0], "{text}");
    }
}

#[test]
fn repeated_ids_are_seen() {
    assert_eq!(repeated_ids("<p id=a><b id=b><i id=a>"), ["a"]);
}

/// Checks every page of every book of the tests, and of this repository's own.
#[test]
fn every_id_is_that_of_its_note_or_has_the_form_of_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sites = support::entries(&support::tests().join("sites"));
    let books = sites.iter().map(|site| site.join("input"));
    let mut own = BTreeSet::new();
    for book in books.chain([root.to_owned(), support::tests().join("pages/style")]) {
        let read = disk::read(&book, &SourcePath::new("book.toml")).expect("a book");
        let sources = support::plain_theme().into_iter().chain(read.into_files()).collect();
        let (workspace, site) = support::open(sources, support::options());
        let notes = workspace.site().into_iter().flat_map(|site| site.notes.iter());
        let of_notes: BTreeMap<&str, &Note> =
            notes.map(|note| (note.facts.place.output.as_str(), &**note)).collect();
        for (path, bytes) in site.iter().flatten().filter(|(path, _)| path.ends_with(".html")) {
            let of_note = of_notes.get(path.as_str()).map(|note| names(note)).unwrap_or_default();
            for id in ids(&String::from_utf8_lossy(bytes)) {
                assert!(!id.is_empty() && !id.contains(char::is_whitespace), "{path}: {id:?}");
                assert!(id.starts_with(OF_PAGE) != of_note.contains(&*id), "{path}: {id}");
                own.extend(
                    id.strip_prefix(OF_PAGE).map(|id| id.split('.').next().map(str::to_owned)),
                );
            }
        }
    }
    for part in [
        "main", "contents", "search", "group", "term", "footnote", "letter", "since", "state",
        "year", "part",
    ] {
        assert!(own.contains(&Some(part.to_owned())), "no page has an id such as page.{part}");
    }
}

/// Tests the ids that a note gives to parts of its text.
fn names(note: &Note) -> BTreeSet<&str> {
    let headings = note.facts.headings.iter().map(|heading| &*heading.anchor);
    headings.chain(note.facts.anchors.iter().map(|anchor| &**anchor)).collect()
}

#[test]
fn no_note_makes_an_id_of_the_page() {
    let pieces = [
        "page.",
        "page",
        ".",
        "main",
        "page.main",
        "group.lesson.themes",
        "footnote.a",
        " ",
        "\n\n",
        "## ",
        "{#",
        "}",
        "^",
        "[^",
        "]",
        "]: ",
        "<p id=",
        "<a name=\"",
        "<img id='",
        "\"",
        "'",
        ">",
        "&#46;",
        "&period;",
        "%2E",
        "\u{200b}",
        "- ",
        "| ",
        "`",
        "%%",
        "Text.",
        "[x](#",
        ")",
        "![[",
        "]]",
    ];
    let book = support::source("book.toml", crate::BOOK.as_bytes());
    let config =
        Config::read(&book.path, Some(&book), fieldbook::workspace::rules::all(), &mut Vec::new());
    let mut random = Random::new(3);
    let named = Selector::parse("[id], [name]").expect("a selector");
    let mut made = 0;
    for _ in 0..20_000 {
        let text = format!("+++\ntitle = \"Note\"\n+++\n\n{}\n", random.mix(&pieces, 16));
        let note = parse(&support::source("content/note.md", text.as_bytes()), &config, false);
        let of_note = names(&note);
        assert!(of_note.iter().all(|id| !id.starts_with(OF_PAGE)), "{text}");
        for hole in &note.body.holes {
            let HoleKind::Id(id) = &hole.what else { continue };
            let is_footnote = id.starts_with("page.footnote.");
            assert!(is_footnote != of_note.contains(&**id), "{id}: {text}");
            made += 1;
        }
        let body = Html::parse_fragment(&note.body.html);
        assert_eq!(body.select(&named).count(), 0, "{text}");
    }
    assert!(made > 500, "only {made} ids were made");
}

#[test]
fn a_name_of_the_page_is_refused() {
    for text in ["## A {#page.main}\n", "<p id=\"page.main\">x</p>\n", "<p id='p&#97;ge.x'>x</p>\n"]
    {
        let (html, report) = page(text);
        assert!(html.is_none() && report.contains("[duplicate-anchor]"), "{text}: {report}");
    }
    let (html, report) = page("<p id=\"a b\">x</p>\n\n<p id=\"\">y</p>\n");
    assert_eq!(report.matches("an id holds no spaces").count(), 2, "{report}");
    assert!(ids(&html.expect("a page")).iter().all(|id| id.starts_with(OF_PAGE)));
}

/// Tests that a class of the theme can't make code look like a part of the page.
#[test]
fn code_has_no_class_but_that_of_its_language() {
    for info in ["a\tnotice", "a&#9;notice", "a&#10;notice", "a&Tab;banner", "a\u{c}skip"] {
        let html = page(&format!("```{info}\nx\n```\n")).0.expect("a page");
        let page = Html::parse_document(&html);
        let code = Selector::parse("main pre code").expect("a selector");
        let classes: Vec<&str> =
            page.select(&code).flat_map(|code| code.value().classes()).collect();
        assert_eq!(classes, ["language-a"], "{info:?}");
    }
}

/// Returns the ids of a page.
fn ids(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let with_id = Selector::parse("[id]").expect("a selector");
    page.select(&with_id).filter_map(|element| element.attr("id")).map(str::to_owned).collect()
}

/// Returns the ids that occur more than once on a page.
fn repeated_ids(html: &str) -> Vec<String> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for id in ids(html) {
        *times.entry(id).or_default() += 1;
    }
    times.into_iter().filter(|(_, times)| *times > 1).map(|(id, _)| id).collect()
}
