//! The changes of notes by date, with lists of their own for the notes filed under one, and for changes
//! of the wording.

use serde::Serialize;

use crate::date::Date;
use crate::index::{CHANGES, ChangeScope, DatedChange};
use crate::note::{NoteCard, NoteChange, NoteId};
use crate::path::OutputPath;
use crate::site::{BookPageEntry, PageCondition, Site, index_path};
use crate::template::SharedValue;
use crate::view::output::{BookPage, OutputList, OutputOwner, TextsShown, View};
use crate::view::paging::{PagedList, Pager};
use crate::view::parts::frame::{self, PageFrame};
use crate::words::InterfaceWord;

/// The page of changes.
pub(crate) const PAGE: BookPage = BookPage {
    entry: BookPageEntry {
        name: CHANGES,
        title: InterfaceWord::new("index-changes", "What changed"),
        condition: PageCondition::Asked,
    },
    list,
    texts: TextsShown::None,
};

/// A page of changes.
#[derive(Hash, Serialize)]
pub struct ChangesPageView<'a> {
    /// The frame of the page.
    pub page: PageFrame<'a>,
    /// The changes.
    pub changes: ChangesView<'a>,
    /// The other pages of the list; absent if there are none.
    pub pager: Option<Pager>,
}

/// A list of changes.
#[derive(Hash, Serialize)]
pub struct ChangesView<'a> {
    /// The note that the changed ones are filed under; absent if the list is not limited to such notes.
    pub under: Option<&'a SharedValue<NoteCard>>,
    /// True if the list holds the changes of the wording, false if it holds all others.
    pub editorial: bool,
    /// The months of this page, the latest first.
    pub months: Vec<ChangeMonth<'a>>,
    /// All lists of changes, this one included.
    pub others: Vec<OtherChanges<'a>>,
}

/// A month with its changes.
#[derive(Hash, Serialize)]
pub struct ChangeMonth<'a> {
    /// The month, in ISO 8601, such as `2024-05`; the year alone if no more is known.
    pub month: Date,
    /// The changes, the latest first.
    pub items: Vec<ChangeItem<'a>>,
}

/// A change of a note.
#[derive(Hash, Serialize)]
pub struct ChangeItem<'a> {
    /// The change.
    pub change: &'a NoteChange,
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// True if the note is superseded or withdrawn.
    pub past: bool,
}

/// A link to a list of changes.
#[derive(Hash, Serialize)]
pub struct OtherChanges<'a> {
    /// The note that the changed ones are filed under; absent if the list is not limited to such notes.
    pub under: Option<&'a SharedValue<NoteCard>>,
    /// True if the list holds the changes of the wording.
    pub editorial: bool,
    /// The number of changes.
    pub count: usize,
    /// The path of the list's first page.
    pub url: OutputPath,
    /// True if the list is the one on this page.
    pub current: bool,
}

/// The pages of a list of changes.
fn paged(site: &Site, home: NoteId, scope: ChangeScope) -> PagedList {
    let first = match scope {
        ChangeScope::All => index_path(site, home, CHANGES),
        ChangeScope::Editorial => index_path(site, home, &format!("{CHANGES}/editorial")),
        ChangeScope::Under(id) => {
            let note = &site.note(id).facts.place.path;
            index_path(site, home, &format!("{CHANGES}/{note}"))
        }
    };
    PagedList::new(site, first, changes(site, home, scope).len())
}

fn changes(site: &Site, home: NoteId, scope: ChangeScope) -> &[DatedChange] {
    site.indexes.of(home).changes.get(&scope).map_or(&[], Vec::as_slice)
}

fn list(site: &Site, home: NoteId, out: &mut OutputList) {
    for scope in site.indexes.of(home).changes.keys().copied() {
        let pages = paged(site, home, scope);
        for page in 1..=pages.page_count() {
            out.add(pages.path(page), OutputOwner::Note(home), move |site, path| {
                View::template("changes.html", view(site, path, home, scope, page))
            });
        }
    }
}

fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    scope: ChangeScope,
    page: usize,
) -> ChangesPageView<'a> {
    let pages = paged(site, home, scope);
    let scopes = site.indexes.of(home).changes.keys();
    let changes = ChangesView {
        under: under(site, scope),
        editorial: scope == ChangeScope::Editorial,
        months: months(site, &changes(site, home, scope)[pages.part(page)]),
        others: scopes.map(|other| link(site, home, *other, *other == scope)).collect(),
    };
    let frame = frame::of_book(site, path, home, PAGE.entry.title.key);
    ChangesPageView { page: frame, changes, pager: pages.pager(page) }
}

/// The changes by month, in the order given.
fn months<'a>(site: &'a Site, changes: &[DatedChange]) -> Vec<ChangeMonth<'a>> {
    let mut months: Vec<ChangeMonth<'a>> = Vec::new();
    for changed in changes {
        let facts = &site.note(changed.note).facts;
        let change = &facts.changes[changed.change as usize];
        let past = site.is_past(changed.note);
        let item = ChangeItem { change, card: &facts.card, past };
        let month = change.date.month_of();
        match months.last_mut().filter(|last| last.month == month) {
            Some(last) => last.items.push(item),
            None => months.push(ChangeMonth { month, items: vec![item] }),
        }
    }
    months
}

fn under(site: &Site, scope: ChangeScope) -> Option<&SharedValue<NoteCard>> {
    match scope {
        ChangeScope::Under(id) => Some(&site.note(id).facts.card),
        ChangeScope::All | ChangeScope::Editorial => None,
    }
}

/// A link to a list of changes; `current`: it is the one that the page shows.
fn link(site: &Site, home: NoteId, scope: ChangeScope, current: bool) -> OtherChanges<'_> {
    OtherChanges {
        under: under(site, scope),
        editorial: scope == ChangeScope::Editorial,
        count: changes(site, home, scope).len(),
        url: paged(site, home, scope).path(1),
        current,
    }
}
