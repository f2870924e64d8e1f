//! Drawn content: maps, and the icons of callouts.

use std::path::Path;

use serde_json::Value;

use crate::chromium::Browser;
use crate::site::Site;

/// A script that lists the faults of a map: a title wider than its column, overlapping titles, or
/// overflow.
const WRONG: &str = r#"(() => {
  const map = document.querySelector(".map svg"), wrong = [];
  const whole = map.viewBox.baseVal;
  const texts = [...map.querySelectorAll("text")].map((text) => ({ text, box: text.getBBox() }));
  for (const { text, box } of texts) {
    const said = text.textContent;
    if (box.width > 290) wrong.push(`wide: ${said} ${box.width}`);
    if (box.x < -10 || box.x + box.width > whole.width + 10) wrong.push(`sticks out: ${said}`);
    if (box.y < -1 || box.y + box.height > whole.height + 1) wrong.push(`sticks out: ${said}`);
    for (const other of texts) {
      const apart = other.box.x >= box.x + box.width || box.x >= other.box.x + other.box.width ||
        other.box.y >= box.y + box.height || box.y >= other.box.y + other.box.height;
      // A title in another language than the page, and the kind below it, are two texts of one note.
      const isOther = text.closest("a") !== other.text.closest("a");
      if (other.text !== text && isOther && !apart) wrong.push(`touches: ${said}`);
    }
  }
  return wrong;
})()"#;

/// Counts the titles on a map, and those that are shortened.
const TITLES: &str = r#"(() => {
  const titles = [...document.querySelectorAll(".map a")];
  return [titles.length, titles.filter((title) => title.querySelector("text").textContent.includes("…")).length];
})()"#;

#[test]
fn titles_on_maps_have_room_and_use_it() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the titles on maps") else { return };
    let maps = site.pages().into_iter().filter(|page| {
        String::from_utf8_lossy(&site.files[*page]).contains("<figure class=\"map\"")
    });
    let (mut all, mut cut) = (0, 0);
    for page in maps {
        browser.open(&site.url(page));
        assert_eq!(browser.evaluate(WRONG), Value::Array(Vec::new()), "{page}");
        let titles = browser.evaluate(TITLES);
        all += titles[0].as_u64().unwrap_or(0);
        cut += titles[1].as_u64().unwrap_or(0);
    }
    assert!(all > 100, "there are only {all} titles");
    assert!(cut * 50 <= all, "{cut} of {all} titles are cut");
}

/// A script that lists the icon before the title of each callout: its character, shape and colours.
const SIGNS: &str = r#"[...document.querySelectorAll(".callout-title")].map((title) => {
  const sign = getComputedStyle(title, "::before");
  return [title.parentElement.className, sign.content, sign.backgroundColor, sign.color];
})"#;

#[test]
fn callouts_have_signs_that_can_be_seen() {
    let site = Site::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/style"));
    let Some(mut browser) = Browser::launch("the signs of callouts") else { return };
    let page = site.pages().into_iter().find(|page| {
        String::from_utf8_lossy(&site.files[*page]).contains("class=\"callout question\"")
    });
    let page = page.expect("a page with callouts").to_owned();
    for (medium, colours) in [("", "none"), ("", "active"), ("print", "none")] {
        browser.media(medium, &[("forced-colors", colours)]);
        browser.open(&site.url(&page));
        let signs = browser.evaluate(SIGNS);
        let signs = signs.as_array().expect("signs");
        assert!(signs.len() >= 7, "there are only {} callouts", signs.len());
        for sign in signs {
            // The icon has an empty alternative text for screen readers.
            assert!(sign[1].as_str().is_some_and(|said| said.ends_with(" / \"\"")), "{sign}");
            assert_ne!(sign[2], sign[3], "{medium} {colours}: {sign}");
        }
    }
}
