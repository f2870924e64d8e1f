//! What points at a note, grouped by the kind that points and how it does.

use serde::Serialize;

use super::Subject;
use super::list::{self, Listed};
use super::quote::Quote;
use crate::graph::{Pointer, Relation, Way};
use crate::note::{NoteId, RefField};
use crate::path::OutputPath;
use crate::site::Site;

/// The notes that point at a note in one way.
#[derive(Hash, Serialize)]
pub struct Group<'a> {
    /// What readers call them.
    pub title: &'a str,
    /// How they point: the field seen from here, where that says more than the title.
    pub relation: Option<&'a str>,
    /// The notes; at most as many as a list shows on one page.
    pub items: Vec<Listed<'a>>,
    /// Where the whole list begins, if it does not fit here.
    pub more: Option<OutputPath>,
    /// How many there are.
    pub total: usize,
}

/// What points at `id`: by fields, and by links in the text.
pub(super) fn groups(site: &Site, id: NoteId) -> (Vec<Group<'_>>, Vec<Group<'_>>) {
    let (mut fields, mut links) = (Vec::new(), Vec::new());
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        let group = Group {
            title: title(site, relation),
            relation: label(site, id, relation),
            more: (list::pages(site, pointers.len()) > 1).then(|| path(site, id, relation, 1)),
            total: pointers.len(),
            items: listed(site, id, &pointers[..pointers.len().min(site.config.page_size)]),
        };
        match relation.way {
            Way::Field(_) => fields.push(group),
            Way::Link | Way::Embed => links.push(group),
        }
    }
    (fields, links)
}

/// The pages of what is too much for the page of `id`.
pub(super) fn overflow(site: &Site, id: NoteId) -> Vec<(OutputPath, Subject)> {
    let mut outputs = Vec::new();
    for pointers in site.graph.incoming.relations(id) {
        let relation = pointers[0].relation;
        let pages = list::pages(site, pointers.len());
        for page in (1..=pages).filter(|_| pages > 1) {
            outputs.push((path(site, id, relation, page), Subject::Incoming(id, relation, page)));
        }
    }
    outputs
}

/// The notes as entries of a list of what points at `id`, with the sentences of their links.
pub(super) fn listed<'a>(site: &'a Site, id: NoteId, pointers: &[Pointer]) -> Vec<Listed<'a>> {
    let words = list::words_of(site, id);
    let title = &site.note(id).facts.card.title;
    let entry = |pointer: &Pointer| {
        let links = &site.note(pointer.from).facts.links;
        let pointing = site.graph.incoming.links(pointer).iter();
        let quotes = pointing.map(|link| Quote::new(&links[*link as usize].excerpt, title));
        Listed::new(site, pointer.from, words, quotes.flatten().collect())
    };
    pointers.iter().map(entry).collect()
}

/// What a relation is called, seen from the note at `id`.
pub(super) fn label(site: &Site, id: NoteId, relation: Relation) -> Option<&str> {
    let words = list::words_of(site, id);
    match relation.way {
        Way::Link => None,
        Way::Embed => Some(words.get("shows-this")),
        Way::Field(RefField::Supersedes) => Some(words.get("replaces-this")),
        Way::Field(RefField::Sources) => Some(words.get("rests-on-this")),
        Way::Field(RefField::Own(field)) => {
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
    let kind = &site.config.kind(relation.kind);
    let way = match relation.way {
        Way::Link => "links",
        Way::Embed => "embeds",
        Way::Field(RefField::Supersedes) => "supersedes",
        Way::Field(RefField::Sources) => "sources",
        Way::Field(RefField::Own(field)) => &kind.fields[usize::from(field)].name,
    };
    let note = list::stem(&site.note(id).facts.place.output);
    let number = if page > 1 { format!("-{page}") } else { String::new() };
    OutputPath::new(format!("{note}/{}-{way}{number}.html", kind.name))
}
