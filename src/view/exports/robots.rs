//! `robots.txt`: the paths that search engines may read.

use serde::Serialize;

use super::sitemap;
use crate::path::OutputPath;
use crate::site::{Site, SiteCard};
use crate::template::SharedValue;
use crate::view::address::absolute;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};

/// The paths that search engines may read (RFC 9309).
#[derive(Hash, Serialize)]
pub struct RobotsView<'a> {
    /// The absolute address of the sitemap; absent if the book does not say where it will be published.
    pub sitemap: Option<String>,
    /// The site, as all pages of the book's own language show it.
    pub site: &'a SharedValue<SiteCard>,
}

/// `robots.txt`.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: Some("robots.txt"), list, texts: TextsShown::None };

fn list(_: &Site, out: &mut OutputList) {
    out.add(OutputPath::new("robots.txt"), OutputOwner::Book, |site, _| {
        let sitemap = absolute(site, &sitemap::path(0));
        View::template(
            "robots.txt",
            RobotsView { sitemap, site: site.card(site.config.language()) },
        )
    });
}
