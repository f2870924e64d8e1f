//! What changed, by date: what matters first, the wording apart.

use serde::Serialize;

use super::{IndexShows, IndexView};
use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::index::{ChangeScope, DatedChange, LanguageIndexes};
use crate::note::{NoteCard, NoteChange, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, index_path};
use crate::view::frame::PageFrame;
use crate::view::{is_past, list};

/// What changed.
#[derive(Hash, Serialize)]
pub struct ChangesView<'a> {
    /// The note that the changed ones are filed under, where only those are listed.
    pub under: Option<&'a SharedValue<NoteCard>>,
    /// Whether only the wording changed.
    pub editorial: bool,
    /// The months of this page, the latest first.
    pub months: Vec<ChangeMonth<'a>>,
    /// The other lists: all, by what the notes are filed under, of the wording.
    pub others: Vec<OtherChanges<'a>>,
}

/// A month with its changes.
#[derive(Hash, Serialize)]
pub struct ChangeMonth<'a> {
    /// The month, or the year where no more is known.
    pub month: Date,
    /// What changed.
    pub items: Vec<ChangeItem<'a>>,
}

/// A change of a note.
#[derive(Hash, Serialize)]
pub struct ChangeItem<'a> {
    /// The change.
    pub change: &'a NoteChange,
    /// The note.
    pub card: &'a SharedValue<NoteCard>,
    /// Whether it is superseded or withdrawn.
    pub past: bool,
}

/// Another list of changes.
#[derive(Hash, Serialize)]
pub struct OtherChanges<'a> {
    /// What the notes are filed under; none for all.
    pub under: Option<&'a SharedValue<NoteCard>>,
    /// Whether it is that of the wording.
    pub editorial: bool,
    /// How many changes it has.
    pub count: usize,
    /// Where it is.
    pub url: OutputPath,
    /// Whether it is this one.
    pub current: bool,
}

pub(super) fn path(site: &Site, home: NoteId, scope: ChangeScope) -> OutputPath {
    let below = |id: NoteId| site.note(id).facts.place.path.clone();
    match scope {
        ChangeScope::All => index_path(site, home, "changes"),
        ChangeScope::Editorial => index_path(site, home, "changes/editorial"),
        ChangeScope::Under(id) => index_path(site, home, &format!("changes/{}", below(id))),
    }
}

pub(super) fn view<'a>(
    site: &'a Site,
    page: PageFrame<'a>,
    home: NoteId,
    scope: ChangeScope,
    lists: &LanguageIndexes,
    number: usize,
) -> IndexView<'a> {
    let changes = lists.changes.get(&scope).map_or(&[][..], Vec::as_slice);
    let item = |changed: &DatedChange| {
        let facts = &site.note(changed.note).facts;
        ChangeItem {
            change: &facts.changes[changed.change as usize],
            card: &facts.card,
            past: is_past(site, changed.note),
        }
    };
    let items: Vec<ChangeItem<'a>> =
        changes[list::part(site, changes, number)].iter().map(item).collect();
    let mut months: Vec<ChangeMonth<'a>> = Vec::new();
    for item in items {
        let month = item.change.date.month_of();
        match months.last_mut().filter(|last| last.month == month) {
            Some(last) => last.items.push(item),
            None => months.push(ChangeMonth { month, items: vec![item] }),
        }
    }
    let under = |scope: ChangeScope| match scope {
        ChangeScope::Under(id) => Some(&site.note(id).facts.card),
        _ => None,
    };
    let other = |(other, changes): (&ChangeScope, &Vec<DatedChange>)| OtherChanges {
        under: under(*other),
        editorial: *other == ChangeScope::Editorial,
        count: changes.len(),
        url: path(site, home, *other),
        current: *other == scope,
    };
    let base = path(site, home, scope);
    let pages = list::pages(site, changes.len());
    let pager = list::pager(number, pages, |n| list::page_path(&base, n));
    let editorial = scope == ChangeScope::Editorial;
    let others = lists.changes.iter().map(other).collect();
    let shows = IndexShows::Changes(ChangesView { under: under(scope), editorial, months, others });
    IndexView { page, shows, pager }
}
