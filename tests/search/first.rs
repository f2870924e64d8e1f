//! Queries of readers, each with the one note that should stand first.

use std::path::Path;

use crate::chromium::Browser;
use crate::{Query, book, on_disk, queries};

/// The least number of the fifty queries that put the expected note first.
const FIRST: usize = 46;
/// The least number that put it among the first five.
const AMONG_FIVE: usize = 50;

/// The outcome of a query.
struct Standing {
    /// The place of the expected note among the results, from 1.
    place: Option<usize>,
    /// The first five results.
    top: Vec<String>,
}

impl Standing {
    fn is_within(&self, most: usize) -> bool {
        self.place.is_some_and(|place| place <= most)
    }
}

/// Returns the one page that a query should find. A place in it follows a `#` in the file.
fn wanted(query: &Query) -> String {
    let [page] = query.expected.as_slice() else { panic!("{}: one page", query.text) };
    let page = page.trim_end_matches(".html");
    format!("{}.html", page.split_once('#').map_or(page, |(page, _)| page))
}

/// Returns a line of the table: the place, the query, the expected page, and what stands first.
fn line(query: &Query, standing: &Standing) -> String {
    let place = standing.place.map_or_else(|| "-".to_owned(), |place| place.to_string());
    let first = standing.top.first().map_or("nothing", String::as_str);
    let instead = if standing.is_within(1) { String::new() } else { format!("first is {first}") };
    format!("{place:>3}  {:<48} {:<56} {instead}", query.text, wanted(query))
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is for who runs the test")]
fn fifty_queries_put_the_right_note_first() {
    let (book, _) = book(Path::new(env!("CARGO_MANIFEST_DIR")));
    let site = book.site().expect("a site");
    let queries = queries("first.queries");
    assert_eq!(queries.len(), 50);
    let notes: Vec<String> =
        site.notes().map(|(_, note)| note.facts.place.output.to_string()).collect();
    let (mut first, mut among_five, mut empty) = (0, 0, 0);
    let mut table = String::new();
    for query in &queries {
        let page = wanted(query);
        assert!(notes.contains(&page), "{}: there is no {page}", query.text);
        let hits = book.find(&query.text).into_iter();
        let found: Vec<String> =
            hits.map(|hit| site.note(hit.id).facts.place.output.to_string()).collect();
        let place = found.iter().position(|found| *found == page).map(|at| at + 1);
        let standing = Standing { place, top: found.into_iter().take(5).collect() };
        first += usize::from(standing.is_within(1));
        among_five += usize::from(standing.is_within(5));
        empty += usize::from(standing.top.is_empty());
        table += &line(query, &standing);
        table.push('\n');
    }
    let sum = format!("{first} first, {among_five} among the first five, {empty} without a result");
    println!("{table}{sum}");
    let reached = first >= FIRST && among_five >= AMONG_FIVE && empty == 0;
    assert!(reached, "{sum}\n{table}");
}

/// The address of the first result, and those of the places that it names.
const LINKS: &str = "[...document.querySelectorAll('.search-results li:first-child a')].map(link => link.href).join(' ')";

#[test]
fn a_query_that_names_a_paragraph_leads_to_it() {
    let Some(mut browser) = Browser::launch("queries that name a paragraph") else { return };
    let site = on_disk(&book(Path::new(env!("CARGO_MANIFEST_DIR"))).1);
    let queries = queries("first.queries").into_iter();
    let places = queries.filter_map(|query| {
        let (_, place) = query.expected[0].trim_end_matches(".html").split_once("#^")?;
        Some((query.text, format!("#{place}")))
    });
    for (text, place) in places.collect::<Vec<_>>() {
        browser.open(&format!("file://{}/search.html", site.path().display()));
        browser.evaluate("document.querySelector('main input[type=search]').focus()");
        browser.write(&text);
        browser.until("document.querySelectorAll('.search-results a').length > 0");
        let links = browser.text(LINKS);
        assert!(links.split(' ').any(|link| link.ends_with(&place)), "{text}: {links}");
    }
}
