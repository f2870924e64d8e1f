//! The sections of the home page: the first notes of each kind, with the notes filed under them.

use serde::Serialize;

use crate::config::{HomeList, KindId, ON_HOME};
use crate::fingerprint::SharedValue;
use crate::language::Language;
use crate::note::{NoteCard, NoteId};
use crate::site::Site;
use crate::view::parts::backlinks;
use crate::view::parts::filed::{self, FiledCount};
use crate::view::parts::list::{ListItem, listed};

/// A section of the home page: the first notes of a kind.
#[derive(Hash, Serialize)]
pub struct HomeSection<'a> {
    /// The note of the page of the kind.
    pub kind: &'a SharedValue<NoteCard>,
    /// The first notes of the kind, as many as the book asks for.
    pub items: Vec<ListItem<'a>>,
    /// The notes that are filed under each of `items`, counted by kind, in the same order; absent if the
    /// kind is not one that gathers notes.
    pub counts: Option<Vec<Vec<KindCount<'a>>>>,
    /// The number of notes of the kind.
    pub total: usize,
    /// True if there are more notes than `items` has.
    pub more: bool,
}

/// The number of notes of a kind that name a note in their fields.
#[derive(Hash, Serialize)]
pub struct KindCount<'a> {
    /// The name of the kind for readers, in the plural.
    pub title: &'a str,
    /// The number of notes. Its variables, `count` and `inferred`, stand beside `title`.
    #[serde(flatten)]
    pub filed: FiledCount,
}

/// The sections of the home page at `home`, in the order that the book asks for.
pub(crate) fn sections(site: &Site, home: NoteId) -> Vec<HomeSection<'_>> {
    let language = &site.note(home).facts.place.language;
    let lists = if site.config.home.is_empty() {
        in_menu(site, language)
    } else {
        site.config.home.clone()
    };
    let counted: Vec<KindId> = lists.iter().map(|list| list.kind).collect();
    let section = |list: &HomeList| {
        let id = site.graph.kind_page(list.kind, language)?;
        let ids = site.graph.sequence(list.kind, language);
        let shown = &ids[..ids.len().min(list.count)];
        let features = &site.config.kind(list.kind).features;
        let gathers = features.taxonomy || features.group_by.is_some();
        let counts_of_all = || shown.iter().map(|id| counts(site, *id, &counted)).collect();
        Some(HomeSection {
            kind: &site.note(id).facts.card,
            items: listed(site, shown, site.words_of(home)),
            counts: gathers.then(counts_of_all),
            total: ids.len(),
            more: ids.len() > shown.len(),
        })
    };
    lists.iter().filter_map(section).collect()
}

/// The kinds of the menu, in its order.
fn in_menu(site: &Site, language: &Language) -> Vec<HomeList> {
    let place = |id: NoteId| {
        let url = &site.note(id).facts.place.output;
        site.card(language).menu.iter().position(|item| item.url == *url)
    };
    let pages = site.graph.kind_pages.iter().filter(|page| page.language == *language);
    let mut kinds: Vec<(usize, KindId)> =
        pages.filter_map(|page| Some((place(page.note)?, page.kind))).collect();
    kinds.sort();
    kinds.into_iter().map(|(_, kind)| HomeList { kind, count: ON_HOME }).collect()
}

/// The number of notes of each of the `counted` kinds that name the note at `id` in a field.
fn counts<'a>(site: &'a Site, id: NoteId, counted: &[KindId]) -> Vec<KindCount<'a>> {
    let own = site.note(id).facts.kind;
    let filed = filed::filed(site, id);
    let count = |kind: &KindId| {
        let notes = filed.get(kind)?;
        Some(KindCount { title: backlinks::title(site, notes.first), filed: notes.count })
    };
    counted.iter().filter(|kind| **kind != own).filter_map(count).collect()
}
