//! All that pages and other outputs show. The data of each derives both `Hash` and `Serialize`, so
//! that what is shown is exactly what is compared.
//!
//! A page is a file in [`pages`], an output for programs one in [`exports`]; each exports an entry
//! that stands in the table of its folder. A part that several of them show is a file in [`parts`].

mod address;
pub mod exports;
mod output;
pub mod pages;
mod paging;
pub mod parts;
mod text;

use std::collections::BTreeSet;

pub use address::base_path;
use exports::EXPORTS;
pub use output::{BookOutput, OutputList, OutputOwner, View, ViewData};
use output::{OutputFormat, TextsShown};
use pages::{BOOK_PAGES, PAGES};
pub use paging::{PageLink, Pager};
pub use text::{
    BodyContent, FilledPiece, LinedText, PlaceSort, TermView, TextPlace, code_language, traced,
};

use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::{BookPageEntry, PageCondition, Site};

/// The formats of output, but for the pages over the whole book.
fn formats() -> impl Iterator<Item = &'static OutputFormat> {
    PAGES.iter().chain(EXPORTS)
}

/// The pages over the whole book, in the order of the menu.
pub fn book_pages() -> impl Iterator<Item = BookPageEntry> {
    BOOK_PAGES.iter().map(|page| page.entry)
}

/// The names that `indexes` in `book.toml` may hold.
pub fn names_of_indexes() -> impl Iterator<Item = &'static str> {
    let pages = book_pages().filter(|page| !matches!(page.condition, PageCondition::Kind(_)));
    // A page and files with the same data have one name.
    let is_page = |name: &&str| book_pages().any(|page| page.name == *name);
    let files = formats().filter_map(|format| format.asked_as).filter(move |name| !is_page(name));
    pages.map(|page| page.name).chain(files)
}

/// Every output that is made from the book, in no order that matters.
pub fn outputs(site: &Site) -> Vec<(OutputPath, BookOutput)> {
    let mut list = OutputList::default();
    list.outputs.reserve(site.notes.len() + 16);
    for format in formats() {
        if format.asked_as.is_none_or(|name| site.config.asks_for(name)) {
            list.replaced_by = format.replaced_by;
            (format.list)(site, &mut list);
        }
    }
    list.replaced_by = None;
    for page in BOOK_PAGES.iter().filter(|page| page.entry.is_in(&site.config)) {
        site.indexes.languages.iter().for_each(|lists| (page.list)(site, lists.home, &mut list));
    }
    list.outputs
}

/// The notes whose pages show the text of one of `changed`, those themselves included.
pub fn showing(site: &Site, changed: &[NoteId]) -> BTreeSet<NoteId> {
    site.graph.showing(changed)
}

/// The paths of the outputs that show the text of the note at `id`, without those of notes that embed
/// it. Some of them may not be there.
pub fn showing_text(site: &Site, id: NoteId) -> impl Iterator<Item = OutputPath> {
    let texts = formats().map(|format| &format.texts);
    let texts = texts.chain(BOOK_PAGES.iter().map(|page| &page.texts));
    texts.flat_map(move |texts| match texts {
        TextsShown::None => Vec::new(),
        TextsShown::At(paths) => paths(site, id),
    })
}

/// The paths of the outputs that show the sentences around the links of the note at `from`. Some of them may not be there.
pub fn quoting(site: &Site, from: NoteId) -> Vec<OutputPath> {
    let links = site.graph.links[from.index()].iter().filter_map(|link| link.note());
    let targets: BTreeSet<NoteId> = links.map(|to| site.graph.works.for_reader(to, from)).collect();
    targets.into_iter().flat_map(|to| parts::mentions::quoting(site, to, from)).collect()
}

/// Says whether a note is superseded or withdrawn, so that readers should look elsewhere.
pub fn is_past(site: &Site, id: NoteId) -> bool {
    site.is_past(id)
}
