//! The page to search from, in each language.

use serde::Serialize;

use crate::site::Site;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::frame::{self, PageFrame};

/// The page to search from.
#[derive(Hash, Serialize)]
pub struct SearchView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
}

/// The pages to search from.
pub(crate) const FORMAT: OutputFormat = OutputFormat {
    asked_as: None,
    replaced_by: Some("search.html"),
    list,
    texts: TextsShown::None,
};

fn list(site: &Site, out: &mut OutputList) {
    for (language, card) in &*site.cards {
        let language = language.clone();
        out.add(card.search.clone(), OutputOwner::Book, move |site, path| {
            let page = frame::search(site, path, &language);
            View::template("search.html", SearchView { page })
        });
    }
}
