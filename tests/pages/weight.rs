//! What a page weighs on its way to the reader: its HTML, style and script, packed with brotli as
//! `--precompress` does.

use std::collections::BTreeMap;

use crate::site::Site;
use crate::support;

/// The most that a page may weigh, in bytes. Only a page that holds the texts of many may weigh more.
const BUDGET: usize = 30_000;

/// What the style and the script may take of it together, so that texts have the rest.
const OF_THE_THEME: usize = 9_000;

#[test]
fn every_page_stays_within_its_budget() {
    let site = Site::own();
    let packed = |path: &str| support::packed(&site.files[path]);
    let of_every_page = |path: &&String| {
        path.starts_with("assets/site.") && (path.ends_with(".css") || path.ends_with(".js"))
    };
    let shared: usize = site.files.keys().filter(of_every_page).map(|path| packed(path)).sum();
    assert!(shared > 0 && shared <= OF_THE_THEME, "style and script weigh {shared} bytes");
    let pages = site.pages().into_iter().filter(|page| !page.ends_with("/in-full.html"));
    let weight = |page: &str| packed(page) + named(&site, page).map(packed).sum::<usize>();
    let weights: BTreeMap<usize, &str> = pages.map(|page| (weight(page), page)).collect();
    assert!(weights.keys().all(|weight| *weight > shared), "every page has style and script");
    let heavy: Vec<_> = weights.iter().filter(|(weight, _)| **weight > BUDGET).collect();
    assert!(heavy.is_empty(), "over {BUDGET} bytes: {heavy:?}");
}

/// The styles and scripts that a page asks for by itself.
fn named<'a>(site: &'a Site, page: &str) -> impl Iterator<Item = &'a str> {
    let html = String::from_utf8_lossy(&site.files[page]).into_owned();
    site.files.keys().map(String::as_str).filter(move |path| {
        let asked = |before: &str| {
            let mut parts = html.split(before).skip(1).filter_map(|rest| rest.split('"').next());
            parts.any(|address| address.ends_with(path))
        };
        asked("rel=\"stylesheet\" href=\"") || asked("<script src=\"")
    })
}
