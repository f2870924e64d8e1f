//! With scripts off a page says the same as with scripts on; with them on, they work.

use crate::chromium::Browser;
use crate::site::Site;
use crate::support::in_further_language;

/// A script that returns everything that a reader can read of the page except what only scripts can
/// do: the search, the buttons for copying and colours, and the filters of a register, which
/// replace links to its parts and the legend.
const TEXT: &str = r#"(() => {
  document.querySelectorAll("details").forEach(fold => fold.open = true);
  const parts = "[role=search], .tools, .facets, .filters, .tally-line, .register .legend";
  document.querySelectorAll(parts).forEach(part => part.remove());
  return document.body.innerText.replace(/\s+/g, " ");
})()"#;

#[test]
fn pages_say_the_same_without_scripts() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("pages without scripts") else { return };
    let mut pages = site.pages();
    // One page is made for a server, another for scripts, as it says. Every third page is asked, which are some of each
    // kind, and those of kinds; of the pages in a further language, only the latter.
    let mut number = 0;
    pages.retain(|page| {
        number += 1;
        let is_made_for_others = *page == "404.html" || page.ends_with("search.html");
        let is_asked = number % 3 == 0 && !in_further_language(page);
        !is_made_for_others && (is_asked || page.ends_with("index.html"))
    });
    let mut read = |scripts: bool| -> Vec<String> {
        browser.scripts(scripts);
        let text = |page: &&str| {
            browser.open(&site.url(page));
            browser.text(TEXT)
        };
        pages.iter().map(text).collect()
    };
    let (without, with) = (read(false), read(true));
    assert!(without.iter().all(|text| text.len() > 100));
    for ((page, without), with) in pages.iter().zip(&without).zip(&with) {
        assert_eq!(without, with, "{page}");
    }
}

#[test]
fn the_reader_s_colours_are_remembered() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the switch of colours") else { return };
    let (_server, http) = site.serve();
    let paper = "getComputedStyle(document.body).backgroundColor";
    browser.media("", &[("prefers-color-scheme", "light")]);
    browser.open(&format!("{http}index.html"));
    let light = browser.text(paper);
    browser.evaluate("document.querySelector('[data-dark]').click()");
    let dark = browser.text(paper);
    assert_ne!(light, dark);
    // The next page is dark from its first frame, because the script has run before.
    browser.open(&format!("{http}about.html"));
    assert_eq!(browser.text(paper), dark);
    assert_eq!(browser.evaluate("document.querySelector('[data-dark]').ariaPressed"), "true");
    browser.evaluate("document.querySelector('[data-dark]').click()");
    assert_eq!(browser.text(paper), light);
    // Nothing is stored for a reader who chooses the system's setting.
    assert_eq!(browser.evaluate("localStorage.length"), 0);
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn addresses_are_copied_as_they_are_published() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("copying addresses") else { return };
    // A headless browser has no readable clipboard, so the written text is captured.
    let keep = "navigator.clipboard.writeText = async text => { window.copied = text }";
    browser.open(&site.url("meetings/wilton-park-2024.html"));
    browser.evaluate(keep);
    browser.evaluate("document.querySelectorAll('a.number')[2].click()");
    let published = "https://example.org/linking/meetings/wilton-park-2024.html";
    let anchor = browser.text("location.hash");
    assert!(anchor.len() > 1, "the link of a paragraph leads there");
    assert_eq!(browser.text("window.copied"), format!("{published}{anchor}"));
    browser.until("document.querySelector('[role=status]').textContent.length > 0");
    browser.evaluate("document.querySelector('[data-copy]').click()");
    assert_eq!(browser.text("window.copied"), published);
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn a_citation_names_the_paragraph_that_was_asked_for() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("citing a paragraph") else { return };
    let citation = "document.querySelector('.cite p').innerText";
    let page = site.url("guidelines/contact-group-functions.html");
    browser.open(&page);
    assert!(!browser.text(citation).contains("paragraph"), "{}", browser.text(citation));
    browser.open(&format!("{page}#p-4"));
    browser.until(&format!("{citation}.includes(', paragraph 4.')"));
    assert!(browser.text(citation).ends_with("contact-group-functions.html#p-4"));
    // Other parts, the last of which has no number.
    browser.evaluate("location.hash = '#p-2'");
    browser.until(&format!("{citation}.includes(', paragraph 2.')"));
    browser.evaluate("location.hash = '#exchange-information'");
    browser.until(&format!("!{citation}.includes('paragraph')"));
    assert!(browser.text(citation).ends_with("contact-group-functions.html"));
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn the_policy_stops_what_is_not_ours() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the content security policy") else { return };
    let (_server, http) = site.serve();
    for url in [site.url("index.html"), format!("{http}index.html")] {
        for attack in [
            "Object.assign(document.createElement('script'), { textContent: 'window.bad = 1' })",
            "Object.assign(document.createElement('script'), { src: 'data:,window.bad=1' })",
            "Object.assign(document.createElement('img'), { src: 'http://127.0.0.2/x.png' })",
            "Object.assign(document.createElement('style'), { textContent: '* { color: red }' })",
            "Object.assign(document.createElement('iframe'), { src: 'about.html' })",
        ] {
            browser.open(&url);
            browser.evaluate(&format!("document.body.append({attack})"));
            browser.evaluate("new Promise(done => setTimeout(done, 50))");
            assert!(browser.problems().iter().any(|said| said.starts_with("policy")), "{attack}");
            assert_eq!(browser.evaluate("window.bad === undefined"), true, "{attack}");
        }
    }
}
