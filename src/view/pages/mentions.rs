//! The lists of the notes that mention a note, with their sentences, where its page has no room for them.

use super::kind::ListView;
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::list::ListItem;
use crate::view::parts::{frame, mentions};

/// The lists of mentions.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for (id, _) in site.pages() {
        let Some(pages) = mentions::paged(site, id) else { continue };
        for page in 1..=pages.page_count() {
            out.add(pages.path(page), OutputOwner::Note(id), move |site, path| {
                View::template("list.html", view(site, path, id, page))
            });
        }
    }
}

fn view<'a>(site: &'a Site, path: &'a OutputPath, id: NoteId, page: usize) -> ListView<'a> {
    let card = &site.note(id).facts.card;
    let pages = mentions::paged(site, id);
    let all = mentions::pointers(site, id);
    let shown = pages.as_ref().map_or(&all[..], |pages| &all[pages.part(page)]);
    let mut frame = frame::below(site, path, id);
    frame.title = site.words_of(id).get("linked-from").to_owned();
    let items: Vec<ListItem<'_>> =
        shown.iter().map(|pointer| mentions::listed(site, id, pointer)).collect();
    ListView {
        readings: items.iter().any(ListItem::has_reading),
        page: frame,
        of: card,
        relation: None,
        items,
        parts: Vec::new(),
        pager: pages.and_then(|pages| pages.pager(page)),
    }
}
