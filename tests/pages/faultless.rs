//! No page has a fault: nothing that axe finds, nothing wider than the window, no message on the
//! console, no request to another host, no violation of the content security policy.
//!
//! There are eight looks: a phone or a desk, light or dark, one direction or the other. The pages
//! of the book take turns, each in one of the looks, or in all with `FIELDBOOK_LOOKS=all`; the page
//! with every element of the theme is checked in all.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

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

#[test]
fn no_page_of_the_book_has_a_fault() {
    let site = Site::own();
    assert!(site.pages().len() > 180, "there are only {} pages", site.pages().len());
    let looks = looks();
    let all = std::env::var("FIELDBOOK_LOOKS").is_ok_and(|which| which == "all");
    // The pages of a kind are neighbours in the alphabet, so they take turns.
    let turns = |number| vec![&looks[number % looks.len()]];
    assert_faultless(&site, |number| if all { looks.iter().collect() } else { turns(number) });
}

#[test]
fn no_element_of_the_theme_has_a_fault() {
    let looks = looks();
    let site = Site::of(&crate::support::tests().join("pages/style"));
    assert_faultless(&site, |_| looks.iter().collect());
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
fn assert_faultless<'l>(site: &Site, looks: impl Fn(usize) -> Vec<&'l Look> + Sync) {
    let (pages, next, faults) = (site.pages(), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let (_server, http) = site.serve();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let Some(mut browser) = Browser::launch("axe on every page") else { return };
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(page) = pages.get(number) else { return };
                    // The 404 page is made for a server.
                    let url = match *page {
                        "404.html" => format!("{http}{page}"),
                        page => site.url(page),
                    };
                    let found = look(&mut browser, &url, &looks(number));
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
fn look(browser: &mut Browser, url: &str, looks: &[&Look]) -> Vec<String> {
    browser.open(url);
    browser.evaluate(&format!("{AXE};0"));
    let mut faults = Vec::new();
    for Look { width, height, scheme, direction } in looks {
        browser.viewport(*width, *height);
        browser.media("", &[("prefers-color-scheme", scheme)]);
        browser.evaluate(&format!("document.documentElement.dir = '{direction}'"));
        let found = [RUN, WIDER].map(|js| browser.evaluate(js));
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
