//! The notes that point at a note, grouped by their kind and by the way in which they point.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::KindId;
use crate::fingerprint::SharedValue;
use crate::graph::{LinkVia, Pointer, Relation};
use crate::note::{NoteCard, NoteId, RefField};
use crate::path::OutputPath;
use crate::site::Site;
use crate::slug::OF_PAGE;
use crate::view::address::stem_of;
use crate::view::paging::PagedList;
use crate::view::parts::list::ListItem;
use crate::view::parts::quote::QuoteView;
use crate::view::parts::{colour, filed};

/// The sort key of the parts of a group: filed under nothing, which comes last, then the order of the
/// notes that the parts stand under.
type BacklinkRank = (bool, Option<(u32, u32)>, Option<NoteId>);

/// The notes of one kind that point at a note in one way.
#[derive(Hash, Serialize)]
pub struct BacklinkGroup<'a> {
    /// The name of the kind for readers, in the plural.
    pub title: &'a str,
    /// The way in which they point, as seen from the note they point at; absent if the title says enough.
    pub relation: Option<&'a str>,
    /// The id of the group in the page.
    pub anchor: String,
    /// The first notes, at most as many as a list shows on one page. Empty if `parts` has them.
    pub items: Vec<ListItem<'a>>,
    /// The same notes divided by the note that each is filed under. Empty if the kind of the page does not
    /// ask for it, or if none is filed so.
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

/// The notes that point at a note.
pub(crate) struct Backlinks<'a> {
    /// Those that do so by a field.
    pub(crate) by_field: Vec<BacklinkGroup<'a>>,
    /// Those that do so by a link or an embed in their text.
    pub(crate) by_link: Vec<BacklinkGroup<'a>>,
}

/// The notes that point at the note at `id`.
pub(crate) fn backlinks(site: &Site, id: NoteId) -> Backlinks<'_> {
    let mut found = Backlinks { by_field: Vec::new(), by_link: Vec::new() };
    let divides = site.config.kind(site.note(id).facts.kind).features.group_by;
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        let shown = &pointers[..pointers.len().min(site.config.page_size)];
        let parts = divides.map_or_else(Vec::new, |kind| divided(site, id, shown, kind));
        let is_long = pointers.len() > shown.len();
        let group = BacklinkGroup {
            title: title(site, relation),
            anchor: anchor(site, relation),
            relation: label(site, id, relation),
            more: is_long.then(|| first_path(site, id, relation)),
            total: pointers.len(),
            items: if parts.is_empty() { listed(site, id, shown, None) } else { Vec::new() },
            parts,
        };
        match relation.way {
            LinkVia::Field(_) => found.by_field.push(group),
            LinkVia::Link | LinkVia::Embed => found.by_link.push(group),
        }
    }
    found
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
    could.filter(|(kind, _)| !has(*kind)).map(|(_, kind)| kind.plural.as_str()).collect()
}

/// The notes divided by the note of `kind` that each is filed under first, in the order of that kind;
/// those filed under none come last. Nothing if none of them can be filed so.
fn divided<'a>(
    site: &'a Site,
    id: NoteId,
    pointers: &[Pointer],
    kind: KindId,
) -> Vec<BacklinkPart<'a>> {
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

/// The id of a group in the page of the note that its notes point at.
pub(crate) fn anchor(site: &Site, relation: Relation) -> String {
    // Names of kinds and fields hold no points, so this is that of no other.
    format!("{OF_PAGE}group.{}.{}", site.config.kind(relation.kind).name, way(site, relation))
}

/// The notes as entries of a list on the page of the note at `id`, perhaps in a part that stands under
/// the note `under`, with the sentences of their links.
pub(crate) fn listed<'a>(
    site: &'a Site,
    id: NoteId,
    pointers: &[Pointer],
    under: Option<NoteId>,
) -> Vec<ListItem<'a>> {
    let words = site.words_of(id);
    let title = &site.note(id).facts.card.title;
    let above: Vec<NoteId> = [id].into_iter().chain(under).collect();
    let entry = |pointer: &Pointer| {
        let links = &site.note(pointer.from).facts.links;
        let pointing = site.graph.incoming.links(pointer).iter();
        let quotes = pointing.map(|link| QuoteView::new(&links[*link as usize].excerpt, title));
        ListItem::new(site, pointer.from, words, quotes.flatten().collect(), &above)
    };
    pointers.iter().map(entry).collect()
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
            site.config.kind(relation.kind).fields[usize::from(field)].inverse.as_deref()
        }
    }
}

/// The name of the notes of a relation.
pub(crate) fn title(site: &Site, relation: Relation) -> &str {
    &site.config.kind(relation.kind).plural
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
