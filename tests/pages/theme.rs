//! The settings of `[theme]` in a browser: the accent can be read, and the style sheet of the book counts
//! before that of the theme.

use fieldbook::colour::{Colour, DARK, LEAST_CONTRAST, LIGHT};

use crate::chromium::Browser;
use crate::site::Site;
use crate::support;

/// The accent of the test.
const ACCENT: &str = "#7a1f5c";

/// The book of the golden site, with an accent.
fn site() -> (tempfile::TempDir, Site) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut book = support::read_tree(&support::tests().join("sites/theme-settings/input"));
    let config = book.get_mut("book.toml").expect("a configuration");
    let text = String::from_utf8(std::mem::take(config)).expect("text");
    *config = text.replace("[theme]\n", &format!("[theme]\naccent = \"{ACCENT}\"\n")).into();
    support::write_tree(&book, folder.path());
    let site = Site::of(folder.path());
    (folder, site)
}

/// The colour that a browser tells, such as `rgb(1, 2, 3)`.
fn colour(told: &str) -> Colour {
    let digits = told.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    let parts: Vec<u8> = digits.collect();
    Colour(parts.try_into().unwrap_or_else(|_| panic!("{told}")))
}

#[test]
fn the_accent_can_be_read_in_light_and_in_dark_colours() {
    let Some(mut browser) = Browser::launch("the accent") else { return };
    let (_folder, site) = site();
    let link = "getComputedStyle(document.querySelector('.incoming a, .footer-text a')).color";
    let line = "getComputedStyle(document.querySelector('.site-header')).borderBlockStartColor";
    browser.open(&site.url("notes/first.html"));
    browser.media("", &[("prefers-color-scheme", "light")]);
    assert_eq!(colour(&browser.text(link)).to_string(), ACCENT);
    assert_eq!(colour(&browser.text(line)).to_string(), ACCENT);
    assert!(LIGHT.worst(colour(&browser.text(link))).1 >= LEAST_CONTRAST);
    browser.media("", &[("prefers-color-scheme", "dark")]);
    let dark = colour(&browser.text(link));
    assert!(DARK.worst(dark).1 >= LEAST_CONTRAST, "{dark}");
    assert!(DARK.worst(colour(ACCENT_AS_TOLD)).1 < LEAST_CONTRAST, "a shade of it is needed");
    assert_eq!(colour(&browser.text(line)), dark);
    // On paper links are black all the same.
    browser.media("print", &[("prefers-color-scheme", "light")]);
    assert_eq!(browser.text(link), "rgb(0, 0, 0)");
}

/// The accent as a browser tells it.
const ACCENT_AS_TOLD: &str = "rgb(122, 31, 92)";

#[test]
fn the_style_sheet_of_the_book_counts_before_that_of_the_theme() {
    let Some(mut browser) = Browser::launch("the style sheet of a book") else { return };
    let (_folder, site) = site();
    // A browser shows the rules of style sheets only to pages of the same server.
    let (_server, url) = site.serve();
    browser.open(&format!("{url}notes/first.html"));
    // As specific as the theme's rule, and less specific than it.
    let menu = "getComputedStyle(document.querySelector('.site-header nav a')).color";
    assert_eq!(browser.text(menu), "rgb(1, 2, 3)");
    assert_eq!(
        browser.text("getComputedStyle(document.querySelector('main p')).textWrapMode"),
        "nowrap"
    );
    let layered = "[...document.styleSheets].filter((sheet) => sheet.href.includes('/assets/'))\
        .every((sheet) => [...sheet.cssRules].every((rule) => /^@layer|^@media print/.test(rule.cssText)))";
    assert_eq!(browser.evaluate(layered), true, "all rules of the theme stand in layers");
    assert!(browser.problems().is_empty(), "{:?}", browser.problems());
    browser.open(&format!("{url}404.html"));
    assert_eq!(browser.evaluate("document.querySelectorAll('.logo').length"), 1);
}
