//! The further pages of a register, and the pages of the rows that have one value in a column.

use serde::Serialize;

use crate::config::RegisterColumn;
use crate::index::{ColumnValue, FacetValue};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::output::{OutputFormat, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::frame::{self, PageFrame};
use crate::view::parts::register::{self, RegisterPage};

/// A page of a register.
#[derive(Hash, Serialize)]
pub struct RegisterView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The note of the page of the kind.
    pub of: &'a SharedValue<NoteCard>,
    /// The column in which all rows of the page agree; absent on a page of the whole register.
    pub chosen: Option<FixedColumn<'a>>,
    /// The rows.
    pub register: RegisterPage<'a>,
    /// The other pages of the list; absent if there are none.
    pub pager: Option<Pager>,
}

/// A column in which all rows of a page agree.
#[derive(Hash, Serialize)]
pub struct FixedColumn<'a> {
    /// The label of the column, for readers.
    pub label: &'a str,
    /// The value that the rows have there, for readers.
    pub text: String,
    /// The note that the value is; absent if it is none.
    pub note: Option<&'a SharedValue<NoteCard>>,
}

/// The pages of registers but for the first, which is a part of the page of the kind.
pub(crate) const FORMAT: OutputFormat =
    OutputFormat { asked_as: None, replaced_by: None, list, texts: TextsShown::None };

/// The places of a column among those of a register, and of a value in the column.
#[derive(Clone, Copy)]
struct ValuePlace {
    column: usize,
    value: usize,
}

fn list(site: &Site, out: &mut OutputList) {
    for register in &site.indexes.registers {
        let id = register.page;
        let pages = whole(site, id);
        for page in 2..=pages.page_count() {
            out.add(pages.path(page), OutputOwner::Note(id), move |site, path| {
                View::template("register.html", further_page(site, path, id, page))
            });
        }
        for (column, facet) in register.facets.iter().enumerate() {
            for (value, of_value) in facet.values.iter().enumerate() {
                let pages = with_value(site, id, facet.column, of_value);
                let place = ValuePlace { column, value };
                for page in 1..=pages.page_count() {
                    out.add(pages.path(page), OutputOwner::Note(id), move |site, path| {
                        View::template("register.html", value_page(site, path, id, place, page))
                    });
                }
            }
        }
    }
}

/// The pages of the whole register at `id`.
fn whole(site: &Site, id: NoteId) -> PagedList {
    let notes = site.graph.sequence_at(id);
    PagedList::of_rows(site, site.note(id).facts.place.output.clone(), notes.len())
}

/// The pages of the rows that have one value in a column.
fn with_value(site: &Site, id: NoteId, column: RegisterColumn, of_value: &FacetValue) -> PagedList {
    let first = register::value_path(site, id, column, of_value.value);
    PagedList::of_rows(site, first, of_value.notes.len())
}

/// The rows on the first page of the whole register at `id`, and links to the others; `None` if the page at `id` is no
/// register.
pub(crate) fn first_page(site: &Site, id: NoteId) -> Option<(RegisterPage<'_>, Option<Pager>)> {
    let notes = &site.indexes.register(id)?.notes;
    let pages = whole(site, id);
    let rows = register::rows(site, id, &notes[pages.part(1)], notes.len());
    Some((rows, pages.pager(1)))
}

fn further_page<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    id: NoteId,
    page: usize,
) -> RegisterView<'a> {
    let (notes, pages) = (site.graph.sequence_at(id), whole(site, id));
    let of = &site.note(id).facts.card;
    let mut frame = frame::below(site, path, id);
    frame.title = of.title.clone();
    RegisterView {
        page: frame,
        of,
        chosen: None,
        register: register::rows(site, id, &notes[pages.part(page)], notes.len()),
        pager: pages.pager(page),
    }
}

fn value_page<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    id: NoteId,
    place: ValuePlace,
    page: usize,
) -> RegisterView<'a> {
    let register = site.indexes.register(id).expect("only registers have such pages");
    let facet = &register.facets[place.column];
    let of_value = &facet.values[place.value];
    let pages = with_value(site, id, facet.column, of_value);
    let chosen = FixedColumn {
        label: register::label(site, id, facet.column),
        text: register::text(site, id, facet.column, of_value.value),
        note: match of_value.value {
            ColumnValue::Note(to) => Some(&site.note(to).facts.card),
            ColumnValue::Word(_) => None,
        },
    };
    let of = &site.note(id).facts.card;
    let mut frame = frame::below(site, path, id);
    frame.title = frame.site.words.labelled(&of.title, &chosen.text);
    let notes = &of_value.notes;
    RegisterView {
        page: frame,
        of,
        chosen: Some(chosen),
        register: register::rows(site, id, &notes[pages.part(page)], notes.len()),
        pager: pages.pager(page),
    }
}
