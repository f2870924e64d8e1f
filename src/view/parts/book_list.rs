//! Lists of notes that belong to a page over the whole book and have pages of their own.

use serde::Serialize;

use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::output::View;
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::frame::PageFrame;
use crate::view::parts::list::{ListItem, listed};

/// A page of a list that belongs to a page over the whole book.
#[derive(Hash, Serialize)]
pub struct BookListView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The list.
    pub list: BookList<'a>,
    /// The other pages of the list; absent if there are none.
    pub pager: Option<Pager>,
}

/// A list that belongs to a page over the whole book.
#[derive(Hash, Serialize)]
pub struct BookList<'a> {
    /// An explanation of the list, in a sentence or two.
    pub intro: &'a str,
    /// The path of the page that the list belongs to.
    pub of: OutputPath,
    /// The title of that page.
    pub of_title: &'a str,
    /// The notes of this page.
    pub items: Vec<ListItem<'a>>,
}

/// The words of a list, by their keys, and the page it belongs to.
pub(crate) struct BookListWords {
    /// The key of its explanation.
    pub(crate) intro: &'static str,
    /// The page that it belongs to.
    pub(crate) of: OutputPath,
    /// The key of that page's title.
    pub(crate) of_title: &'static str,
}

/// Page `number` of a list of `notes` with a title and language in `page`.
pub(crate) fn view<'a>(
    site: &'a Site,
    page: PageFrame<'a>,
    says: BookListWords,
    notes: &[NoteId],
    pages: &PagedList,
    number: usize,
) -> View<'a> {
    let words = &page.site.words;
    let list = BookList {
        intro: words.get(says.intro),
        of: says.of,
        of_title: words.get(says.of_title),
        items: listed(site, &notes[pages.part(number)], words),
    };
    let pager = pages.pager(number);
    View::template("indexlist.html", BookListView { page, list, pager })
}
