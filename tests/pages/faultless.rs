//! No page has a fault: nothing that axe finds, nothing wider than the window, no message on the
//! console, no request to another host, no violation of the content security policy.
//!
//! There are eight looks: a phone or a desk, light or dark, one direction or the other. The pages
//! of the book take turns, each in one of the looks, or in all with `FIELDBOOK_LOOKS=all`; pages of the book with every
//! element of the theme are checked in all if they have an element that no page before has. Of the pages in a further
//! language, which have the same parts as those of the book's own, one in eight is checked, unless all looks are asked for.
//!
//! Axe takes most of the time, and judges elements by their shape. So it looks at a page only if one of its elements has
//! a shape that it has not seen yet at that width or in that scheme of colours.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::chromium::Browser;
use crate::site::Site;

/// The rules of accessibility: axe-core 4.14.1, <https://github.com/dequelabs/axe-core>.
const AXE: &str = include_str!("axe.min.js");

/// A script that runs axe: the rules of WCAG 2.0 to 2.2, A and AA, and of best practice. Folded
/// parts are opened first, so that they are checked too.
const RUN: &str = r#"(async () => {
  document.querySelectorAll("details").forEach(fold => fold.open = true);
  const found = await axe.run({ preload: false, resultTypes: ["violations"] });
  return found.violations.map(({ id, help, nodes: [node] }) =>
    `${id}: ${help}: ${node.html.slice(0, 200)} ${node.any.concat(node.all)[0]?.message ?? ""}`);
})()"#;

/// A script that opens folded parts.
const OPEN: &str = r#"document.querySelectorAll("details").forEach(fold => fold.open = true)"#;

/// A script that returns the overflow of the page, and the first element that overflows.
const WIDER: &str = r#"(() => {
  const page = document.documentElement;
  if (page.scrollWidth <= innerWidth) return [];
  const out = [...document.body.querySelectorAll("*")].find(element => {
    const box = element.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1;
  });
  return ["wider than the window: " + page.scrollWidth + " " + out?.outerHTML.slice(0, 200)];
})()"#;

/// A look of a page.
struct Look {
    width: u32,
    height: u32,
    scheme: &'static str,
    direction: &'static str,
}

/// A look in which a page is opened.
#[derive(Clone, Copy)]
struct Turn {
    /// The place of the look in the list.
    look: usize,
    /// True if axe looks at the page, too.
    axe: bool,
}

#[test]
fn no_page_of_the_book_has_a_fault() {
    let site = Site::own();
    assert!(site.pages().len() > 180, "there are only {} pages", site.pages().len());
    let looks = looks();
    let all = std::env::var("FIELDBOOK_LOOKS").is_ok_and(|which| which == "all");
    let mut seen = BTreeSet::new();
    let turns = site.pages().into_iter().enumerate().map(|(number, page)| {
        let is_further = crate::support::in_further_language(page);
        let is_sampled = !is_further || number.is_multiple_of(8);
        if all {
            return (0..looks.len()).map(|look| Turn { look, axe: true }).collect();
        } else if !is_sampled {
            return Vec::new();
        }
        // The pages of a kind are neighbours in the alphabet, so they take turns. Every eighth number would meet only one
        // of the eight looks.
        let look = if is_further { number / 8 } else { number } % looks.len();
        let axe = has_new_shape(&site, page, &looks[look], &mut seen);
        vec![Turn { look, axe }]
    });
    let turns: Vec<Vec<Turn>> = turns.collect();
    let n_checked = turns.iter().flatten().filter(|turn| turn.axe).count();
    assert!(n_checked > 60, "axe looks at {n_checked} pages only");
    assert_faultless(&site, |number| turns[number].clone());
}

/// Says whether an element of a page has a shape that was not seen yet at the width or in the scheme of a look, and notes all of them.
fn has_new_shape(site: &Site, page: &str, look: &Look, seen: &mut BTreeSet<String>) -> bool {
    let shapes = shapes(std::str::from_utf8(&site.files[page]).expect("text"));
    let Look { width, scheme, .. } = look;
    let before = seen.len();
    for trait_of_look in [&width.to_string(), *scheme] {
        seen.extend(shapes.iter().map(|shape| format!("{trait_of_look} {shape}")));
    }
    seen.len() > before
}

/// Returns the shapes of the elements of a page: the tag, the classes and attributes of each and of the one around it, and
/// the level of the heading before each heading.
fn shapes(html: &str) -> BTreeSet<String> {
    let html = Html::parse_document(html);
    let own = |element: ElementRef<'_>| {
        let mut parts = vec![element.value().name().to_owned()];
        let mut attributes: Vec<String> = element
            .value()
            .attrs()
            .map(|(name, value)| match name {
                "class" | "lang" | "dir" | "role" | "type" | "scope" => format!("{name}={value}"),
                _ => name.to_owned(),
            })
            .collect();
        attributes.sort();
        parts.extend(attributes);
        parts.join(" ")
    };
    let mut heading = String::new();
    let elements = Selector::parse("body *").expect("a selector");
    let shape = |element: ElementRef<'_>| {
        let around = element.parent().and_then(ElementRef::wrap).map_or(String::new(), own);
        let name = element.value().name();
        let mut shape = format!("{around} > {}", own(element));
        if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            shape.push_str(&format!(" after {heading}"));
            name.clone_into(&mut heading);
        }
        shape
    };
    html.select(&elements).map(shape).collect()
}

