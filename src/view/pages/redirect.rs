//! The pages at former addresses of notes, which lead to where the notes are.

use serde::Serialize;

use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, SiteCard};
use crate::template::SharedValue;
use crate::view::address::absolute;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};

/// The page at a former address of a note.
#[derive(Hash, Serialize)]
pub struct RedirectView<'a> {
    /// The site, as all pages of the note's language show it.
    pub site: &'a SharedValue<SiteCard>,
    /// The path from the page to the top of the site, such as `../`; empty at the top.
    pub root: String,
    /// The note.
    pub note: &'a SharedValue<NoteCard>,
    /// The absolute address of the note's page; absent if the book does not say where it will be
    /// published.
    pub canonical: Option<String>,
}

/// The pages at former addresses.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for (id, note) in site.pages() {
        for (at, path) in note.facts.redirects.iter().enumerate() {
            out.add(path.clone(), OutputOwner::FormerAddress(id, at), move |site, path| {
                View::template("redirect.html", view(site, path, id))
            });
        }
    }
}

fn view<'a>(site: &'a Site, path: &OutputPath, id: NoteId) -> RedirectView<'a> {
    let facts = &site.note(id).facts;
    RedirectView {
        site: site.card(&facts.place.language),
        root: path.to_root(),
        note: &facts.card,
        canonical: absolute(site, &facts.place.output),
    }
}
