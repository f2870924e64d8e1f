//! Search results: the queries of `tests/search`, run by the engine.
//!
//! A line of a file of queries is a query, then the notes that should be among the first three.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod chromium;
#[path = "search/first.rs"]
mod first;
#[path = "search/meant.rs"]
mod meant;
#[path = "search/parts.rs"]
mod parts;
mod support;
#[path = "search/typed.rs"]
mod typed;
#[path = "search/versions.rs"]
mod versions;

use std::path::Path;

use chromium::{Browser, server};

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit};
use fieldbook::workspace::Workspace;
use serde_json::Value;
use support::Tree;
use tempfile::TempDir;

/// The share of the expected notes that must be among the first three.
const RECALL: f64 = 0.95;

/// A query, and the pages that should be found.
struct Query {
    text: String,
    expected: Vec<String>,
}

/// Returns the queries in a file.
fn queries(name: &str) -> Vec<Query> {
    let text =
        std::fs::read_to_string(support::tests().join("search").join(name)).expect("queries");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let query = |line: &str| {
        let (text, pages) = line.split_once(" = ").expect("a query and its pages");
        let expected = pages.split(", ").map(|page| format!("{page}.html")).collect();
        Query { text: text.to_owned(), expected }
    };
    lines.map(query).collect()
}

/// Returns the book in a folder, and its site.
fn book(folder: &Path) -> (Workspace, Tree) {
    let sources = disk::read(folder, &SourcePath::new("book.toml")).expect("a book");
    let (workspace, site) = support::open(sources, support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
    (workspace, site)
}

/// Writes a site to the disk, where it stays as long as the value lives.
fn on_disk(site: &Tree) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    support::write_tree(site, folder.path());
    folder
}

fn found(book: &Workspace, query: &str) -> Vec<String> {
    let site = book.site().expect("a site");
    let hits = book.find(query).into_iter().take(3);
    hits.map(|hit| site.note(hit.id).facts.place.output.to_string()).collect()
}

/// Asserts that enough of the expected notes are among the first three, or lists those that aren't.
#[track_caller]
fn assert_found(queries: &[Query], mut find: impl FnMut(&str) -> Vec<String>) {
    let (mut got, mut missed) = (0.0, Vec::new());
    for query in queries {
        let found = find(&query.text);
        let hits = query.expected.iter().filter(|page| found.contains(page)).count();
        got += hits as f64 / query.expected.len() as f64;
        if hits < query.expected.len() {
            missed.push(format!("{}: {:?}, not {found:?}", query.text, query.expected));
        }
    }
    let recall = got / queries.len() as f64;
    assert!(recall >= RECALL, "recall@3 is {recall:.3}\n{}", missed.join("\n"));
}

#[test]
fn the_book_of_this_repository_is_found() {
    let (book, _) = book(Path::new(env!("CARGO_MANIFEST_DIR")));
    let queries = queries("book.queries");
    assert!(queries.len() >= 200, "{} queries", queries.len());
    assert_found(&queries, |query| found(&book, query));
}

#[test]
fn every_language_is_found() {
    let (book, _) = book(&support::tests().join("search/languages"));
    let queries = queries("languages.queries");
    assert_found(&queries, |query| found(&book, query));
}

#[test]
fn an_edit_changes_only_the_scripts_of_its_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = disk::read(folder, &SourcePath::new("book.toml")).expect("a book");
    let path = SourcePath::new("content/lessons/competing-objectives.md");
    let text = sources.get(&path).and_then(Source::text).expect("a note").to_owned();
    let (mut workspace, site) = support::open(sources, support::options());
    let scripts = site.expect("a site").into_keys().filter(|path| path.starts_with("search/"));
    assert!(scripts.count() > 60, "a book of this size has many scripts");
    let text = text.replacen("balancing", "zebra", 1);
    let changes =
        workspace.apply(vec![SourceEdit::Put(support::source(path.as_str(), text.as_bytes()))]);
    let changed = changes.expect("a book").into_iter().map(|change| change.path().to_string());
    let changed: Vec<String> = changed.filter(|path| path.starts_with("search/")).collect();
    // One script has the text, and for each word one has the word and one its stem.
    assert!((3..=5).contains(&changed.len()), "{changed:?}");
    assert!(!changed.contains(&"search/index.js".to_owned()), "{changed:?}");
}

