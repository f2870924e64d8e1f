//! The further pages of the list of a kind. The first is a part of the page of the kind.

use serde::Serialize;

use crate::graph::KindPage;
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::backlinks::BacklinkPart;
use crate::view::parts::frame::{self, PageFrame};
use crate::view::parts::list::{ListItem, listed};

/// A page of a list of notes that belongs to a note.
#[derive(Hash, Serialize)]
pub struct ListView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The note that the list belongs to.
    pub of: &'a SharedValue<NoteCard>,
    /// The way in which the notes point at that note; absent if they are those of a kind, or if the title
    /// says enough.
    pub relation: Option<&'a str>,
    /// The notes of this page. Empty if `parts` has them.
    pub items: Vec<ListItem<'a>>,
    /// The same notes divided by the note that each is filed under. Empty if the kind of that note does not ask
    /// for it.
    pub parts: Vec<BacklinkPart<'a>>,
    /// True if a note is marked as inferred, so that the page says what the mark means.
    pub readings: bool,
    /// The other pages of the list; absent if there are none.
    pub pager: Option<Pager>,
}

/// The further pages of kinds that have no register.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    // Kinds that share a folder share its page, which lists the notes of the first.
    let is_first = |page: &&KindPage| site.graph.kind_page_at(page.note) == Some(*page);
    let ids = site.graph.kind_pages.iter().filter(is_first).map(|page| page.note);
    for id in ids.filter(|id| site.indexes.register(*id).is_none()) {
        let pages = paged(site, id);
        for page in 2..=pages.page_count() {
            out.add(pages.path(page), OutputOwner::Note(id), move |site, path| {
                View::template("list.html", view(site, path, id, page))
            });
        }
    }
}

/// The pages of the list of the kind whose page is at `id`.
fn paged(site: &Site, id: NoteId) -> PagedList {
    let notes = site.graph.sequence_at(id);
    PagedList::new(site, site.note(id).facts.place.output.clone(), notes.len())
}

/// The first page of the list of the kind whose page is at `id`, and links to the others.
pub(crate) fn first_page(site: &Site, id: NoteId) -> (Vec<ListItem<'_>>, Option<Pager>) {
    let pages = paged(site, id);
    let shown = &site.graph.sequence_at(id)[pages.part(1)];
    (listed(site, shown, site.words_of(id)), pages.pager(1))
}

fn view<'a>(site: &'a Site, path: &'a OutputPath, id: NoteId, page: usize) -> ListView<'a> {
    let (notes, pages) = (site.graph.sequence_at(id), paged(site, id));
    let card = &site.note(id).facts.card;
    let mut frame = frame::below(site, path, id);
    frame.title = card.title.clone();
    let items = listed(site, &notes[pages.part(page)], site.words_of(id));
    ListView {
        page: frame,
        of: card,
        relation: None,
        readings: items.iter().any(ListItem::has_reading),
        items,
        parts: Vec::new(),
        pager: pages.pager(page),
    }
}
