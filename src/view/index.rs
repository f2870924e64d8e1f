//! The pages that list the whole book: by letter, by theme and kind, by date, by what needs care.

mod changes;
mod coverage;
mod letters;
mod state;
mod timeline;

use serde::Serialize;

use super::PageKey;
use super::frame::{self, PageFrame};
use super::list::{self, ListItem, Pager};
use crate::config::{BookIndex, KindId};
use crate::index::{ChangeScope, Concern};
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::{Site, index_path};

/// A page of an index. Numbers of pages count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexPage {
    /// Names by letter: the nth page of all letters.
    Letters(usize),
    /// How many notes of each kind are filed under each note of a kind.
    Coverage(KindId, usize),
    /// What is filed under none of them.
    Unfiled(KindId, usize),
    /// Notes by date.
    Timeline(usize),
    /// What changed.
    Changes(ChangeScope, usize),
    /// What needs care.
    State,
    /// All of one sort that need care.
    Concern(Concern, usize),
}

/// A page of an index.
#[derive(Hash, Serialize)]
pub struct IndexView<'a> {
    /// What every page has.
    pub page: PageFrame<'a>,
    /// What it lists.
    #[serde(flatten)]
    pub shows: IndexShows<'a>,
    /// The other pages of the list.
    pub pager: Option<Pager>,
}

/// What a page of an index lists.
#[derive(Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IndexShows<'a> {
    /// Every name, by letter.
    Letters(letters::LettersView<'a>),
    /// The notes that are filed under each note, counted by kind.
    Coverage(coverage::CoverageView<'a>),
    /// A part of an index that has a page of its own.
    List(IndexPart<'a>),
    /// The notes with a date, by year.
    Timeline(timeline::TimelineView<'a>),
    /// The changes of all notes, by month.
    Changes(changes::ChangesView<'a>),
    /// The notes that need care.
    State(state::StateView<'a>),
}

/// A part of an index on a page of its own.
#[derive(Hash, Serialize)]
pub struct IndexPart<'a> {
    /// What is said of it.
    pub intro: &'a str,
    /// The page it belongs to, and what that is called.
    pub of: OutputPath,
    /// What that page is called.
    pub of_title: &'a str,
    /// The notes.
    pub items: Vec<ListItem<'a>>,
}

impl IndexView<'_> {
    /// The template that shows the page.
    pub fn template(&self) -> &'static str {
        match self.shows {
            IndexShows::Letters(_) => "letters.html",
            IndexShows::Coverage(_) => "coverage.html",
            IndexShows::List(_) => "indexlist.html",
            IndexShows::Timeline(_) => "timeline.html",
            IndexShows::Changes(_) => "changes.html",
            IndexShows::State(_) => "state.html",
        }
    }
}

/// Every page of the indexes.
pub(super) fn outputs(site: &Site) -> Vec<(OutputPath, PageKey)> {
    let mut outputs = Vec::new();
    for (home, lists) in &site.indexes.languages {
        let mut add = |path, page| outputs.push((path, PageKey::Index(*home, page)));
        if site.config.indexes.contains(&BookIndex::Letters) {
            let pages = (1..).zip(letters::paths(site, *home, lists));
            pages.for_each(|(number, path)| add(path, IndexPage::Letters(number)));
        }
        let mut paged = |base: OutputPath, length, page: &dyn Fn(usize) -> IndexPage| {
            for number in 1..=list::pages(site, length) {
                add(list::page_path(&base, number), page(number));
            }
        };
        for (axis, notes) in &lists.unfiled {
            let rows = coverage::rows(site, *home, *axis).len();
            paged(coverage::path(site, *home, *axis), rows, &|n| IndexPage::Coverage(*axis, n));
            if !notes.is_empty() {
                let base = coverage::unfiled_path(site, *home, *axis);
                paged(base, notes.len(), &|n| IndexPage::Unfiled(*axis, n));
            }
        }
        if site.config.kinds().any(|(_, kind)| kind.shown.timeline) {
            let base = index_path(site, *home, "timeline");
            paged(base, lists.timeline.len(), &IndexPage::Timeline);
        }
        if site.config.indexes.contains(&BookIndex::Changes) {
            for (scope, changes) in &lists.changes {
                let base = changes::path(site, *home, *scope);
                paged(base, changes.len(), &|n| IndexPage::Changes(*scope, n));
            }
        }
        if site.config.indexes.contains(&BookIndex::State) {
            for (concern, notes) in &lists.state.lists {
                if notes.len() > state::SHOWN {
                    let base = state::path(site, *home, *concern);
                    paged(base, notes.len(), &|n| IndexPage::Concern(*concern, n));
                }
            }
            outputs
                .push((index_path(site, *home, "state"), PageKey::Index(*home, IndexPage::State)));
        }
    }
    outputs
}

/// The page of an index at `path`, in the language whose home page is `home`.
pub(super) fn view<'a>(
    site: &'a Site,
    path: &'a OutputPath,
    home: NoteId,
    page: IndexPage,
) -> IndexView<'a> {
    let words = &site.card(&site.note(home).facts.place.language).words;
    let lists = site.indexes.of(home);
    let frame = |key| frame::of_book(site, path, home, words.get(key));
    match page {
        IndexPage::Letters(number) => letters::view(site, frame("index-a-z"), home, lists, number),
        IndexPage::Coverage(axis, number) => {
            coverage::view(site, frame("index-coverage"), home, axis, lists, number)
        }
        IndexPage::Unfiled(axis, number) => {
            let notes = lists.unfiled.iter().find(|(other, _)| *other == axis);
            let notes = notes.map_or(&[][..], |(_, notes)| notes);
            let of = coverage::path(site, home, axis);
            let base = coverage::unfiled_path(site, home, axis);
            part(
                site,
                frame("state-unfiled"),
                [(of, "index-coverage"), (base, "unfiled")],
                notes,
                number,
            )
        }
        IndexPage::Timeline(number) => {
            timeline::view(site, frame("index-timeline"), home, lists, number)
        }
        IndexPage::Changes(scope, number) => {
            changes::view(site, frame("index-changes"), home, scope, lists, number)
        }
        IndexPage::State => state::view(site, frame("index-state"), home, lists),
        IndexPage::Concern(concern, number) => {
            let notes = lists.state.lists.iter().find(|(other, _)| *other == concern);
            let notes = notes.map_or(&[][..], |(_, notes)| notes);
            let of = index_path(site, home, "state");
            let base = state::path(site, home, concern);
            let frame = frame(state::key(concern));
            part(site, frame, [(of, "index-state"), (base, concern.name())], notes, number)
        }
    }
}

/// A page of a list that is a part of an index: `of` is that index, `base` the first page.
fn part<'a>(
    site: &'a Site,
    page: PageFrame<'a>,
    [(of, of_title), (base, name)]: [(OutputPath, &'static str); 2],
    notes: &[NoteId],
    number: usize,
) -> IndexView<'a> {
    let words = &page.site.words;
    let shows = IndexShows::List(IndexPart {
        intro: words.get(state::intro(name)),
        of,
        of_title: words.get(of_title),
        items: list::listed(site, &notes[list::part(site, notes, number)], words),
    });
    let pages = list::pages(site, notes.len());
    IndexView { pager: list::pager(number, pages, |n| list::page_path(&base, n)), page, shows }
}