/// A script that runs all queries in the page, and returns for each the first pages with their
/// scores, and the time it took once all scripts were loaded.
const ASK: &str = r#"(async queries => {
  while (!window.fieldbookSearch?.find) await new Promise(done => setTimeout(done, 20));
  const answers = [];
  for (const query of queries) {
    const found = await fieldbookSearch.find(query);
    const start = performance.now();
    await fieldbookSearch.find(query);
    answers.push([found.map(hit => hit.url), found.map(hit => hit.score), performance.now() - start]);
  }
  return answers;
})"#;

/// The longest that the median query may take, in milliseconds.
const PATIENCE: f64 = 50.0;

#[test]
fn a_browser_finds_the_same_online_and_on_a_disk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let books = ["book.queries", "first.queries"].map(|name| (root.to_owned(), name));
    let languages = (support::tests().join("search/languages"), "languages.queries");
    for (folder, name) in books.into_iter().chain([languages]) {
        let Some(mut browser) = Browser::launch("search in a browser") else { return };
        let (queries, (workspace, files)) = (queries(name), book(&folder));
        let site = on_disk(&files);
        let server = server::serve(site.path());
        for base in [server.url.clone(), format!("file://{}/", site.path().display())] {
            browser.open(&format!("{base}search.html"));
            let texts: Vec<&str> = queries.iter().map(|query| query.text.as_str()).collect();
            let asked = serde_json::json!(texts);
            let answers = browser.evaluate(&format!("{ASK}({asked})"));
            let answers = answers.as_array().expect("answers");
            let mut times: Vec<f64> = answers.iter().filter_map(|a| a[2].as_f64()).collect();
            times.sort_by(f64::total_cmp);
            assert!(times[times.len() / 2] <= PATIENCE, "{base}: {} ms", times[times.len() / 2]);
            for (query, answer) in queries.iter().zip(answers) {
                let hits = workspace.find(&query.text).into_iter().take(10);
                let place = |id| workspace.site().expect("a site").note(id).facts.place.clone();
                let own: Vec<_> =
                    hits.map(|hit| (place(hit.id).output.to_string(), hit.score)).collect();
                let urls: Vec<&String> = own.iter().map(|hit| &hit.0).collect();
                let scores: Vec<u64> = own.iter().map(|hit| hit.1).collect();
                assert_eq!(answer[0], serde_json::json!(urls), "{base}: {}", query.text);
                assert_eq!(answer[1], serde_json::json!(scores), "{base}: {}", query.text);
            }
        }
    }
}

/// The most that a script of texts may weigh, in bytes, packed as servers pack it.
const TEXTS: usize = 30_000;

