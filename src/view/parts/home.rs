//! The sections of the home page: the first notes of each kind, with the notes filed under them.

use serde::Serialize;

use crate::config::{HomeList, KindId};
use crate::language::Language;
use crate::note::{NoteCard, NoteId};
use crate::site::Site;
use crate::template::SharedValue;
use crate::view::parts::backlinks;
use crate::view::parts::filed::{self, FiledCount};
use crate::view::parts::list::{ListItem, listed};

/// A section of the home page: the first notes of a kind.
#[derive(Hash, Serialize)]
pub struct HomeSection<'a> {
    /// The note of the page of the kind.
    pub kind: &'a SharedValue<NoteCard>,
    /// The heading, as the book words it; else the title of that page.
    pub title: String,
    /// Its place on the page.
    pub place: HomePlace,
    /// The first notes of the kind, as many as the book asks for.
    pub items: Vec<ListItem<'a>>,
    /// The notes that are filed under each of `items`, counted by kind, in the same order; absent if the
    /// kind is not one that gathers notes.
    pub counts: Option<Vec<Vec<KindCount<'a>>>>,
    /// The open notes of the one kind that the book asks to be counted; absent if it asks for none.
    pub open: Option<OpenCounts<'a>>,
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

/// The place of a section on the home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HomePlace {
    /// Above the text: the sections that count open notes; without any, the first.
    Above,
    /// Beside the text, in a wide window, if there is one: the first of the others.
    Beside,
    /// Below the text: the rest.
    Below,
}

/// The open notes of a kind that name the notes of a section.
#[derive(Hash, Serialize)]
pub struct OpenCounts<'a> {
    /// The name of the kind for readers, in the plural; absent if the section above counts it too.
    pub title: Option<&'a str>,
    /// Their number for each of the items of the section, in the same order.
    pub counts: Vec<FiledCount>,
}

impl HomeSection<'_> {
    /// Says whether a note or a number of the section is marked as inferred.
    pub(crate) fn has_reading(&self) -> bool {
        let mut counts = self.counts.iter().flatten().flatten();
        let mut open = self.open.iter().flat_map(|open| &open.counts);
        counts.any(|of| of.filed.inferred > 0)
            || open.any(|count| count.inferred > 0)
            || self.items.iter().any(ListItem::has_reading)
    }
}

/// The sections of the home page at `home`, in the order that the book asks for.
pub(crate) fn sections(site: &Site, home: NoteId) -> Vec<HomeSection<'_>> {
    let language = &site.note(home).facts.place.language;
    let lists = match site.config.home_in(language) {
        [] => in_menu(site, language),
        lists => lists.to_vec(),
    };
    let counted: Vec<KindId> = lists.iter().map(|list| list.kind).collect();
    let counts_open = lists.iter().any(|list| list.counts.is_some());
    let is_above = |at: usize| if counts_open { lists[at].counts.is_some() } else { at == 0 };
    // Without a text, nothing stands beside one.
    let has_text = !site.note(site.graph.works.shown(home)).body.html.is_empty();
    let beside = (0..lists.len()).find(|at| has_text && !is_above(*at));
    let section = |(at, list): (usize, &HomeList)| {
        let id = site.graph.kind_page(list.kind, language)?;
        let ids = site.graph.sequence(list.kind, language);
        let open = list.counts.map(|kind| with_open(site, ids, kind, list.count));
        let shown = match &open {
            Some(open) => open.iter().map(|(id, _)| *id).collect(),
            None => ids[..ids.len().min(list.count)].to_vec(),
        };
        let features = &site.config.kind(list.kind).features;
        let gathers = features.taxonomy || features.group_by.is_some();
        let is_said = at > 0 && lists[at - 1].counts == list.counts;
        let counted_kind = list.counts.filter(|_| !is_said).map(|kind| site.kind_for(kind, home));
        let open = open.map(|open| OpenCounts {
            title: counted_kind.map(|kind| &*kind.plural),
            counts: open.iter().map(|(_, count)| *count).collect(),
        });
        let counts_of_all = || shown.iter().map(|id| counts(site, *id, &counted)).collect();
        Some(HomeSection {
            kind: &site.note(id).facts.card,
            title: list.title.as_ref().unwrap_or(&site.note(id).facts.card.title).clone(),
            place: match at {
                at if is_above(at) => HomePlace::Above,
                at if beside == Some(at) => HomePlace::Beside,
                _ => HomePlace::Below,
            },
            items: listed(site, &shown, site.words_of(home)),
            counts: (gathers && open.is_none()).then(counts_of_all),
            open,
            total: ids.len(),
            more: ids.len() > shown.len(),
        })
    };
    let mut sections: Vec<HomeSection<'_>> = lists.iter().enumerate().filter_map(section).collect();
    if site.config.kinds_of_folders {
        sections.extend(beside_home(site, home, sections.is_empty()));
    }
    sections
}

/// The notes beside the home page, in a book whose kinds are its folders: no other page lists them.
fn beside_home(site: &Site, home: NoteId, is_first: bool) -> Option<HomeSection<'_>> {
    let language = &site.note(home).facts.place.language;
    let ids = site.graph.sequence(site.config.page_kind(), language).iter().copied();
    let ids: Vec<NoteId> = ids.filter(|id| !site.note(*id).facts.place.is_index()).collect();
    (!ids.is_empty()).then(|| HomeSection {
        kind: &site.note(home).facts.card,
        title: site.words_of(home).get("pages").to_owned(),
        place: if is_first { HomePlace::Above } else { HomePlace::Below },
        items: listed(site, &ids, site.words_of(home)),
        counts: None,
        open: None,
        total: ids.len(),
        more: false,
    })
}

/// The first `most` of the notes `ids` that open notes of `kind` name, each with the number of these.
fn with_open(site: &Site, ids: &[NoteId], kind: KindId, most: usize) -> Vec<(NoteId, FiledCount)> {
    let counted = ids.iter().map(|id| (*id, filed::open(site, *id, kind)));
    counted.filter(|(_, open)| open.count > 0).take(most).collect()
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
    kinds.into_iter().map(|(_, kind)| HomeList::of(kind)).collect()
}

/// The number of notes of each of the `counted` kinds that name the note at `id` in a field.
fn counts<'a>(site: &'a Site, id: NoteId, counted: &[KindId]) -> Vec<KindCount<'a>> {
    let own = site.note(id).facts.kind;
    let filed = filed::filed(site, id);
    let count = |kind: &KindId| {
        let notes = filed.get(kind)?;
        Some(KindCount { title: backlinks::title(site, id, notes.first), filed: notes.count })
    };
    counted.iter().filter(|kind| **kind != own).filter_map(count).collect()
}
