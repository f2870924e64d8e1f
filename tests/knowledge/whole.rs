//! The counts of the home page and the content of the full page of a theme agree with the
//! independent count of the files of the notes.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::complete::{files, is_inferred, pointing};
use super::{book, links, text};

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

/// Returns the notes of a kind that point at a page with those fields that are `asked` for.
fn by_fields(page: &str, kind: &str, asked: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for ((to, way), from) in pointing() {
        let field = way.strip_prefix(&format!("page.group.{kind}.")).map(str::to_owned);
        if to == page
            && field.is_some_and(|f| !["supersedes", "sources"].contains(&&*f) && asked(&f))
        {
            found.extend(from.into_iter().filter(|from| from != page));
        }
    }
    found
}

#[test]
fn the_home_page_shows_what_the_book_asks_for_and_counts_it() {
    let (_, site) = book();
    let (config, files) = files();
    let html = Html::parse_document(text(&site, "index.html"));
    let lists = config["home"].as_array().expect("what the home page shows");
    let kinds: Vec<&str> =
        lists.iter().map(|list| list["kind"].as_str().expect("a kind")).collect();
    let asked = |at: usize| lists[at]["count"].as_integer().expect("a number") as usize;
    let cards = select(".shelf li");
    let rows = select(".aside .cards > li");
    let entries: Vec<(usize, ElementRef<'_>)> =
        html.select(&cards).map(|e| (0, e)).chain(html.select(&rows).map(|e| (1, e))).collect();
    for at in [0, 1] {
        assert_eq!(entries.iter().filter(|entry| entry.0 == at).count(), asked(at));
    }
    for (at, entry) in entries {
        let link = entry.select(&select("a")).next().expect("a link");
        let page = link.value().attr("href").expect("an address");
        let own = files.values().find(|file| file.page == page).expect("a note");
        assert_eq!(own.kind, kinds[at]);
        // The first of the themes are those of the mission.
        if at == 0 {
            assert_eq!(own.front["standing"].as_str(), Some("mission"), "{page}");
        }
        let mut wanted = BTreeSet::new();
        for kind in kinds.iter().filter(|kind| **kind != own.kind) {
            let all = by_fields(page, kind, |_| true);
            let stated = by_fields(page, kind, |field| !is_inferred(&config, kind, field));
            let title = config["kinds"][*kind]["plural"].as_str().expect("a title");
            let said = match all.len() - stated.len() {
                0 => format!("{title} {}", all.len()),
                inferred => format!("{title} {} ({inferred} inferred)", all.len()),
            };
            wanted.extend((!all.is_empty()).then_some(said));
        }
        let found: BTreeSet<String> =
            entry.select(&select(".holds span")).map(|held| held.text().collect()).collect();
        assert_eq!(found, wanted, "{page}");
    }
    let all = files.values().filter(|file| file.kind == kinds[0]).count();
    let more: String = html.select(&select(".shelf .more")).flat_map(|more| more.text()).collect();
    assert!(more.contains(&format!("({all})")), "{more}");
}

#[test]
fn a_theme_in_full_holds_what_is_filed_under_it_with_fields_and_sources() {
    let (_, site) = book();
    let (config, files) = files();
    let size = config["paginate"].as_integer().expect("a number") as usize;
    let mut parts = 0;
    for theme in files.values().filter(|file| file.kind == "theme") {
        let page = theme.page.replace(".html", "/in-full.html");
        let html = Html::parse_document(text(&site, &page));
        let kinds = config["kinds"].as_table().expect("kinds").keys();
        let others = kinds.filter(|kind| *kind != "theme");
        let wanted: BTreeSet<String> =
            others.flat_map(|kind| by_fields(&theme.page, kind, |_| true)).collect();
        let found = links(&html, &page, "article.part > header h2 a");
        assert_eq!(found.len(), wanted.len().min(size), "{page}");
        let listed = links(&html, &page, ".contents a").values().sum::<usize>();
        assert_eq!(listed, found.len(), "{page}");
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
            let has = fields.keys().filter(|field| file.front.contains_key(*field)).count();
            assert!(known >= has, "{page}: {href} shows {known} of {has} fields");
            parts += 1;
        }
    }
    assert!(parts > 100, "{parts} parts");
}
