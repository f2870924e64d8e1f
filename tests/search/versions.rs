//! Works with several versions: a search shows one of each, in the language of the page if there is one.

use fieldbook::search::SearchHit;
use fieldbook::workspace::Workspace;

use crate::chromium::Browser;
use crate::on_disk;
use crate::support::{self, Tree};

const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"T\"\nlanguages = [\"fr\", \"ar\"]\ncheck.missing-words = \"off\"\n\n\
         [kinds.lesson]\nfolder = \"lessons\"\n",
    ),
    ("content/index.md", "+++\ntitle = \"Home\"\n+++\n"),
    ("content/lessons/index.md", "+++\ntitle = \"List\"\n+++\n"),
    (
        "content/lessons/donors.md",
        "+++\ntitle = \"Transport for donors\"\ndate = 2024-12-01\n+++\nA convoy of lorries.\n",
    ),
    (
        "content/lessons/donors.fr.md",
        "+++\ntitle = \"Le transport des donateurs\"\n+++\nUn convoi de camions.\n",
    ),
    ("content/lessons/donors.ar.md", "+++\ntitle = \"نقل المانحين\"\n+++\nقافلة من الشاحنات.\n"),
    (
        "content/lessons/only.md",
        "+++\ntitle = \"Transport alone\"\ndate = \"2024-12\"\n+++\nTransport of a convoy.\n",
    ),
    ("content/lessons/seul.fr.md", "+++\ntitle = \"Le camion\"\n+++\nUn convoi.\n"),
];

fn open() -> (Workspace, Tree) {
    let (book, site) = support::open(support::sources(BOOK), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&book)));
    (book, site)
}

/// Returns the addresses of what a reader finds on the pages of a language.
fn found(book: &Workspace, query: &str, language: &str) -> Vec<String> {
    let site = book.site().expect("a site");
    let language = site.config.languages.iter().find(|of| of.as_str() == language);
    let hits = book.find_for(query, language.expect("a language of the book"));
    let address = |hit: SearchHit| site.note(hit.id).facts.place.output.to_string();
    hits.into_iter().map(address).collect()
}

/// Queries, the language of the page, and the versions that are found.
const FINDS: &[(&str, &str, &[&str])] = &[
    ("transport", "en", &["lessons/donors.html", "lessons/only.html"]),
    // Words that two languages share find each work once, and those of the reader's language first.
    ("transport", "fr", &["fr/lessons/donors.html", "lessons/only.html"]),
    // Words of another language find the reader's version.
    ("lorries", "fr", &["fr/lessons/donors.html"]),
    ("lorries", "ar", &["ar/lessons/donors.html"]),
    ("camions", "en", &["lessons/donors.html", "fr/lessons/seul.html"]),
    // The words of a phrase are to be read.
    ("\"convoy of lorries\"", "fr", &["lessons/donors.html"]),
    // What is in one language alone is found in every other.
    ("camion", "ar", &["ar/lessons/donors.html", "fr/lessons/seul.html"]),
];

#[test]
fn one_version_of_each_work_is_found() {
    let (book, _) = open();
    for (query, language, pages) in FINDS {
        let mut found = found(&book, query, language);
        if *language != "fr" {
            found.sort();
        }
        let mut pages = pages.to_vec();
        if *language != "fr" {
            pages.sort_unstable();
        }
        assert_eq!(found, pages, "{query} in {language}");
    }
}

/// The results of a page: for each its address and what is said of it.
const RESULTS: &str = "Array.from(document.querySelectorAll('.search-results > li'), (result) =>
    [result.querySelector('a').getAttribute('href').replace('../', ''),
     result.querySelector('.search-about').textContent])";

#[test]
fn a_browser_shows_one_version_of_each_work() {
    let Some(mut browser) = Browser::launch("versions in search") else { return };
    let (book, site) = open();
    let site = on_disk(&site);
    for (query, language, pages) in FINDS {
        let folder = if *language == "en" { String::new() } else { format!("{language}/") };
        let query_in_address = query.replace(' ', "+").replace('"', "%22");
        browser.open(&format!(
            "file://{}/{folder}search.html?q={query_in_address}",
            site.path().display()
        ));
        browser.until(&format!(
            "document.querySelectorAll('.search-results > li').length >= {}",
            pages.len()
        ));
        let shown: Vec<(String, String)> =
            serde_json::from_value(browser.evaluate(RESULTS)).expect("results");
        let urls: Vec<&str> = shown.iter().map(|(url, _)| url.as_str()).collect();
        assert_eq!(urls, found(&book, query, language), "{query} in {language}");
        assert_eq!(browser.problems(), Vec::<String>::new());
    }
    // Each date is as pages write it, and a version in another language says so.
    for (language, query, about) in [
        ("fr", "transport", ["Lesson · 1er décembre 2024", "Lesson · décembre 2024 · English"]),
        (
            "ar",
            "transport",
            ["Lesson · 1 كانون الأول/ديسمبر 2024", "Lesson · كانون الأول/ديسمبر 2024 · English"],
        ),
    ] {
        browser.open(&format!("file://{}/{language}/search.html?q={query}", site.path().display()));
        browser.until("document.querySelectorAll('.search-results > li').length > 1");
        let shown: Vec<(String, String)> =
            serde_json::from_value(browser.evaluate(RESULTS)).expect("results");
        let said: Vec<&str> = shown.iter().map(|(_, about)| about.as_str()).collect();
        assert_eq!(said, about, "{language}");
    }
    // A filter lets the other versions through.
    browser
        .open(&format!("file://{}/fr/search.html?q=transport&language=en", site.path().display()));
    browser.until("document.querySelectorAll('.search-results > li').length > 1");
    let shown: Vec<(String, String)> =
        serde_json::from_value(browser.evaluate(RESULTS)).expect("results");
    let urls: Vec<&str> = shown.iter().map(|(url, _)| url.as_str()).collect();
    assert_eq!(urls, ["lessons/donors.html", "lessons/only.html"]);
}
