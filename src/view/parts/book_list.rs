//! Lists of notes that are a page over the whole book, or belong to one and have pages of their own.

use serde::Serialize;

use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::output::View;
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::frame::PageFrame;
use crate::view::parts::list::{ListItem, listed};

/// A page of a list that is a page over the whole book, or belongs to one.
#[derive(Hash, Serialize)]
pub struct BookListView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The list.
    pub list: BookList<'a>,
    /// The other pages of the list; absent if there are none.
    pub pager: Option<Pager>,
}

/// A list that is a page over the whole book, or belongs to one.
#[derive(Hash, Serialize)]
pub struct BookList<'a> {
    /// An explanation of the list, in a sentence or two; absent if the list is a page over the whole book.
    pub intro: Option<&'a str>,
    /// The path of the page that the list belongs to; absent if the list is a page over the whole book.
    pub of: Option<OutputPath>,
    /// The title of that page; absent if the list is a page over the whole book.
    pub of_title: Option<&'a str>,
    /// The notes of this page.
    pub items: Vec<ListItem<'a>>,
}

/// The words of a list that belongs to a page over the whole book, by their keys, and that page.
pub(crate) struct BookListWords {
    /// The key of its explanation.
    pub(crate) intro: &'static str,
    /// The page that it belongs to.
    pub(crate) of: OutputPath,
    /// The key of that page's title.
    pub(crate) of_title: &'static str,
}

/// Page `number` of a list of `notes` with a title and language in `page`. A list that is a page over the whole
/// book has no words of its own.
pub(crate) fn view<'a>(
    site: &'a Site,
    page: PageFrame<'a>,
    says: Option<BookListWords>,
    notes: &[NoteId],
    pages: &PagedList,
    number: usize,
) -> View<'a> {
    let words = &page.site.words;
    let list = BookList {
        intro: says.as_ref().map(|says| words.get(says.intro)),
        of_title: says.as_ref().map(|says| words.get(says.of_title)),
        of: says.map(|says| says.of),
        items: listed(site, &notes[pages.part(number)], words),
    };
    let pager = pages.pager(number);
    View::template("indexlist.html", BookListView { page, list, pager })
}
