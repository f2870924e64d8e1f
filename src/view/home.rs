//! What the home page shows of the book: lists of notes, and what is filed under each where notes are.

use serde::Serialize;

use super::filed::{self, FiledCount};
use super::incoming;
use super::list::{self, ListItem};
use crate::config::{HomeList, KindId, ON_HOME};
use crate::fingerprint::SharedValue;
use crate::language::Language;
use crate::note::{NoteCard, NoteId};
use crate::site::Site;

/// What the home page shows of a kind.
#[derive(Hash, Serialize)]
pub struct HomeSection<'a> {
    /// The page of the kind.
    pub kind: &'a SharedValue<NoteCard>,
    /// Its first notes.
    pub items: Vec<ListItem<'a>>,
    /// For each of them, what points at it, if the pages of the kind are there to gather that.
    pub counts: Option<Vec<Vec<KindCount<'a>>>>,
    /// How many notes there are.
    pub total: usize,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// How many notes of a kind point at a note by their fields.
#[derive(Hash, Serialize)]
pub struct KindCount<'a> {
    /// What readers call them.
    pub title: &'a str,
    /// How many there are.
    #[serde(flatten)]
    pub filed: FiledCount,
}

/// What the home page at `home` shows, in the order that the book asks for.
pub(super) fn sections(site: &Site, home: NoteId) -> Vec<HomeSection<'_>> {
    let language = &site.note(home).facts.place.language;
    let lists = match site.config.home.is_empty() {
        true => in_menu(site, language),
        false => site.config.home.clone(),
    };
    let counted: Vec<KindId> = lists.iter().map(|list| list.kind).collect();
    let section = |list: &HomeList| {
        let id = site.graph.kind_page(list.kind, language)?;
        let ids = list::sequence_of(site, id);
        let shown = &ids[..ids.len().min(list.count)];
        let gathers = {
            let kind = &site.config.kind(list.kind).shown;
            kind.axis || kind.by.is_some()
        };
        let counts = || shown.iter().map(|id| held(site, *id, &counted)).collect();
        Some(HomeSection {
            kind: &site.note(id).facts.card,
            items: list::listed(site, shown, list::words_of(site, home)),
            counts: gathers.then(counts),
            total: ids.len(),
            more: ids.len() > shown.len(),
        })
    };
    lists.iter().filter_map(section).collect()
}

/// The kinds of the navigation, in its order.
fn in_menu(site: &Site, language: &Language) -> Vec<HomeList> {
    let place = |id: NoteId| {
        let url = &site.note(id).facts.place.output;
        site.card(language).menu.iter().position(|item| item.url == *url)
    };
    let pages = site.graph.kind_pages.iter().filter(|page| page.1 == *language);
    let mut kinds: Vec<_> = pages.filter_map(|page| Some((place(page.2)?, page.0))).collect();
    kinds.sort();
    kinds.into_iter().map(|(_, kind)| HomeList { kind, count: ON_HOME }).collect()
}

/// How many notes of each of the `counted` kinds name the note at `id` in a field.
fn held<'a>(site: &'a Site, id: NoteId, counted: &[KindId]) -> Vec<KindCount<'a>> {
    let own = site.note(id).facts.kind;
    let filed = filed::filed(site, id);
    let held = |kind: &KindId| {
        let (first, filed) = filed.get(kind)?;
        Some(KindCount { title: incoming::title(site, *first), filed: *filed })
    };
    counted.iter().filter(|kind| **kind != own).filter_map(held).collect()
}
