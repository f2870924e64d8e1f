//! Queries in the words of readers: related words, questions, kinds, initials and numbers of paragraphs; what results
//! show; and what is offered where nothing is found.

use fieldbook::source::SourceEdit;
use serde_json::{Value, json};

use crate::chromium::Browser;
use crate::support::{self, Tree};
use crate::{ASK, on_disk};

const BOOK: &str = r#"title = "T"
[search]
synonyms = [["pay", "finance"], ["is asked", "advice"], ["lorry", "heavy truck"]]
[kinds.theme]
folder = "themes"
title = "Theme"
plural = "Themes"
taxonomy = true
[kinds.advice]
folder = "advice"
title = "Advice"
plural = "Advice"
fields = { themes = { to = "theme", many = true, title = "Filed under" } }
[kinds.paper]
folder = "papers"
title = "Paper"
plural = "Papers"
numbered = true
"#;

/// The notes of the book: path, further lines of front matter, title and text.
const NOTES: &[(&str, &str, &str, &str)] = &[
    ("themes/index", "", "Themes", "All themes."),
    ("themes/money", "also = [\"Funding\", \"Who foots the bill\"]", "Financing", "On sums."),
    ("themes/roads", "", "Roads and bridges", "On ways to travel."),
    ("group", "", "Roads and bridges working group of all the regions", "A group on roads."),
    ("advice/one", "themes = [\"roads\"]", "Mend what is broken", "Begin in spring."),
    ("advice/two", "", "Look twice", "Nobody knows why."),
    ("old", "", "Plan of 2010", "A plan for roads."),
    ("new", "supersedes = [\"old\"]", "Plan of 2020", "A plan for roads."),
    ("lorries", "", "Vehicles", "A heavy truck needs a wide street."),
    (
        "papers/long",
        "aliases = [\"Long paper\"]",
        "A paper of some length",
        "The first says little.\n\n## On wells\n\nThe second speaks of wells.\n\nThe third is about ladders and 12 buckets.",
    ),
    ("papers/short", "", "Another paper", "Long, but with one paragraph."),
    ("other", "aliases = [\"Way of the world\"]", "Something else", "See the third paper."),
];

/// Queries, and the pages that stand first.
const ORDERED: &[(&str, &[&str])] = &[
    ("funding", &["themes/money"]),
    ("who pays", &["themes/money"]),
    ("finance", &["themes/money"]),
    ("roads", &["themes/roads", "group"]),
    ("roads and bridges", &["themes/roads", "group"]),
    ("what is asked on roads", &["advice/one"]),
    ("advice about roads", &["advice/one", "themes/roads"]),
    ("plan for roads", &["new", "old"]),
    ("plan of 2010", &["old"]),
    ("lorry", &["lorries"]),
    ("wotw", &["other"]),
    ("\u{b6}3 of the long paper", &["papers/long"]),
    ("paper paragraph 3", &["papers/long"]),
];

fn files(book: &str, notes: &[(&str, &str, &str, &str)]) -> Vec<(String, String)> {
    let note = |(path, lines, title, text): &(&str, &str, &str, &str)| {
        let front_matter = format!("+++\ntitle = \"{title}\"\n{lines}\n+++\n");
        (format!("content/{path}.md"), format!("{front_matter}{text}\n"))
    };
    let book = ("book.toml".to_owned(), book.to_owned());
    std::iter::once(book).chain(notes.iter().map(note)).collect()
}

fn open(files: &[(String, String)]) -> (fieldbook::workspace::Workspace, Tree) {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let (book, site) = support::open(support::sources(&files), support::options());
    let site = site.unwrap_or_else(|| panic!("{}", support::lines(&book)));
    (book, site)
}

#[test]
fn words_of_readers_find_what_they_mean() {
    let (book, site) = open(&files(BOOK, NOTES));
    let found = |query: &str| -> Vec<String> {
        let site = book.site().expect("a site");
        let hits = book.find(query).into_iter();
        hits.map(|hit| site.note(hit.id).facts.place.output.to_string()).collect()
    };
    for (query, pages) in ORDERED {
        let pages: Vec<String> = pages.iter().map(|page| format!("{page}.html")).collect();
        let found = found(query);
        assert_eq!(found.get(..pages.len()), Some(&pages[..]), "{query}: {found:?}");
    }
    let Some(mut browser) = Browser::launch("what readers mean") else { return };
    let folder = on_disk(&site);
    browser.open(&format!("file://{}/search.html", folder.path().display()));
    let asked: Vec<&str> = ORDERED.iter().map(|(query, _)| *query).collect();
    let answers = browser.evaluate(&format!("{ASK}({})", json!(asked)));
    for (query, answer) in asked.iter().zip(answers.as_array().expect("answers")) {
        let own: Vec<String> = found(query).into_iter().take(10).collect();
        assert_eq!(answer[0], json!(own), "{query}");
    }
    assert_eq!(browser.problems(), Vec::<String>::new());
}

