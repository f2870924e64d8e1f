//! The lists of the notes that point at a note in one way, where they are too long for its page.

use super::kind::ListView;
use crate::graph::Relation;
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::list::ListItem;
use crate::view::parts::{backlinks, frame};

/// The lists of backlinks.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for (id, _) in site.pages() {
        for pointers in backlinks::relations(site, id) {
            if backlinks::is_cut(site, pointers) {
                let relation = pointers[0].relation;
                let pages = backlinks::paged(site, id, relation, pointers.len());
                for page in 1..=pages.page_count() {
                    out.add(pages.path(page), OutputOwner::Note(id), move |site, path| {
                        View::template("list.html", view(site, path, id, relation, page))
                    });
                }
            }
        }
    }
}

fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    id: NoteId,
    relation: Relation,
    page: usize,
) -> ListView<'a> {
    let all = site.pointers_in(id, relation);
    let pages = backlinks::paged(site, id, relation, all.len());
    let shown = &all[pages.part(page)];
    let parts = backlinks::divided(site, id, shown);
    let items =
        if parts.is_empty() { backlinks::listed(site, id, shown, None) } else { Vec::new() };
    let in_parts = parts.iter().flat_map(|part| &part.items);
    let readings = items.iter().chain(in_parts).any(ListItem::has_reading);
    let mut frame = frame::below(site, path, id);
    let heading = backlinks::heading(site, id, relation);
    let words = backlinks::label(site, id, relation);
    ListView {
        of: &site.note(id).facts.card,
        relation: words.filter(|_| heading.is_none()),
        page: {
            frame.title =
                heading.unwrap_or_else(|| backlinks::title(site, id, relation).to_owned());
            frame
        },
        readings,
        items,
        parts,
        pager: pages.pager(page),
    }
}
