//! The notes that point at a note by a field, grouped by their kind and by the way in which they point.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::KindId;
use crate::graph::{LinkVia, Pointer, Relation};
use crate::note::{NoteCard, NoteId, RefField};
use crate::path::OutputPath;
use crate::site::Site;
use crate::slug::OF_PAGE;
use crate::template::SharedValue;
use crate::view::address::stem_of;
use crate::view::paging::PagedList;
use crate::view::parts::list::ListItem;
use crate::view::parts::locator::places_cited;
use crate::view::parts::{colour, filed};

/// The sort key of the parts of a group: filed under nothing, which comes last, then the order of the
/// notes that the parts stand under.
type BacklinkRank = (bool, Option<(u32, u32)>, Option<NoteId>);

/// The most notes of a group that are not divided: headings would take more room than they.
const UNDIVIDED: usize = 3;

/// The notes of one kind that point at a note in one way.
#[derive(Hash, Serialize)]
pub struct BacklinkGroup<'a> {
    /// The heading: the words of the book for the field, or the name of the kind in the plural.
    pub title: Cow<'a, str>,
    /// The name of the group in the list of groups: that of the kind in the plural, or `title` if several groups
    /// are of one kind.
    pub label: Cow<'a, str>,
    /// The way in which they point, as seen from the note they point at; absent if the title says enough.
    pub relation: Option<&'a str>,
    /// True if they are of the kind of the note whose page this is: they stand beside it, and their titles say enough.
    pub beside: bool,
    /// The id of the group in the page.
    pub anchor: String,
    /// The first notes, at most as many as `backlinks` in `book.toml` says. Empty if `parts` has them.
    pub items: Vec<ListItem<'a>>,
    /// The same notes divided by the note that each is filed under. Empty if the kind of the page does not
    /// ask for it, if they are three or fewer, if none is filed so, or if not all notes are here.
    pub parts: Vec<BacklinkPart<'a>>,
    /// The path of the first page of the whole list; absent if all of it is here.
    pub more: Option<OutputPath>,
    /// The number of notes in the whole list.
    pub total: usize,
}

/// The notes of a group that are filed under one note before others.
#[derive(Hash, Serialize)]
pub struct BacklinkPart<'a> {
    /// The note that they are filed under; absent in the last part, whose notes are filed under none.
    pub under: Option<&'a SharedValue<NoteCard>>,
    /// The number of that note's colour, from 1 to 8; absent if it has none.
    pub colour: Option<u32>,
    /// The notes.
    pub items: Vec<ListItem<'a>>,
}

/// The notes that point at a note by a field.
#[derive(Default)]
pub(crate) struct Backlinks<'a> {
    /// The notes filed there, in a kind whose pages open with them: those that point by fields of their kind.
    pub(crate) index: Vec<BacklinkGroup<'a>>,
    /// The others.
    pub(crate) others: Vec<BacklinkGroup<'a>>,
}

impl BacklinkGroup<'_> {
    /// Says whether a note of it is marked as inferred.
    pub(crate) fn has_reading(&self) -> bool {
        let in_parts = self.parts.iter().flat_map(|part| &part.items);
        self.items.iter().chain(in_parts).any(ListItem::has_reading)
    }
}

/// The notes that point at the note at `id` by a field.
pub(crate) fn backlinks(site: &Site, id: NoteId) -> Backlinks<'_> {
    let mut found = Backlinks::default();
    let gathers = site.config.kind(site.note(id).facts.kind).features.gathers;
    for pointers in relations(site, id) {
        match pointers[0].relation.way {
            LinkVia::Field(RefField::Own(_)) if gathers => {
                found.index.push(group(site, id, pointers))
            }
            LinkVia::Field(_) => found.others.push(group(site, id, pointers)),
            LinkVia::Link | LinkVia::Embed => {}
        }
    }
    // Two groups of one kind would have one name.
    let names: Vec<Cow<'_, str>> = found.index.iter().map(|group| group.label.clone()).collect();
    for group in &mut found.index {
        if names.iter().filter(|name| **name == group.label).count() > 1 {
            group.label = match group.relation {
                Some(relation) => Cow::Owned(site.words_of(id).labelled(&group.title, relation)),
                None => group.title.clone(),
            };
        }
    }
    found
}

