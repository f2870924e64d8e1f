//! The download size of a page: its HTML, style and script, packed with Brotli as by
//! `--precompress`.

use std::collections::BTreeMap;

use crate::site::Site;
use crate::support;

/// The most that a page may weigh, in bytes. Only a page with the texts of many notes may weigh
/// more.
const BUDGET: usize = 30_000;

/// The share of style and script, so that the rest is left for texts.
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
    let weights: BTreeMap<usize, &str> = support::weights(&site.files).into_iter().collect();
    assert!(weights.keys().all(|weight| *weight > shared), "every page has style and script");
    let heavy: Vec<_> = weights.iter().filter(|(weight, _)| **weight > BUDGET).collect();
    assert!(heavy.is_empty(), "over {BUDGET} bytes: {heavy:?}");
}
