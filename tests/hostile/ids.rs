//! An id stands once on a page: else links lead to the wrong place, and screen readers astray.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use crate::page;

#[test]
fn an_id_stands_once_on_a_page() {
    for text in [
        "## One\n\n## One\n\n## One-1\n",
        "## Fn 1\n\n## Fn 1 from\n\nx[^1] y[^1] z[^1-from]\n\n[^1]: a\n\n[^1-from]: b\n",
        "## P 1\n\n<p id=\"q\">x</p>\n\n## Q\n\nText. ^r\n\n## R\n",
        "## Sources\n\n## Contents\n\n## Main\n\n## Facts\n\n## Changes\n",
        "## Points here\n\n## Linked from\n\n## Search\n\n## Menu\n",
    ] {
        let html = page(text).0.expect("a page");
        assert_eq!(repeated_ids(&html), [""; 0], "{text}");
    }
}

#[test]
fn repeated_ids_are_seen() {
    assert_eq!(repeated_ids("<p id=a><b id=b><i id=a>"), ["a"]);
}

/// The ids that occur more than once on a page.
fn repeated_ids(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let with_id = Selector::parse("[id]").expect("a selector");
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for element in page.select(&with_id) {
        *times.entry(element.attr("id").unwrap_or_default()).or_default() += 1;
    }
    times.into_iter().filter(|(_, times)| *times > 1).map(|(id, _)| id.to_owned()).collect()
}
