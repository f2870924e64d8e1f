//! The home page says on its first screen what is asked of whom, and is short.

use crate::chromium::Browser;
use crate::site::Site;

/// The largest height of the page on a phone, in pixels: three screens.
const MOST: u64 = 3 * 800;

/// A script that returns the lowest edge of what the first screen promises: the title, the field for the
/// search, and the lists with their counts.
const LOWEST: &str = "Math.max(...[...document.querySelectorAll('h1, .home-search, .tallies')]
    .map(part => Math.ceil(part.getBoundingClientRect().bottom)))";

#[test]
fn the_first_screen_says_what_is_asked_of_whom() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the home page") else { return };
    for (width, height) in [(360, 800), (1280, 900)] {
        browser.viewport(width, height);
        browser.open(&site.url("index.html"));
        assert_eq!(browser.evaluate("document.querySelectorAll('.tallies').length"), 2);
        let lowest = browser.evaluate(LOWEST).as_u64().expect("a number");
        assert!(lowest <= u64::from(height), "{width}: {lowest}");
        let whole = browser.evaluate("document.documentElement.scrollHeight");
        assert!(whole.as_u64().expect("a number") < MOST, "{width}: {whole}");
    }
}

#[test]
fn the_field_of_the_home_page_searches() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the field of the home page") else { return };
    browser.open(&site.url("index.html"));
    browser.evaluate("document.getElementById('page.q').focus()");
    browser.write("localisation donors");
    browser.press(&["Enter"]);
    browser.arrive("search.html?q=localisation+donors");
    browser.until("document.querySelector('.search-results a') !== null");
}
