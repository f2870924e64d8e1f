//! Every page, as light and dark, on a phone and a desk, and turned round for right-to-left scripts:
//! nothing for axe to find, nothing wider than the window, nothing said on the console, nothing asked
//! of another host, nothing that the content security policy had to stop.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::chromium::Browser;
use crate::site::Site;

/// The rules of accessibility: axe-core 4.14.1, <https://github.com/dequelabs/axe-core>.
const AXE: &str = include_str!("axe.min.js");

/// Runs axe. Whatever is folded is opened first, so that it is looked at too.
const RUN: &str = r#"(async options => {
  document.querySelectorAll("details").forEach(fold => fold.open = true);
  const found = await axe.run({ ...options, preload: false, resultTypes: ["violations"] });
  return found.violations.map(({ id, help, nodes: [node] }) =>
    `${id}: ${help}: ${node.html.slice(0, 200)} ${node.any.concat(node.all)[0]?.message ?? ""}`);
})"#;

/// All rules: those of WCAG 2.0 to 2.2, A and AA, and best practice.
const ALL: &str = "{}";

/// The rules that may find something else in other colours, at another width, or the other way round.
const OF_LOOKS: &str = r#"{ runOnly: [
  "color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"] }"#;

/// How far the page is wider than the window, and what sticks out first.
const WIDER: &str = r#"(() => {
  const page = document.documentElement;
  if (page.scrollWidth <= innerWidth) return [];
  const out = [...document.body.querySelectorAll("*")].find(element => {
    const box = element.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1;
  });
  return ["wider than the window: " + page.scrollWidth + " " + out?.outerHTML.slice(0, 200)];
})()"#;

#[test]
fn no_page_of_the_book_has_a_fault() {
    let site = Site::own();
    assert!(site.pages().len() > 180, "there are only {} pages", site.pages().len());
    assert_faultless(&site);
}

#[test]
fn no_element_of_the_theme_has_a_fault() {
    assert_faultless(&Site::of(&crate::support::tests().join("pages/style")));
}

#[track_caller]
fn assert_faultless(site: &Site) {
    let (pages, next, faults) = (site.pages(), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let (_server, http) = site.serve();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let Some(mut browser) = Browser::launch("axe on every page") else { return };
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // The page for addresses that lead nowhere is made for a server.
                    let url = match *page {
                        "404.html" => format!("{http}{page}"),
                        page => site.url(page),
                    };
                    let found = look(&mut browser, &url);
                    let found = found.into_iter().map(|fault| format!("{page}: {fault}"));
                    faults.lock().expect("a list").extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().expect("a list");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with a page. The rules that read nothing but its elements are run on two opposite
/// looks of the eight, the others on each.
fn look(browser: &mut Browser, url: &str) -> Vec<String> {
    browser.viewport(1280, 800);
    browser.open(url);
    browser.evaluate(&format!("{AXE};0"));
    let mut faults = Vec::new();
    for (width, height) in [(1280, 800), (320, 640)] {
        browser.viewport(width, height);
        for scheme in ["light", "dark"] {
            browser.media("", &[("prefers-color-scheme", scheme)]);
            for direction in ["ltr", "rtl"] {
                browser.evaluate(&format!("document.documentElement.dir = '{direction}'"));
                let whole = matches!(
                    (width, scheme, direction),
                    (1280, "light", "ltr") | (320, "dark", "rtl")
                );
                let run = format!("{RUN}({})", if whole { ALL } else { OF_LOOKS });
                let found = [run.as_str(), WIDER].map(|js| browser.evaluate(js));
                let found = found.iter().filter_map(Value::as_array).flatten();
                let found = found.filter_map(Value::as_str);
                faults.extend(found.map(|f| format!("{width} {scheme} {direction}: {f}")));
            }
        }
    }
    let own =
        |asked: &&String| asked.starts_with("file:") || asked.starts_with("http://127.0.0.1:");
    let foreign = browser.requests().iter().filter(|asked| !own(asked));
    faults.extend(foreign.map(|asked| format!("asks for {asked}")));
    faults.extend(browser.problems());
    faults
}
