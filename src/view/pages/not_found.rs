//! The page for addresses that lead nowhere.

use serde::Serialize;

use crate::path::OutputPath;
use crate::site::Site;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::frame::{self, PageFrame};

/// The page for addresses that lead nowhere.
#[derive(Hash, Serialize)]
pub struct NotFoundView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
}

/// The page for addresses that lead nowhere.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: Some("404.html"), list, texts: TextsShown::None };

fn list(_: &Site, out: &mut OutputList) {
    out.add(OutputPath::new("404.html"), OutputOwner::Book, |site, path| {
        View::template("404.html", NotFoundView { page: frame::not_found(site, path) })
    });
}