#[test]
fn no_element_of_the_theme_has_a_fault() {
    let site = Site::of(&crate::support::tests().join("pages/style"));
    let (looks, mut seen) = (looks(), [BTreeSet::new(), BTreeSet::new()]);
    let n_looks = looks.len();
    let turns = site.pages().into_iter().enumerate().map(|(number, page)| {
        let is_further = ["ar/", "km/", "ru/", "zh/"].iter().any(|folder| page.starts_with(folder));
        let seen = &mut seen[usize::from(is_further)];
        let before = seen.len();
        seen.append(&mut shapes(std::str::from_utf8(&site.files[page]).expect("text")));
        let axe = seen.len() > before;
        let in_all = axe && !is_further;
        let chosen = (0..n_looks).filter(|look| in_all || number % n_looks == *look);
        // To axe, a page that is turned around is the same, so it sees one of those.
        let is_new = |look: usize| looks[look].direction == "ltr" || (number % n_looks) | 1 == look;
        chosen.map(|look| Turn { look, axe: axe && (!in_all || is_new(look)) }).collect()
    });
    let turns: Vec<Vec<Turn>> = turns.collect();
    let n_whole = turns.iter().filter(|turns| turns.len() == n_looks).count();
    assert!(n_whole > 20, "only {n_whole} pages are seen in all looks");
    assert_faultless(&site, |number| turns[number].clone());
}

#[test]
fn no_page_in_any_language_has_a_fault() {
    let site = Site::of(&crate::support::tests().join("pages/languages"));
    let (looks, pages) = (looks(), site.pages());
    let mut seen = BTreeSet::new();
    // Every third page, each in a look of its own direction.
    let turns = pages.iter().enumerate().map(|(number, page)| {
        if !number.is_multiple_of(3) {
            return Vec::new();
        }
        let direction = if page.starts_with("ar/") { "rtl" } else { "ltr" };
        let own = looks.iter().enumerate().filter(|(_, look)| look.direction == direction);
        let own: Vec<(usize, &Look)> = own.collect();
        let (number, look) = own[number / 3 % own.len()];
        vec![Turn { look: number, axe: has_new_shape(&site, page, look, &mut seen) }]
    });
    let turns: Vec<Vec<Turn>> = turns.collect();
    assert_faultless(&site, |number| turns[number].clone());
}

fn looks() -> Vec<Look> {
    let mut looks = Vec::new();
    for (width, height) in [(1280, 800), (320, 640)] {
        for scheme in ["light", "dark"] {
            for direction in ["ltr", "rtl"] {
                looks.push(Look { width, height, scheme, direction });
            }
        }
    }
    looks
}

#[track_caller]
fn assert_faultless(site: &Site, turns: impl Fn(usize) -> Vec<Turn> + Sync) {
    let (pages, next, faults) = (site.pages(), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let (_server, http) = site.serve();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let Some(mut browser) = Browser::launch("axe on every page") else { return };
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(page) = pages.get(number) else { return };
                    let turns = turns(number);
                    if turns.is_empty() {
                        continue;
                    }
                    // The 404 page is made for a server.
                    let url = match *page {
                        "404.html" => format!("{http}{page}"),
                        page => site.url(page),
                    };
                    let found = look(&mut browser, &url, &turns);
                    let found = found.into_iter().map(|fault| format!("{page}: {fault}"));
                    faults.lock().expect("a list").extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().expect("a list");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Returns the faults of a page in some of its looks.
fn look(browser: &mut Browser, url: &str, turns: &[Turn]) -> Vec<String> {
    browser.open(url);
    if turns.iter().any(|turn| turn.axe) {
        browser.evaluate(&format!("{AXE};0"));
    }
    let looks = looks();
    let mut faults = Vec::new();
    for Turn { look, axe } in turns {
        let Look { width, height, scheme, direction } = &looks[*look];
        browser.viewport(*width, *height);
        browser.media("", &[("prefers-color-scheme", scheme)]);
        browser.evaluate(&format!("document.documentElement.dir = '{direction}'"));
        let scripts: &[&str] = if *axe { &[RUN, WIDER] } else { &[OPEN, WIDER] };
        let found: Vec<Value> = scripts.iter().map(|js| browser.evaluate(js)).collect();
        let found = found.iter().filter_map(Value::as_array).flatten();
        let found = found.filter_map(Value::as_str);
        faults.extend(found.map(|fault| format!("{width} {scheme} {direction}: {fault}")));
    }
    let own =
        |asked: &&String| asked.starts_with("file:") || asked.starts_with("http://127.0.0.1:");
    let foreign = browser.requests().iter().filter(|asked| !own(asked));
    faults.extend(foreign.map(|asked| format!("asks for {asked}")));
    faults.extend(browser.problems());
    faults
}