/// A script that returns what the search page shows: its status, the links that help on, and of the first result its
/// address, its text and the marked words.
const SHOWN: &str = r#"(() => {
  const texts = (all) => Array.from(document.querySelectorAll(all), (part) => part.textContent);
  const first = document.querySelector(".search-results li");
  return [texts(".search-status p").join(" "), texts(".search-help a"), first?.querySelector("a").getAttribute("href"),
    first?.querySelector(".summary")?.textContent, Array.from(first?.querySelectorAll("mark") ?? [], (mark) => mark.textContent)];
})()"#;

#[test]
fn results_lead_to_the_place_and_nothing_found_leads_on() {
    let Some(mut browser) = Browser::launch("what search shows") else { return };
    let folder = on_disk(&open(&files(BOOK, NOTES)).1);
    let mut shown = |query: &str| {
        let query = query.replace(' ', "+").replace('"', "%22").replace('\u{b6}', "%C2%B6");
        browser.open(&format!("file://{}/search.html?q={query}", folder.path().display()));
        browser.until("Boolean(document.querySelector('.search-status p'))");
        let list = ".search-results li .summary, .search-help a";
        browser.until(&format!("Boolean(document.querySelector('{list}'))"));
        let shown = browser.evaluate(SHOWN);
        assert_eq!(browser.problems(), Vec::<String>::new());
        shown
    };
    for query in ["\u{b6}3 long paper", "long paper paragraph 3", "long paper 3"] {
        let place = shown(query);
        assert_eq!(place[2], "papers/long.html#p-3", "{query}");
        assert_eq!(place[3], "The third is about ladders and 12 buckets.", "{query}");
    }
    let section = shown("what about wells");
    assert_eq!(section[2], "papers/long.html#on-wells");
    assert_eq!(
        section[4],
        json!(["wells", "wells"]),
        "neither questions nor parts of words are marked"
    );
    assert_eq!(shown("ladders")[2], "papers/long.html#p-3");
    // The reference of a field is shown by the title of the note.
    let filed = shown("mend roads");
    assert_eq!(filed[2], "advice/one.html");
    assert!(filed[3].as_str().is_some_and(|text| text.contains("Filed under: Roads")), "{filed}");
    // Another name is shown only where nothing else has the words.
    assert!(shown("wotw")[3].as_str().is_some_and(|text| text.contains("Way of the world")));
    let without = shown("ladders zzyzx");
    assert!(without[0].as_str().is_some_and(|text| text.contains("zzyzx")), "{without}");
    let mistyped = shown("ladderz");
    assert!(mistyped[0].as_str().is_some_and(|text| text.contains("ladders")), "{mistyped}");
    let nothing = shown("lxdzers");
    assert!(nothing[0].as_str().is_some_and(|text| text.contains("lxdzers")), "{nothing}");
    assert_eq!(nothing[1], json!(["ladders", "Themes"]));
    assert_eq!(nothing[2], Value::Null);
    let phrase = shown("\"ladders wells\"");
    assert_eq!(phrase[1].as_array().map(Vec::len), Some(2), "without quotation marks, and themes");
}

#[test]
fn the_index_is_that_of_a_clean_build_after_edits_of_words() {
    let mut now = files(BOOK, NOTES);
    let (mut book, mut site) = open(&now);
    let edits = [
        ("book.toml", "[\"pay\", \"finance\"]", "[\"pay\", \"sum\", \"street\"]"),
        ("content/themes/money.md", "Who foots the bill", "Budget"),
        ("content/themes/roads.md", "Roads and bridges", "Streets"),
        ("content/papers/long.md", "## On wells", "## On springs"),
        ("content/other.md", "Way of the world", "Way of all flesh"),
        ("content/advice/one.md", "themes = [\"roads\"]", "themes = [\"money\"]"),
        ("book.toml", "title = \"Advice\"", "title = \"Counsel\""),
    ];
    for (path, old, new) in edits {
        let (_, text) = now.iter_mut().find(|(other, _)| other == path).expect("a file");
        assert!(text.contains(old), "{path}: {old}");
        *text = text.replace(old, new);
        let put = SourceEdit::Put(support::source(path, text.as_bytes()));
        support::make(&mut site, book.apply(vec![put]).expect("a book"));
        let clean = open(&now).1;
        let differ: Vec<&String> = clean
            .keys()
            .chain(site.keys())
            .filter(|path| clean.get(*path) != site.get(*path))
            .collect();
        assert!(differ.is_empty(), "{path}: {differ:?}");
    }
}
