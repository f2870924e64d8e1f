//! The lists of the notes that point at a note in one way, where they are too long for its page.

use super::kind::ListView;
use crate::graph::Relation;
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::parts::{backlinks, frame};

/// The lists of backlinks.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

fn list(site: &Site, out: &mut OutputList) {
    for (id, _) in site.notes() {
        for pointers in site.graph.incoming.relations(id) {
            if pointers.len() > site.config.page_size {
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
    let pointers = site.graph.incoming.of_relation(id, relation);
    let pages = backlinks::paged(site, id, relation, pointers.len());
    let mut frame = frame::below(site, path, id);
    frame.title = backlinks::title(site, relation).to_owned();
    ListView {
        page: frame,
        of: &site.note(id).facts.card,
        relation: backlinks::label(site, id, relation),
        items: backlinks::listed(site, id, &pointers[pages.part(page)], None),
        pager: pages.pager(page),
    }
}
