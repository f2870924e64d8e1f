//! Books of few words and many notes, with relations that could grow excessively.

use std::time::Instant;

use crate::busy::LIMIT;
use crate::support;

/// Builds a book of `count` notes and returns the number of bytes of its site.
#[track_caller]
fn check(count: usize, note: impl Fn(usize) -> String) -> usize {
    let notes =
        (0..count).map(|at| support::source(&format!("content/n{at}.md"), note(at).as_bytes()));
    let book = support::source("book.toml", b"title = \"Book\"\n");
    let sources = notes.chain([book]).collect();
    let start = Instant::now();
    let (workspace, site) = support::open(sources, support::options());
    let took = start.elapsed();
    assert!(took < LIMIT, "it took {took:?}");
    assert!(site.is_some() || !workspace.diagnostics().is_empty());
    site.iter().flat_map(|site| site.values()).map(Vec::len).sum()
}

fn note(title: &str, fields: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{fields}+++\n\n{text}\n")
}

#[test]
fn embeds_that_multiply() {
    let size = check(6, |at| {
        let next = format!("![[n{}]]\n\n", at + 1);
        note("N", "", &("Text.\n\n".to_owned() + &next.repeat(if at < 5 { 30 } else { 0 })))
    });
    assert!(size < 50_000_000, "{size} bytes");
    let size = check(40, |at| {
        let later: String = (at + 1..40).map(|other| format!("![[n{other}]]\n\n")).collect();
        note("N", "", &later)
    });
    assert!(size < 50_000_000, "{size} bytes");
}

#[test]
fn chains_and_rings() {
    let next = |at: usize| format!("supersedes = [\"n{}\"]\n", at + 1);
    check(2_000, |at| note("N", &if at < 1_999 { next(at) } else { String::new() }, ""));
    check(2_000, |at| note("N", &format!("supersedes = [\"n{}\"]\n", (at + 1) % 2_000), ""));
    check(2_000, |at| {
        note("N", "", &if at < 1_999 { format!("![[n{}]]", at + 1) } else { String::new() })
    });
}

#[test]
fn stars() {
    check(2_000, |at| note("N", "", if at > 0 { "![[n0]]" } else { "" }));
    check(2_000, |at| note("N", "", if at > 0 { "See [[n0]]." } else { "" }));
}

#[test]
fn everyone_has_the_same_name() {
    check(1_000, |_| note("Same", "", "See [[Same]]."));
    check(1_000, |at| note(&format!("N {at}"), "aliases = [\"Same\"]\n", "See [[Sume]]."));
}
