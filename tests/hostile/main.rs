//! Notes that would harm their readers, and notes that would keep the program busy for ever.
//!
//! A contributor is trusted with words, not with the browsers of readers. So whatever a note
//! contains, its page must have no script, no style, no address that runs something, and nothing of
//! another site; and its text must not leave its place on the page.
#![allow(clippy::disallowed_methods, reason = "tests read files and the clock")]

mod busy;
#[path = "../chromium/mod.rs"]
mod chromium;
mod comments;
mod crowds;
mod direction;
mod fields;
mod files;
mod ids;
mod oracle;
mod runs;
#[path = "../support/mod.rs"]
mod support;
mod valid;

use fieldbook::config::Config;
use fieldbook::parse::parse;
use support::Tree;
use support::random::Random;

const BOOK: &str = "title = \"Book\"\nbase-url = \"https://example.org/\"\n";
const NOTE: &str = "+++\ntitle = \"Note\"\n+++\n\nSee [[vector]].\n";

#[test]
fn no_vector_gets_through() {
    let text = include_str!("vectors.txt");
    let vectors: Vec<&str> = text.trim_end().split("\n%%\n").collect();
    assert!(vectors.len() >= 190, "there are only {} vectors", vectors.len());
    let outline = page("harmless").0.map(|html| oracle::outline(&html)).expect("a page");
    let judge = |vector: &&str| judge(vector, &outline);
    let wrong: Vec<String> = vectors.iter().flat_map(judge).collect();
    assert!(wrong.is_empty(), "{} got through:\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}

/// Returns attack vectors cut into pieces and combined at random, as an attacker would try.
#[test]
fn no_mixture_gets_through() {
    let vectors = include_str!("vectors.txt").replace("\n%%\n", "\n");
    let cuts = [' ', '<', '>', '"', '(', ')', '=', '\n', '`', '$', '|', '[', ']', '&'];
    let pieces: Vec<&str> = vectors.split_inclusive(cuts).collect();
    let mut random = Random::new(7);
    for _ in 0..3_000 {
        let mixture = random.mix(&pieces, 40);
        let faults = oracle::faults(&body(&mixture), false);
        assert!(faults.is_empty(), "{mixture}\n  → {}", faults.join("\n"));
    }
}

/// Returns the problem of the page of a vector, if any.
fn judge(vector: &str, outline: &[String]) -> Vec<String> {
    let mut wrong = oracle::faults(&body(vector), false);
    let (html, report) = page(vector);
    match html {
        Some(html) => {
            wrong.extend(oracle::faults(&html, false));
            if oracle::outline(&html) != outline {
                wrong.push(format!("it got out of its place:\n{html}"));
            }
            let shown = oracle::text(&html);
            let lost = !shown.contains("ENDS") && report.is_empty();
            if lost || !shown.contains("BEGINS") {
                wrong.push("text around it is lost, and nothing was said".to_owned());
            }
        }
        None if report.contains("error[") => {}
        None => wrong.push("there is no page, and nothing was said".to_owned()),
    }
    wrong.into_iter().map(|wrong| format!("{vector}\n  → {wrong}")).collect()
}

/// Returns the text of a note as it is stored, whatever its problems.
fn body(vector: &str) -> String {
    let book = support::source("book.toml", BOOK.as_bytes());
    let config =
        Config::read(&book.path, Some(&book), fieldbook::workspace::rules::all(), &mut Vec::new());
    parse(&support::source("content/vector.md", note(vector).as_bytes()), &config, false)
        .body
        .html
        .clone()
}

/// Returns the page of a note that contains the vector, if the book can be built, and the report.
fn page(vector: &str) -> (Option<String>, String) {
    let (note, picture) = (note(vector), "a picture");
    let book = [
        ("book.toml", BOOK),
        ("content/note.md", NOTE),
        ("content/vector.md", &note),
        ("content/picture.png", picture),
        ("content/x.png", picture),
    ];
    let (workspace, site) = support::open(support::sources(&book), support::options());
    let site = site.inspect(check_all);
    let page = site.and_then(|mut site| site.remove("vector.html"));
    let page = page.map(|bytes| String::from_utf8(bytes).expect("a page is text"));
    (page, support::lines(&workspace))
}

fn note(vector: &str) -> String {
    format!("+++\ntitle = \"Vector\"\n+++\n\nBEGINS\n\n{vector}\n\nENDS\n")
}

/// Fails the test if any page of the site is dangerous, or any file for programs is ill-formed.
fn check_all(site: &Tree) {
    for (path, bytes) in site {
        let text = String::from_utf8_lossy(bytes);
        // The search page has nothing of a note, and controls of its own.
        if path == "search.html" {
            continue;
        }
        if path.ends_with(".html") {
            let faults = oracle::faults(&text, text.contains("http-equiv=\"refresh\""));
            assert!(faults.is_empty(), "{path}: {}\n{text}", faults.join("\n"));
        } else if path.ends_with(".xml") {
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{path}: {error}\n{text}"),
                }
            }
        }
    }
}
