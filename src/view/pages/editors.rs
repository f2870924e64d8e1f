//! The words of notes to editors: the fields that readers do not see, on pages that belong to the state of the book.

use serde::Serialize;

use super::translations;
use crate::config::KindId;
use crate::index::{NotesForEditors, STATE};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, index_path};
use crate::template::SharedValue;
use crate::view::output::{OutputList, OutputOwner, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::backlinks;
use crate::view::parts::field::{self, FieldView};
use crate::view::parts::frame::{self, PageFrame};

/// The key of the title of the pages.
const TITLE: &str = "state-for-editors";

/// A page with what the notes of a kind say to editors.
#[derive(Hash, Serialize)]
pub struct EditorsPageView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The name of the kind for readers, in the plural.
    pub kind: &'a str,
    /// The path of the state of the book.
    pub state: OutputPath,
    /// The path of the page of translations; absent if the book has none.
    pub translations: Option<OutputPath>,
    /// The notes of this page.
    pub notes: Vec<EditorsEntry<'a>>,
    /// The other pages; absent if there are none.
    pub pager: Option<Pager>,
}

/// The fields of a note that are for editors.
#[derive(Hash, Serialize)]
pub struct EditorsEntry<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Its fields for editors that have a value, in the order of the book.
    pub fields: Vec<FieldView<'a>>,
    /// The names of the kinds, in the plural, of which no note is filed under it, though one could be.
    pub gaps: Vec<&'a str>,
}

/// A link to what the notes of a kind say to editors.
#[derive(Hash, Serialize)]
pub struct EditorsLink<'a> {
    /// The name of the kind for readers, in the plural.
    pub kind: &'a str,
    /// The number of notes.
    pub total: usize,
    /// The path of the first page.
    pub url: OutputPath,
}

/// Links to what the notes of each kind say to editors, for the state of the book.
pub(super) fn links(site: &Site, home: NoteId) -> Vec<EditorsLink<'_>> {
    let link = |of: &NotesForEditors| EditorsLink {
        kind: &site.kind_for(of.kind, home).plural,
        total: of.notes.len(),
        url: paged(site, home, of).path(1),
    };
    site.indexes.of(home).state.for_editors.iter().map(link).collect()
}

/// Adds the pages of all kinds.
pub(super) fn list(site: &Site, home: NoteId, out: &mut OutputList) {
    for of in &site.indexes.of(home).state.for_editors {
        let (kind, pages) = (of.kind, paged(site, home, of));
        for page in 1..=pages.page_count() {
            out.add(pages.path(page), OutputOwner::Note(home), move |site, path| {
                View::template("editors.html", view(site, path, home, kind, page))
            });
        }
    }
}

fn paged(site: &Site, home: NoteId, of: &NotesForEditors) -> PagedList {
    let kind = &site.config.kind(of.kind).name;
    let first = index_path(site, home, &format!("{STATE}/for-editors-{kind}"));
    PagedList::new(site, first, of.notes.len())
}

fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    kind: KindId,
    page: usize,
) -> EditorsPageView<'a> {
    let all = &site.indexes.of(home).state.for_editors;
    let of = all.iter().find(|of| of.kind == kind);
    let (notes, pages) = of.map_or((&[][..], None), |of| {
        let pages = paged(site, home, of);
        (&of.notes[pages.part(page)], Some(pages))
    });
    let entry = |id: &NoteId| EditorsEntry {
        card: &site.note(*id).facts.card,
        fields: field::for_editors(site, *id),
        gaps: backlinks::gaps(site, *id),
    };
    let plural = &site.kind_for(kind, home).plural;
    let mut frame = frame::of_book(site, path, home, TITLE);
    frame.title = frame.site.words.labelled(&frame.title, plural);
    EditorsPageView {
        page: frame,
        kind: plural,
        state: index_path(site, home, STATE),
        translations: translations::path(site, home),
        notes: notes.iter().map(entry).collect(),
        pager: pages.and_then(|pages| pages.pager(page)),
    }
}
