//! The content of the full page of a theme agrees with the independent count of the files of the notes.

use std::collections::BTreeSet;

use scraper::{Html, Selector};

use super::complete::{files, pointing};
use super::{book, links, text};

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

/// Returns the notes of a kind that point at a page with their fields.
fn by_fields(page: &str, kind: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for ((to, way), from) in pointing(true) {
        let field = way.strip_prefix(&format!("page.group.{kind}.")).map(str::to_owned);
        if to == page && field.is_some_and(|field| !["supersedes", "sources"].contains(&&*field)) {
            found.extend(from.into_iter().filter(|from| from != page));
        }
    }
    found
}

#[test]
fn a_theme_in_full_holds_what_is_filed_under_it_with_fields_and_sources() {
    let (_, site) = book();
    let (config, files) = files();
    let size = config["paginate"].as_integer().expect("a number") as usize;
    let mut parts = 0;
    for theme in files.values().filter(|file| file.kind == "theme") {
        let page = theme.page.replace(".html", "/in-full.html");
        let html = Html::parse_document(text(site, &page));
        let kinds = config["kinds"].as_table().expect("kinds").keys();
        let others = kinds.filter(|kind| *kind != "theme");
        let wanted: BTreeSet<String> =
            others.flat_map(|kind| by_fields(&theme.page, kind)).collect();
        let found = links(&html, &page, "article.part > header h2 a");
        let broad = links(&html, &page, "section.part > .cards > li > a");
        assert_eq!(found.len(), (wanted.len() - broad.len()).min(size), "{page}");
        assert!(broad.keys().all(|href| wanted.contains(href)), "{page}");
        // The text of the theme itself comes last.
        let listed = html.select(&select(".contents a")).count();
        assert_eq!(listed, found.len() + 1, "{page}");
        for article in html.select(&select("article.part")) {
            let link = article.select(&select("header h2 a")).next().expect("a title");
            let href = link.value().attr("href").expect("an address").trim_start_matches("../");
            let file = files.values().find(|file| file.page == href).expect("a note");
            assert!(wanted.contains(href), "{page}: {href}");
            let said: String = article.text().collect();
            assert!(
                said.contains(&format!("https://example.org/linking/{href}")),
                "{page}: {href}"
            );
            let sources = file.front.get("sources").and_then(|sources| sources.as_array());
            for source in sources.into_iter().flatten() {
                let locator = source.get("locator").and_then(|locator| locator.as_str());
                let locator = locator.unwrap_or_default();
                assert!(said.contains(locator), "{page}: {href} does not say {locator}");
            }
            let known = article.select(&select("dl.said > div")).count();
            let fields = config["kinds"][&file.kind]["fields"].as_table().expect("fields");
            let is_for_readers = |shape: &toml::Value| shape.get("for-editors").is_none();
            let written = fields
                .iter()
                .filter(|(field, shape)| is_for_readers(shape) && file.front.contains_key(*field));
            let shown = written.map(|(field, shape)| {
                shape.get("infers").and_then(|base| base.as_str()).unwrap_or(field)
            });
            let has = shown.collect::<BTreeSet<_>>().len();
            assert!(known >= has, "{page}: {href} shows {known} of {has} fields");
            parts += 1;
        }
    }
    assert!(parts > 100, "{parts} parts");
}
