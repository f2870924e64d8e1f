//! What points at a note, grouped by the kind that points and how it does.

use std::collections::BTreeMap;

use serde::Serialize;

use super::PageKey;
use super::frame;
use super::list::{self, ListItem};
use super::quote::QuoteView;
use crate::config::KindId;
use crate::fingerprint::SharedValue;
use crate::graph::{LinkVia, Pointer, Relation};
use crate::note::{NoteCard, NoteId, RefField};
use crate::path::OutputPath;
use crate::site::Site;
use crate::slug::OF_PAGE;

/// What orders the parts of a group: whether nothing, then by the order of their kind.
type BacklinkRank = (bool, Option<(u32, u32)>, Option<NoteId>);

/// The notes that point at a note in one way.
#[derive(Hash, Serialize)]
pub struct BacklinkGroup<'a> {
    /// What readers call them.
    pub title: &'a str,
    /// How they point: the field seen from here, where that says more than the title.
    pub relation: Option<&'a str>,
    /// Its anchor in the page.
    pub anchor: String,
    /// The notes; at most as many as a list shows on one page. None if they are divided.
    pub items: Vec<ListItem<'a>>,
    /// The notes divided by what they are filed under, where the kind of the page asks for it.
    pub parts: Vec<BacklinkPart<'a>>,
    /// Where the whole list begins, if it does not fit here.
    pub more: Option<OutputPath>,
    /// How many there are.
    pub total: usize,
}

/// The notes of a group that are filed under one note before others.
#[derive(Hash, Serialize)]
pub struct BacklinkPart<'a> {
    /// What they are filed under; none: under nothing.
    pub under: Option<&'a SharedValue<NoteCard>>,
    /// Its colour, from 1 to 8.
    pub colour: Option<u32>,
    /// The notes.
    pub items: Vec<ListItem<'a>>,
}

/// What points at `id`: by fields, and by links in the text.
pub(super) fn groups(site: &Site, id: NoteId) -> (Vec<BacklinkGroup<'_>>, Vec<BacklinkGroup<'_>>) {
    let (mut fields, mut links) = (Vec::new(), Vec::new());
    let by = site.config.kind(site.note(id).facts.kind).shown.by;
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        let shown = &pointers[..pointers.len().min(site.config.page_size)];
        let parts = by.map_or_else(Vec::new, |by| divided(site, id, shown, by));
        let group = BacklinkGroup {
            title: title(site, relation),
            anchor: anchor(site, relation),
            relation: label(site, id, relation),
            more: (list::pages(site, pointers.len()) > 1).then(|| path(site, id, relation, 1)),
            total: pointers.len(),
            items: if parts.is_empty() { listed(site, id, shown, None) } else { Vec::new() },
            parts,
        };
        match relation.way {
            LinkVia::Field(_) => fields.push(group),
            LinkVia::Link | LinkVia::Embed => links.push(group),
        }
    }
    (fields, links)
}

/// The pages of what is too much for the page of `id`.
pub(super) fn overflow(site: &Site, id: NoteId) -> Vec<(OutputPath, PageKey)> {
    let mut outputs = Vec::new();
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        let pages = list::pages(site, pointers.len());
        for page in (1..=pages).filter(|_| pages > 1) {
            outputs.push((path(site, id, relation, page), PageKey::Incoming(id, relation, page)));
        }
    }
    outputs
}

/// The kinds that could be filed under the note at `id`, and of which none is.
pub(super) fn gaps(site: &Site, id: NoteId) -> Vec<&str> {
    let facts = &site.note(id).facts;
    if !site.config.kind(facts.kind).shown.axis {
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

/// The notes divided by the note of kind `by` that each is filed under first, in the order of that
/// kind; those filed under none come last. Nothing if none of them can be filed so.
fn divided<'a>(
    site: &'a Site,
    id: NoteId,
    pointers: &[Pointer],
    by: KindId,
) -> Vec<BacklinkPart<'a>> {
    let mut parts: BTreeMap<BacklinkRank, Vec<Pointer>> = BTreeMap::new();
    for pointer in pointers {
        let under = list::first_of(site, pointer.from, by);
        let place = under.and_then(|under| site.graph.positions[under.index()]);
        parts.entry((under.is_none(), place, under)).or_default().push(*pointer);
    }
    if parts.keys().all(|(is_none, ..)| *is_none) {
        return Vec::new();
    }
    let part = |((_, _, under), pointers): ((_, _, Option<NoteId>), Vec<Pointer>)| BacklinkPart {
        under: under.map(|under| &site.note(under).facts.card),
        colour: under.and_then(|under| frame::own_colour(site, under)),
        items: listed(site, id, &pointers, under),
    };
    parts.into_iter().map(part).collect()
}

/// The anchor of what points in one way, in the page of what it points at.
pub(super) fn anchor(site: &Site, relation: Relation) -> String {
    // Names of kinds and fields hold no points, so this is that of no other.
    format!("{OF_PAGE}group.{}.{}", site.config.kind(relation.kind).name, way(site, relation))
}

/// The notes as entries of a list of what points at `id`, perhaps of a part of it below `under`, with
/// the sentences of their links.
pub(super) fn listed<'a>(
    site: &'a Site,
    id: NoteId,
    pointers: &[Pointer],
    under: Option<NoteId>,
) -> Vec<ListItem<'a>> {
    let words = list::words_of(site, id);
    let title = &site.note(id).facts.card.title;
    let below: Vec<NoteId> = [id].into_iter().chain(under).collect();
    let entry = |pointer: &Pointer| {
        let links = &site.note(pointer.from).facts.links;
        let pointing = site.graph.incoming.links(pointer).iter();
        let quotes = pointing.map(|link| QuoteView::new(&links[*link as usize].excerpt, title));
        ListItem::new(site, pointer.from, words, quotes.flatten().collect(), &below)
    };
    pointers.iter().map(entry).collect()
}

/// What a relation is called, seen from the note at `id`.
pub(super) fn label(site: &Site, id: NoteId, relation: Relation) -> Option<&str> {
    let words = list::words_of(site, id);
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

/// What the notes of a relation are called.
pub(super) fn title(site: &Site, relation: Relation) -> &str {
    &site.config.kind(relation.kind).plural
}

/// The nth page of the list of what points at `id` in one way.
fn path(site: &Site, id: NoteId, relation: Relation, page: usize) -> OutputPath {
    let (kind, way) = (site.config.kind(relation.kind), way(site, relation));
    let note = list::stem_of(site, id);
    let number = if page > 1 { format!("-{page}") } else { String::new() };
    OutputPath::new(format!("{note}/{}-{way}{number}.html", kind.name))
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
