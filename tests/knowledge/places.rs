//! Sources lead to the exact place, and the place says who cites it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::{book, links, text};

/// Returns the elements that `selector` selects.
fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).expect("a selector")).collect()
}

#[test]
fn every_number_in_a_locator_is_a_link() {
    let (_, site) = book();
    let mut found = 0;
    for (page, bytes) in site.iter().filter(|(page, _)| page.ends_with(".html")) {
        let html = Html::parse_document(std::str::from_utf8(bytes).expect("text"));
        for source in all(&html, ".sources li") {
            let names_one = |text: &str| text.contains('¶') || text.contains("Quick win ");
            let links = source.descendent_elements().filter(|inner| inner.value().name() == "a");
            let linked = links.filter(|link| names_one(&link.text().collect::<String>())).count();
            found += linked;
            let plain = source.children().filter_map(|child| child.value().as_text());
            let plain: String = plain.map(|text| &**text).collect();
            assert!(!names_one(&plain), "{page}: {plain}");
        }
    }
    assert!(found > 100, "{found}");
}

#[test]
fn a_place_names_the_pages_that_cite_it() {
    let (_, site) = book();
    let paper = "documents/contact-group-purpose-paper.html";
    let html = Html::parse_document(text(site, paper));
    let mut places = 0;
    for list in all(&html, "p.numbered + details.cited") {
        let paragraph = list.prev_siblings().find_map(ElementRef::wrap).expect("its paragraph");
        let anchor = paragraph.value().id().expect("an address");
        let fragment = Html::parse_fragment(&list.inner_html());
        for citing in links(&fragment, paper, "a").into_keys() {
            let address = format!("contact-group-purpose-paper.html#{anchor}");
            let html = Html::parse_document(text(site, &citing));
            let hrefs = all(&html, "a").into_iter().filter_map(|link| link.value().attr("href"));
            let hrefs: BTreeSet<&str> = hrefs.collect();
            let is_range = || all(&html, ".sources").iter().any(|s| s.html().contains("-¶"));
            let is_there = hrefs.iter().any(|href| href.ends_with(&address));
            assert!(is_there || is_range(), "{citing} does not lead to {address}");
        }
        places += 1;
    }
    assert_eq!(places, 17);
}