fn group<'a>(site: &'a Site, id: NoteId, pointers: &[Pointer]) -> BacklinkGroup<'a> {
    let relation = pointers[0].relation;
    let is_cut = is_cut(site, pointers);
    let shown = if is_cut { &pointers[..most(site)] } else { pointers };
    let parts =
        if is_cut || shown.len() <= UNDIVIDED { Vec::new() } else { divided(site, id, shown) };
    let heading = heading(site, id, relation);
    BacklinkGroup {
        label: Cow::Borrowed(title(site, id, relation)),
        relation: label(site, id, relation).filter(|_| heading.is_none()),
        title: heading.map_or(Cow::Borrowed(title(site, id, relation)), Cow::Owned),
        beside: relation.kind == site.note(id).facts.kind,
        anchor: anchor(site, relation),
        more: is_cut.then(|| first_path(site, id, relation)),
        total: pointers.len(),
        items: if parts.is_empty() { listed(site, id, shown, None) } else { Vec::new() },
        parts,
    }
}

/// All that points at the note at `id`, grouped by the ways in which notes of one kind point.
pub(crate) fn relations(site: &Site, id: NoteId) -> impl Iterator<Item = &[Pointer]> {
    site.pointers(id).chunk_by(|a, b| a.relation == b.relation)
}

/// The most notes of a group that a page shows.
pub(crate) fn most(site: &Site) -> usize {
    site.config.backlinks.min(site.config.page_size)
}

/// Says whether the page of a note shows only the first of those that point at it in one way by a field, so that
/// there are pages with all of them.
pub(crate) fn is_cut(site: &Site, pointers: &[Pointer]) -> bool {
    let by_field = pointers.first().is_some_and(|p| matches!(p.relation.way, LinkVia::Field(_)));
    by_field && pointers.len() > most(site)
}

/// The pages of the whole list of notes that point at the note at `id` in one way.
pub(crate) fn paged(site: &Site, id: NoteId, relation: Relation, length: usize) -> PagedList {
    PagedList::new(site, first_path(site, id, relation), length)
}

/// The kinds that could be filed under the note at `id`, and of which none is.
pub(crate) fn gaps(site: &Site, id: NoteId) -> Vec<&str> {
    let facts = &site.note(id).facts;
    if !site.config.kind(facts.kind).features.taxonomy {
        return Vec::new();
    }
    let pointers = site.graph.incoming.of(id);
    let files =
        |pointer: &Pointer| matches!(pointer.relation.way, LinkVia::Field(RefField::Own(_)));
    let has = |kind| pointers.iter().any(|p| p.relation.kind == kind && files(p));
    let kinds = site.config.kinds().filter(|(kind, _)| *kind != facts.kind);
    let could = kinds.filter(|(_, kind)| kind.points_at(facts.kind));
    could
        .filter(|(kind, _)| !has(*kind))
        .map(|(kind, _)| &*site.kind_for(kind, id).plural)
        .collect()
}

/// The notes divided by the note that each is filed under first, of the kind by which the page of the note at
/// `id` divides them, in the order of that kind; those filed under none come last. Nothing if none can be
/// filed so, or if the page does not divide them.
pub(crate) fn divided<'a>(
    site: &'a Site,
    id: NoteId,
    pointers: &[Pointer],
) -> Vec<BacklinkPart<'a>> {
    let Some(kind) = divides(site, id) else { return Vec::new() };
    let mut parts: BTreeMap<BacklinkRank, Vec<Pointer>> = BTreeMap::new();
    for pointer in pointers {
        let under = filed::first_named(site, pointer.from, kind);
        let place = under.and_then(|under| site.graph.positions[under.index()]);
        parts.entry((under.is_none(), place, under)).or_default().push(*pointer);
    }
    if parts.keys().all(|(is_none, ..)| *is_none) {
        return Vec::new();
    }
    let part = |((_, _, under), pointers): (BacklinkRank, Vec<Pointer>)| BacklinkPart {
        under: under.map(|under| &site.note(under).facts.card),
        colour: under.and_then(|under| colour::of_note(site, under)),
        items: listed(site, id, &pointers, under),
    };
    parts.into_iter().map(part).collect()
}

