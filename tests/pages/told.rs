//! The definition of a term is read where the term stands, and leaves by touch, by keys and without scripts.

use std::path::Path;

use crate::chromium::Browser;
use crate::site::Site;

/// The first mention of a term on the page.
const MENTION: &str = "document.querySelector('a.term')";

/// A script that says whether an entry of the list of terms stands above the page, and is in the window.
const TOLD: &str = r#"(() => {
  const told = document.getElementById(decodeURIComponent(document.querySelector("a.term").hash.slice(1)));
  const box = told.getBoundingClientRect();
  const stands = getComputedStyle(told).position === "fixed";
  return stands && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
})()"#;

/// A site whose page `asks/first.html` mentions terms.
fn site() -> Site {
    Site::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/knowledge/input"))
}

#[test]
fn a_term_is_told_beside_its_mention() {
    let site = site();
    let Some(mut browser) = Browser::launch("terms told in place") else { return };
    for width in [1280, 320] {
        browser.viewport(width, 640);
        browser.open(&site.url("asks/first.html"));
        let scrolled = browser.evaluate("scrollY");
        for leave in ["Escape", "back", "elsewhere"] {
            browser.evaluate(&format!("{MENTION}.focus({{ preventScroll: true }})"));
            browser.press(&["Enter"]);
            assert_eq!(browser.evaluate(TOLD), true, "{width} {leave}");
            match leave {
                "Escape" => browser.press(&["Escape"]),
                "back" => {
                    let back = ":popover-open [role=doc-backlink]";
                    browser.evaluate(&format!("document.querySelector('{back}').click()"));
                }
                _ => {
                    browser.evaluate("document.querySelector(':popover-open').hidePopover()");
                }
            }
            assert_eq!(browser.evaluate(TOLD), false, "{width} {leave}");
            let focused = format!("document.activeElement === {MENTION}");
            assert_eq!(browser.evaluate(&focused), true, "{width} {leave}");
            // Its entry stands in the list again, for readers who come to it there.
            browser.until("!document.querySelector('[popover]')");
        }
        assert_eq!(browser.evaluate("scrollY"), scrolled, "{width}");
        assert_eq!(browser.problems(), Vec::<String>::new(), "{width}");
    }
}

#[test]
fn a_term_is_told_without_scripts() {
    let site = site();
    let Some(mut browser) = Browser::launch("terms told without scripts") else { return };
    browser.scripts(false);
    for width in [1280, 320] {
        browser.viewport(width, 640);
        browser.open(&site.url("asks/first.html"));
        let address = browser.text(&format!("{MENTION}.hash"));
        browser.open(&site.url(&format!("asks/first.html{address}")));
        assert_eq!(browser.evaluate(TOLD), true, "{width}");
        let back = browser.text("document.querySelector(':target [role=doc-backlink]').hash");
        browser.open(&site.url(&format!("asks/first.html{back}")));
        assert_eq!(browser.evaluate(TOLD), false, "{width}");
        let at = format!("document.querySelector(':target') === {MENTION}");
        assert_eq!(browser.evaluate(&at), true, "{width}");
    }
}