#[test]
fn of_a_very_long_note_search_shows_the_beginning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let notes = support::read_tree(&root.join("content"));
    let notes = notes.values().filter_map(|bytes| std::str::from_utf8(bytes).ok());
    let prose: Vec<String> = notes
        .flat_map(str::lines)
        .map(|line| line.replace(|c: char| !c.is_alphanumeric(), " "))
        .collect();
    let prose = prose.join("\n\n");
    assert!(prose.len() > 100_000, "{} bytes are no long note", prose.len());
    let long =
        format!("+++\ntitle = \"Long\"\n+++\n{prose}\n\nThe zebra crossing guards went home.\n");
    let short = "+++\ntitle = \"Short\"\n+++\nLamps at a zebra crossing.\n";
    let files =
        [("book.toml", "title = \"T\""), ("content/long.md", &long), ("content/short.md", short)];
    let (book, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&book)));
    let texts: Vec<_> = site.iter().filter(|(path, _)| path.starts_with("search/texts/")).collect();
    for (path, bytes) in &texts {
        let weight = support::packed(bytes);
        assert!(weight <= TEXTS, "{path}: {weight} bytes");
    }
    assert!(
        texts.iter().any(|(_, bytes)| bytes.len() > 70_000),
        "as much is there as there can be"
    );
    // The absence of a phrase from the rest can't be seen, unless a word of it is missing.
    let queries = [
        ("\"zebra crossing guards\"", vec!["long.html"]),
        ("\"guards zebra crossing\"", vec!["long.html"]),
        ("\"zebra crossing lamps\"", vec![]),
        ("\"lamps at a zebra crossing\"", vec!["short.html"]),
        ("zebra lamps", vec!["short.html"]),
    ];
    for (query, pages) in &queries {
        assert_eq!(&found(&book, query), pages, "{query}");
    }
    let Some(mut browser) = Browser::launch("a very long note in search") else { return };
    let site = on_disk(&site);
    browser.open(&format!("file://{}/search.html", site.path().display()));
    let asked: Vec<&str> = queries.iter().map(|(query, _)| *query).collect();
    let answers = browser.evaluate(&format!("{ASK}({})", serde_json::json!(asked)));
    for ((query, pages), answer) in queries.iter().zip(answers.as_array().expect("answers")) {
        assert_eq!(answer[0], serde_json::json!(pages), "{query}");
    }
    browser.open(&format!("file://{}/search.html?q=guards", site.path().display()));
    browser.until("document.querySelector('.search-results .summary')?.textContent.length > 20");
    assert_eq!(browser.problems(), Vec::<String>::new());
}

/// The most that a query on this repository's book may load, in bytes, packed as servers pack it.
const FETCHED: usize = 62_000;

#[test]
fn a_query_fetches_little() {
    let Some(mut browser) = Browser::launch("what a search fetches") else { return };
    let (_, files) = book(Path::new(env!("CARGO_MANIFEST_DIR")));
    let site = on_disk(&files);
    let mut most = (0, String::new());
    for query in queries("book.queries").iter().step_by(5) {
        browser.open(&format!("file://{}/search.html", site.path().display()));
        browser.evaluate(&format!("{ASK}({})", serde_json::json!([query.text])));
        let asked = browser.requests().iter().filter_map(|url| url.split_once("/search/"));
        let bytes = asked.map(|(_, name)| support::packed(&files[&format!("search/{name}")])).sum();
        most = most.max((bytes, query.text.clone()));
    }
    assert!((1..=FETCHED).contains(&most.0), "{} bytes for \"{}\"", most.0, most.1);
}

/// The number of sequential server replies until the last script that the first result waits for, including its own. The
/// texts of later results are asked for when it is there.
const WAITS: &str = r#"(() => {
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"));
  const texts = scripts.filter(({ name }) => name.includes("/texts/")).sort((a, b) => a.startTime - b.startTime);
  const all = scripts.filter((one) => !texts.includes(one) || texts.indexOf(one) === 0);
  const turns = new Map();
  for (const one of all.sort((a, b) => a.startTime - b.startTime)) {
    const before = all.filter((other) => other.responseEnd <= one.startTime);
    turns.set(one, 1 + Math.max(0, ...before.map((other) => turns.get(other))));
  }
  return Math.max(...turns.values());
})()"#;

#[test]
fn a_query_in_the_address_waits_for_few_answers() {
    let Some(mut browser) = Browser::launch("how often a search waits") else { return };
    let site = on_disk(&book(Path::new(env!("CARGO_MANIFEST_DIR"))).1);
    let server = server::serve(site.path());
    browser.network(1_600_000.0, 300.0);
    // The index and the search program come first, then words, lists and kinds, then texts.
    // Synonyms are known only from the words, so their lists come in between.
    for (query, waits) in [("budget", 3), ("indicators", 3), ("clearance", 3), ("donors", 4)] {
        browser.open(&format!("{}search.html?q={query}", server.url));
        browser.until("document.querySelectorAll('.search-results li').length > 0");
        assert_eq!(browser.evaluate(WAITS), waits, "{query}");
        assert_eq!(browser.problems(), Vec::<String>::new());
    }
}

