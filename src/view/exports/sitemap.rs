//! The sitemap: the list of all pages for search engines (sitemaps.org, protocol 0.9).

use serde::Serialize;

use crate::date::Date;
use crate::note::{Note, NoteId, Origin};
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::address::absolute;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};

/// The most addresses that one sitemap may hold by the protocol.
const LIMIT: usize = 50_000;

/// A sitemap.
#[derive(Hash, Serialize)]
pub struct SitemapView {
    /// The absolute addresses of further sitemaps. Empty if one can hold all pages.
    pub parts: Vec<String>,
    /// The pages. Empty if `parts` has them.
    pub pages: Vec<SitemapPage>,
}

/// A page in a sitemap.
#[derive(Hash, Serialize)]
pub struct SitemapPage {
    /// The absolute address of the page.
    pub url: Option<String>,
    /// The date on which the page last changed, in ISO 8601; absent if unknown.
    pub updated: Option<Date>,
}

/// The sitemap, in one part or in several.
pub(crate) const FORMAT: OutputFormat = OutputFormat {
    asked_as: None,
    replaced_by: Some("sitemap.xml"),
    list,
    texts: TextsShown::None,
};

fn list(site: &Site, out: &mut OutputList) {
    if site.config.base_url.is_none() {
        return;
    }
    let parts = listed(site).count().div_ceil(LIMIT);
    for part in if parts > 1 { 0..parts + 1 } else { 0..1 } {
        out.add(path(part), OutputOwner::Book, move |site, _| {
            View::template("sitemap.xml", view(site, part))
        });
    }
}

/// The path of a part of the sitemap; part 0 is the one that search engines ask for.
pub(crate) fn path(part: usize) -> OutputPath {
    OutputPath::new(match part {
        0 => "sitemap.xml".to_owned(),
        part => format!("sitemap-{part}.xml"),
    })
}

/// The notes that readers should find: neither superseded or withdrawn, nor without a text of their own.
fn listed(site: &Site) -> impl Iterator<Item = NoteId> {
    let wanted = |(id, note): &(NoteId, &Note)| {
        let origin = note.facts.origin;
        origin != Origin::OpenField && !origin.is_untranslated() && !site.is_past(*id)
    };
    site.pages().filter(wanted).map(|(id, _)| id)
}

fn view(site: &Site, part: usize) -> SitemapView {
    let ids: Vec<NoteId> = listed(site).collect();
    let parts = ids.len().div_ceil(LIMIT);
    let page = |id: &NoteId| {
        let facts = &site.note(*id).facts;
        SitemapPage { url: absolute(site, &facts.card.url), updated: facts.changed() }
    };
    let mut chunks = ids.chunks(LIMIT);
    let (shown, parts) = match part {
        0 if parts > 1 => {
            let urls = (1..=parts).filter_map(|part| absolute(site, &path(part)));
            (None, urls.collect())
        }
        0 => (chunks.next(), Vec::new()),
        part => (chunks.nth(part - 1), Vec::new()),
    };
    SitemapView { parts, pages: shown.unwrap_or_default().iter().map(page).collect() }
}
