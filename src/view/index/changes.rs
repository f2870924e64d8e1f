//! What changed, by date: what matters first, the wording apart.

use serde::Serialize;

use super::{IndexView, Shows};
use crate::date::Date;
use crate::fingerprint::Shared;
use crate::index::{Changed, OfLanguage, Scope};
use crate::note::{Card, Change, NoteId};
use crate::path::OutputPath;
use crate::site::{Site, index_path};
use crate::view::frame::Frame;
use crate::view::{is_past, list};

/// What changed.
#[derive(Hash, Serialize)]
pub struct Changes<'a> {
    /// The note that the changed ones are filed under, where only those are listed.
    pub under: Option<&'a Shared<Card>>,
    /// Whether only the wording changed.
    pub editorial: bool,
    /// The months of this page, the latest first.
    pub months: Vec<Month<'a>>,
    /// The other lists: all, by what the notes are filed under, of the wording.
    pub others: Vec<Other<'a>>,
}

/// A month with its changes.
#[derive(Hash, Serialize)]
pub struct Month<'a> {
    /// The month, or the year where no more is known.
    pub month: Date,
    /// What changed.
    pub items: Vec<Item<'a>>,
}

/// A change of a note.
#[derive(Hash, Serialize)]
pub struct Item<'a> {
    /// The change.
    pub change: &'a Change,
    /// The note.
    pub card: &'a Shared<Card>,
    /// Whether it is superseded or withdrawn.
    pub past: bool,
}

/// Another list of changes.
#[derive(Hash, Serialize)]
pub struct Other<'a> {
    /// What the notes are filed under; none for all.
    pub under: Option<&'a Shared<Card>>,
    /// Whether it is that of the wording.
    pub editorial: bool,
    /// How many changes it has.
    pub count: usize,
    /// Where it is.
    pub url: OutputPath,
    /// Whether it is this one.
    pub current: bool,
}

pub(super) fn path(site: &Site, home: NoteId, scope: Scope) -> OutputPath {
    let below = |id: NoteId| site.note(id).facts.place.path.clone();
    match scope {
        Scope::All => index_path(site, home, "changes"),
        Scope::Editorial => index_path(site, home, "changes/editorial"),
        Scope::Under(id) => index_path(site, home, &format!("changes/{}", below(id))),
    }
}

pub(super) fn view<'a>(
    site: &'a Site,
    page: Frame<'a>,
    home: NoteId,
    scope: Scope,
    lists: &OfLanguage,
    number: usize,
) -> IndexView<'a> {
    let changes = lists.changes.get(&scope).map_or(&[][..], Vec::as_slice);
    let item = |changed: &Changed| {
        let facts = &site.note(changed.note).facts;
        Item {
            change: &facts.changes[changed.change as usize],
            card: &facts.card,
            past: is_past(site, changed.note),
        }
    };
    let items: Vec<Item<'a>> =
        changes[list::part(site, changes, number)].iter().map(item).collect();
    let mut months: Vec<Month<'a>> = Vec::new();
    for item in items {
        let month = item.change.date.month_of();
        match months.last_mut().filter(|last| last.month == month) {
            Some(last) => last.items.push(item),
            None => months.push(Month { month, items: vec![item] }),
        }
    }
    let under = |scope: Scope| match scope {
        Scope::Under(id) => Some(&site.note(id).facts.card),
        _ => None,
    };
    let other = |(other, changes): (&Scope, &Vec<Changed>)| Other {
        under: under(*other),
        editorial: *other == Scope::Editorial,
        count: changes.len(),
        url: path(site, home, *other),
        current: *other == scope,
    };
    let base = path(site, home, scope);
    let pages = list::pages(site, changes.len());
    let pager = list::pager(number, pages, |n| list::page_path(&base, n));
    let editorial = scope == Scope::Editorial;
    let others = lists.changes.iter().map(other).collect();
    let shows = Shows::Changes(Changes { under: under(scope), editorial, months, others });
    IndexView { page, shows, pager }
}
