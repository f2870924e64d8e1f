//! Every control can be reached and used with the keyboard alone, and the focus is visible.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::chromium::Browser;
use crate::site::Site;

/// A script that numbers every visible control, and counts them.
const CONTROLS: &str = r#"(() => {
  const controls = [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")]
    .filter(control => control.checkVisibility({ visibilityProperty: true }));
  controls.forEach((control, at) => control.dataset.walk = at);
  return controls.length;
})()"#;

/// A script that returns the control with the focus, whether the focus is visible, and whether it
/// is in the window.
const FOCUSED: &str = r#"(() => {
  const control = document.activeElement, style = getComputedStyle(control);
  const box = control.getBoundingClientRect();
  return [Number(control.dataset?.walk ?? -1),
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    control.outerHTML.slice(0, 120)];
})()"#;

/// A page of each kind.
const PAGES: &[&str] = &[
    "index.html",
    "about.html",
    "themes/index.html",
    "themes/localisation.html",
    "themes/localisation/in-full.html",
    "meetings/wilton-park-2024.html",
    "recommendations/index.html",
    "glossary/index.html",
];

#[test]
fn tab_reaches_every_control() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the walk by keys") else { return };
    for (page, width) in PAGES.iter().flat_map(|page| [(page, 1280), (page, 320)]) {
        browser.viewport(width, 640);
        browser.open(&site.url(page));
        let count = browser.evaluate(CONTROLS).as_u64().expect("a number") as usize;
        let mut reached = BTreeSet::new();
        for _ in 0..count + 5 {
            browser.press(&["Tab"]);
            let found = browser.evaluate(FOCUSED);
            let Some(at) = found[0].as_u64() else { break };
            assert_eq!(found[1], true, "{page} {width}: no outline on {}", found[3]);
            assert_eq!(found[2], true, "{page} {width}: out of sight: {}", found[3]);
            reached.insert(at as usize);
        }
        let missed: Vec<usize> = (0..count).filter(|at| !reached.contains(at)).collect();
        let named = missed.first().map_or(Value::Null, |at| {
            browser.evaluate(&format!("document.querySelector('[data-walk=\"{at}\"]').outerHTML"))
        });
        assert!(missed.is_empty(), "{page} {width}: {} of {count} missed: {named}", missed.len());
    }
}

#[test]
fn keys_work_the_controls() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("working controls by keys") else { return };
    browser.viewport(320, 640);
    browser.open(&site.url("meetings/wilton-park-2024.html"));
    // The first control skips the navigation.
    browser.press(&["Tab", "Enter"]);
    assert_eq!(browser.text("document.activeElement.id"), "page.main");
    // Folded parts on a phone are opened by Enter and closed by the space bar.
    for fold in [".site-header summary", ".contents summary", ".facts summary"] {
        let list = format!("document.querySelector('{fold}').closest('.fold').nextElementSibling");
        let shown = format!("{list}.checkVisibility()");
        assert_eq!(browser.evaluate(&shown), false, "{fold}");
        browser.evaluate(&format!("document.querySelector('{fold}').focus()"));
        browser.press(&["Enter"]);
        assert_eq!(browser.evaluate(&shown), true, "{fold}");
        browser.press(&[" "]);
        assert_eq!(browser.evaluate(&shown), false, "{fold}");
    }
    browser.evaluate("document.querySelector('[data-dark]').focus()");
    browser.press(&[" "]);
    assert_eq!(browser.text("document.documentElement.dataset.colours"), "dark");
    // A letter does nothing: it may be voice input, or a key of a screen reader.
    let before = browser.text("location.href");
    browser.press(&["s", "/", "k", "?"]);
    assert_eq!(browser.text("location.href"), before);
    assert_eq!(browser.text("document.activeElement.textContent"), "Dark colours");
    browser.evaluate("document.querySelector('.breadcrumb a').focus()");
    browser.press(&["Enter"]);
    browser.arrive("/index.html");
}