/// The kind by whose notes the page of the note at `id` divides what points at it.
fn divides(site: &Site, id: NoteId) -> Option<KindId> {
    site.config.kind(site.note(id).facts.kind).features.group_by
}

/// The id of the group of a relation in the page.
pub(crate) fn anchor(site: &Site, relation: Relation) -> String {
    // Names of kinds and fields hold no points, so this is that of no other.
    format!("{OF_PAGE}group.{}.{}", site.config.kind(relation.kind).name, way(site, relation))
}

/// The notes as entries of a list on the page of the note at `id`, perhaps in a part that stands under
/// the note `under`.
pub(crate) fn listed<'a>(
    site: &'a Site,
    id: NoteId,
    pointers: &[Pointer],
    under: Option<NoteId>,
) -> Vec<ListItem<'a>> {
    let words = site.words_of(id);
    let above: Vec<NoteId> = [id].into_iter().chain(under).collect();
    // What else a note is filed under matters where the page divides its lists by it.
    let divides = divides(site, id).is_some();
    let entry = |pointer: &Pointer| {
        let item = ListItem::new(site, pointer.from, words, Vec::new(), &above);
        let under = item.under.filter(|_| divides);
        let places = match pointer.relation.way {
            LinkVia::Field(RefField::Sources) => places_cited(site, pointer.from, id),
            _ => Vec::new(),
        };
        ListItem { inferred: pointer.inferred, places, under, ..item }
    };
    pointers.iter().map(entry).collect()
}

/// The words of the book for what points at the note at `id` in one way; `None` if it has none.
pub(crate) fn heading(site: &Site, id: NoteId, relation: Relation) -> Option<String> {
    let LinkVia::Field(RefField::Own(field)) = relation.way else { return None };
    let words = &site.kind_for(relation.kind, id).fields[usize::from(field)].heading;
    let facts = &site.note(id).facts;
    // A title in another language fits into no words of this one.
    if facts.card.language != facts.place.language {
        return None;
    }
    let name = facts.in_sentence.as_deref().unwrap_or(facts.card.short_title());
    words.as_ref().map(|pattern| site.words_of(id).filled(pattern, "title", name))
}

/// The name of a relation, seen from the note at `id`; `None` if the title of the group says enough.
pub(crate) fn label(site: &Site, id: NoteId, relation: Relation) -> Option<&str> {
    let words = site.words_of(id);
    match relation.way {
        LinkVia::Link => None,
        LinkVia::Embed => Some(words.get("shows-this")),
        LinkVia::Field(RefField::Supersedes) => Some(words.get("replaces-this")),
        LinkVia::Field(RefField::Sources) => Some(words.get("rests-on-this")),
        LinkVia::Field(RefField::Own(field)) => {
            site.kind_for(relation.kind, id).fields[usize::from(field)].inverse.as_deref()
        }
    }
}

/// The name of the notes of a relation, on the page of the note at `id`.
pub(crate) fn title(site: &Site, id: NoteId, relation: Relation) -> &str {
    &site.kind_for(relation.kind, id).plural
}

/// The first page of the list of notes that point at the note at `id` in one way.
fn first_path(site: &Site, id: NoteId, relation: Relation) -> OutputPath {
    let (kind, way) = (site.config.kind(relation.kind), way(site, relation));
    OutputPath::new(format!("{}/{}-{way}.html", stem_of(site, id), kind.name))
}

/// A way to point, as a part of an address.
fn way(site: &Site, relation: Relation) -> &str {
    match relation.way {
        LinkVia::Link => "links",
        LinkVia::Embed => "embeds",
        LinkVia::Field(RefField::Supersedes) => "supersedes",
        LinkVia::Field(RefField::Sources) => "sources",
        LinkVia::Field(RefField::Own(field)) => {
            &site.config.kind(relation.kind).fields[usize::from(field)].name
        }
    }
}
