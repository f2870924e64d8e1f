//! The notes that the keepers of a book have to look after.

use serde::Serialize;

use super::editors::{self, EditorsLink};
use super::translations;
use crate::date::Date;
use crate::index::{Concern, STATE};
use crate::note::{NoteCard, NoteId};
use crate::path::OutputPath;
use crate::site::{BookPageEntry, PageCondition, Site, index_path};
use crate::template::SharedValue;
use crate::view::output::{BookPage, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::book_list::{self, BookListWords};
use crate::view::parts::frame::{self, PageFrame};
use crate::words::InterfaceWord;

/// The most notes of each concern that the page itself shows.
const SHOWN: usize = 10;

/// The state of the book.
pub(crate) const PAGE: BookPage = BookPage {
    entry: BookPageEntry {
        name: STATE,
        title: InterfaceWord::new("index-state", "State of the book"),
        condition: PageCondition::Asked,
    },
    list,
    texts: TextsShown::None,
};

/// The page of the state of the book.
#[derive(Hash, Serialize)]
pub struct StatePageView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The state of the book.
    pub state: StateView<'a>,
    /// Always absent: the page is one.
    pub pager: Option<Pager>,
}

/// The state of the book.
#[derive(Hash, Serialize)]
pub struct StateView<'a> {
    /// The number of notes of the book in the language of the page.
    pub notes: usize,
    /// All concerns, also those without notes, for that is news too.
    pub concerns: Vec<StateSection<'a>>,
    /// The notes that most others point at: pairs of a note and the number of notes that point at it, the
    /// largest number first.
    pub most_linked: Vec<(&'a SharedValue<NoteCard>, usize)>,
    /// Links to what notes say to editors, by their kinds.
    pub for_editors: Vec<EditorsLink<'a>>,
    /// The path of the page of translations; absent if the book has none.
    pub translations: Option<OutputPath>,
}

/// A concern, with the first notes that fall under it.
#[derive(Hash, Serialize)]
pub struct StateSection<'a> {
    /// The name of the concern, for readers.
    pub title: &'a str,
    /// An explanation of the concern, and what to do.
    pub intro: &'a str,
    /// The id of the section in the page, such as `due-soon`.
    pub name: &'static str,
    /// The first notes, at most ten.
    pub items: Vec<StateItem<'a>>,
    /// The number of all notes that fall under it.
    pub total: usize,
    /// The path of the list of all notes; absent if all are here.
    pub more: Option<OutputPath>,
}

/// A note that something has to be done about.
#[derive(Hash, Serialize)]
pub struct StateItem<'a> {
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// The date by which it has to be done, in ISO 8601; absent if there is none.
    pub by: Option<Date>,
}

/// The keys of the words for a concern.
struct ConcernWords {
    /// The key of its name.
    title: &'static str,
    /// The key of its explanation.
    intro: &'static str,
}

fn words(concern: Concern) -> ConcernWords {
    let (title, intro) = match concern {
        Concern::Overdue => ("state-overdue", "state-overdue-text"),
        Concern::DueSoon => ("state-due-soon", "state-due-soon-text"),
        Concern::UnderReview => ("state-under-review", "state-under-review-text"),
        Concern::CitesPast => ("state-cites-past", "state-cites-past-text"),
        Concern::Unfiled => ("state-unfiled", "state-unfiled-text"),
        Concern::Orphan => ("state-orphans", "state-orphans-text"),
        Concern::DeadEnd => ("state-dead-ends", "state-dead-ends-text"),
    };
    ConcernWords { title, intro }
}

/// The notes that fall under a concern.
fn notes(site: &Site, home: NoteId, concern: Concern) -> &[NoteId] {
    site.indexes.of(home).state.notes.get(&concern).map_or(&[], Vec::as_slice)
}

/// The pages of the list of all notes that fall under a concern.
fn paged(site: &Site, home: NoteId, concern: Concern) -> PagedList {
    let first = index_path(site, home, &format!("{STATE}/{}", concern.name()));
    PagedList::new(site, first, notes(site, home, concern).len())
}

fn list(site: &Site, home: NoteId, out: &mut OutputList) {
    let owner = OutputOwner::Note(home);
    out.add(index_path(site, home, STATE), owner, move |site, path| {
        View::template("state.html", view(site, path, home))
    });
    editors::list(site, home, out);
    let lists = site.indexes.of(home).state.notes.iter();
    for (concern, _) in lists.filter(|(_, notes)| notes.len() > SHOWN) {
        let (concern, pages) = (*concern, paged(site, home, *concern));
        for page in 1..=pages.page_count() {
            out.add(pages.path(page), owner, move |site, path| {
                view_of_concern(site, path, home, concern, page)
            });
        }
    }
}

fn view_of_concern<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    concern: Concern,
    page: usize,
) -> View<'a> {
    let ConcernWords { title, intro } = words(concern);
    let of = index_path(site, home, STATE);
    let says = BookListWords { intro, of, of_title: PAGE.entry.title.key };
    let (notes, pages) = (notes(site, home, concern), paged(site, home, concern));
    book_list::view(site, frame::of_book(site, path, home, title), Some(says), notes, &pages, page)
}

fn view<'a>(site: &'a Site, path: &'a OutputPath, home: NoteId) -> StatePageView<'a> {
    let state = &site.indexes.of(home).state;
    let language = &site.note(home).facts.place.language;
    let of_language = site.graph.sequences.iter().filter(|s| s.language == *language);
    let most_linked = state.most_linked.iter();
    let state = StateView {
        notes: of_language.map(|sequence| sequence.notes.len()).sum(),
        concerns: state.notes.keys().map(|concern| section(site, home, *concern)).collect(),
        for_editors: editors::links(site, home),
        translations: translations::path(site, home),
        most_linked: most_linked.map(|(id, n)| (&site.note(*id).facts.card, *n)).collect(),
    };
    let frame = frame::of_book(site, path, home, PAGE.entry.title.key);
    StatePageView { page: frame, state, pager: None }
}

fn section(site: &Site, home: NoteId, concern: Concern) -> StateSection<'_> {
    let item = |id: &NoteId| {
        let facts = &site.note(*id).facts;
        let by = match concern {
            Concern::Overdue | Concern::DueSoon => facts.review_by,
            Concern::UnderReview => facts.standing.comment_until,
            _ => None,
        };
        StateItem { card: &facts.card, by }
    };
    let (keys, notes) = (words(concern), notes(site, home, concern));
    let words = site.words_of(home);
    StateSection {
        title: words.get(keys.title),
        intro: words.get(keys.intro),
        name: concern.name(),
        items: notes.iter().take(SHOWN).map(item).collect(),
        total: notes.len(),
        more: (notes.len() > SHOWN).then(|| paged(site, home, concern).path(1)),
    }
}