#[test]
fn a_page_loaded_again_is_the_page_and_the_way_back_leads_to_the_results() {
    let Some(mut browser) = Browser::launch("the way back to results") else { return };
    let site = on_disk(&book(Path::new(env!("CARGO_MANIFEST_DIR"))).1);
    let server = server::serve(site.path());
    let results = "document.querySelectorAll('dialog[open] .search-results a').length > 3";
    browser.open(&format!("{}about.html", server.url));
    browser.evaluate("document.querySelector('[data-search]').click()");
    browser.until("Boolean(document.querySelector('dialog[open] input'))");
    browser.write("donors");
    browser.until(results);
    browser.until("history.state?.fieldbookSearch?.q === 'donors'");
    browser.evaluate("document.querySelector('.search-results a').click()");
    browser.until("!location.href.endsWith('about.html') && document.readyState === 'complete'");
    browser.evaluate("history.back()");
    browser.arrive("/about.html");
    browser.until(results);
    for again in ["location.reload()", "location.assign(location.href)"] {
        browser.evaluate("history.replaceState({ fieldbookSearch: { q: 'donors' } }, '')");
        browser.evaluate(&format!("{{ window.before = true; {again} }}"));
        browser.until("!window.before && document.readyState === 'complete'");
        assert_eq!(browser.evaluate("history.state"), Value::Null, "{again}");
        assert_eq!(browser.evaluate("document.querySelector('dialog')"), Value::Null, "{again}");
    }
}

#[test]
fn a_word_of_another_name_is_marked_only_with_the_whole_name() {
    let Some(mut browser) = Browser::launch("what a search marks") else { return };
    let site = on_disk(&book(Path::new(env!("CARGO_MANIFEST_DIR"))).1);
    browser.open(&format!("file://{}/search.html?q=donors", site.path().display()));
    browser.until("document.querySelectorAll('.search-results li').length > 3");
    // Donors are also called donor countries and donor states.
    let marked =
        "Array.from(document.querySelectorAll('.search-results :is(a, p):has(mark)'), (part) =>
        Array.from(part.querySelectorAll('mark'), (mark) => mark.textContent.toLowerCase()))";
    let marked: Vec<Vec<String>> =
        serde_json::from_value(browser.evaluate(marked)).expect("lists of words");
    assert!(marked.len() > 3, "{marked:?}");
    for words in marked {
        assert!(words.iter().any(|word| word.starts_with("donor")), "{words:?}");
    }
}

/// A script that returns the violations that axe finds.
const AXE: &str = r#"(async () => (await axe.run({ preload: false })).violations.map(v => v.id + ": " +
  v.nodes.map(node => node.html.slice(0, 160)).join(" | ")))()"#;

#[test]
fn axe_finds_nothing_in_the_dialog() {
    let Some(mut browser) = Browser::launch("axe in the dialog of search") else { return };
    let site = on_disk(&book(Path::new(env!("CARGO_MANIFEST_DIR"))).1);
    browser.open(&format!("file://{}/about.html", site.path().display()));
    browser.evaluate(include_str!("pages/axe.min.js"));
    browser.evaluate("document.querySelector('[data-search]').click()");
    browser.until("Boolean(document.querySelector('dialog[open] input'))");
    for (text, then) in [
        ("", "true"),
        ("donors", "document.querySelectorAll('.search-results li').length > 3"),
        ("xqzvvw", "document.querySelector('.search-status').textContent.length > 12"),
    ] {
        browser.evaluate(&format!(
            "{{ const i = document.querySelector('dialog input'); i.value = '{text}'; \
             i.dispatchEvent(new Event('input')); }}"
        ));
        browser.until(then);
        let found = browser.evaluate(AXE);
        assert_eq!(found, serde_json::json!([]), "with {text:?}");
    }
    assert_eq!(browser.text("document.querySelector('.search-results').textContent"), "");
    // The first press empties the field, as browsers do.
    browser.press(&["Escape", "Escape"]);
    browser.until("!document.querySelector('dialog').open");
}
