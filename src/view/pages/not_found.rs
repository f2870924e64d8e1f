//! The page for addresses that lead nowhere.

use serde::Serialize;

use crate::language::Language;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::frame::{self, PageFrame};

/// The page for addresses that lead nowhere.
#[derive(Hash, Serialize)]
pub struct NotFoundView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The way home in each further language of the book, for readers of any of them come to this page.
    pub others: Vec<WayHome<'a>>,
}

/// A way from an address that leads nowhere to the home page in a language.
#[derive(Hash, Serialize)]
pub struct WayHome<'a> {
    /// The language, as a code such as `en`.
    pub language: &'a Language,
    /// The sentence that there is no such page, in that language.
    pub text: String,
    /// The path of the home page.
    pub url: &'a OutputPath,
    /// The words of the link.
    pub label: &'a str,
}

/// The page for addresses that lead nowhere.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: Some("404.html"), list, texts: TextsShown::None };

fn list(_: &Site, out: &mut OutputList) {
    out.add(OutputPath::new("404.html"), OutputOwner::Book, |site, path| {
        let page = frame::not_found(site, path);
        let others = site.config.languages.iter().filter(|language| *language != page.language);
        let others = others.map(|language| way_home(site, language)).collect();
        View::template("404.html", NotFoundView { page, others })
    });
}

fn way_home<'a>(site: &'a Site, language: &'a Language) -> WayHome<'a> {
    let card = site.card(language);
    let text = ["not-found", "sentence-end"].map(|key| card.words.get(key)).concat();
    WayHome { language, text, url: &card.home, label: card.words.get("go-home") }
}
