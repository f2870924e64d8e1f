//! What points at a note, grouped by the kind that points and how it does.

use serde::Serialize;

use super::list::{self, Listed};
use super::{Subject, is_past};
use crate::config::KindId;
use crate::fingerprint::Hashed;
use crate::graph::Via;
use crate::note::{Excerpt, LinkRole, NoteId, RefField};
use crate::path::OutputPath;
use crate::site::Site;

/// How notes of one kind point at another note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    kind: KindId,
    way: Way,
}

/// A way to point at a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Way {
    Field(RefField),
    Link,
}

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

/// A note that points, and the number of each of its links that does.
type Pointing = (NoteId, Vec<u32>);

/// What points at `id`: by fields, and by links in the text.
pub(super) fn groups(site: &Site, id: NoteId) -> (Vec<Group<'_>>, Vec<Group<'_>>) {
    let all = relations(site, id);
    let (links, fields): (Vec<_>, Vec<_>) = all.into_iter().partition(|(r, _)| r.way == Way::Link);
    let group = |(relation, pointing): (Relation, Vec<Pointing>)| Group {
        title: &site.config.kind(relation.kind).plural,
        relation: relation.label(site, id),
        more: (list::pages(site, pointing.len()) > 1).then(|| relation.path(site, id, 1)),
        total: pointing.len(),
        items: listed(site, &pointing[..pointing.len().min(site.config.page_size)]),
    };
    (fields.into_iter().map(group).collect(), links.into_iter().map(group).collect())
}

/// The pages of what is too much for the page of `id`.
pub(super) fn overflow(site: &Site, id: NoteId) -> Vec<(OutputPath, Subject)> {
    if site.graph.incoming.of(id).len() <= site.config.page_size {
        return Vec::new();
    }
    let mut outputs = Vec::new();
    for (relation, pointing) in relations(site, id) {
        let pages = list::pages(site, pointing.len());
        for page in (1..=pages).filter(|_| pages > 1) {
            outputs.push((relation.path(site, id, page), Subject::Incoming(id, relation, page)));
        }
    }
    outputs
}

/// The notes that point at `id` in the way of `relation`.
pub(super) fn of_relation(site: &Site, id: NoteId, relation: &Relation) -> Vec<Pointing> {
    let found = relations(site, id).into_iter().find(|(other, _)| other == relation);
    found.map_or_else(Vec::new, |(_, pointing)| pointing)
}

/// The notes as entries of a list, with the sentences of their links.
pub(super) fn listed<'a>(site: &'a Site, pointing: &[Pointing]) -> Vec<Listed<'a>> {
    let entry = |(from, links): &Pointing| {
        let facts = &site.note(*from).facts;
        let excerpts = links.iter().map(|link| &facts.links[*link as usize].excerpt);
        let says = |excerpt: &&'a Hashed<Excerpt>| ***excerpt != Excerpt::default();
        Listed {
            card: &facts.card,
            past: is_past(site, *from),
            excerpts: excerpts.filter(says).collect(),
        }
    };
    pointing.iter().map(entry).collect()
}

/// Everything that points at `id`, by relation, then in the order of the kind that points.
fn relations(site: &Site, id: NoteId) -> Vec<(Relation, Vec<Pointing>)> {
    let graph = &site.graph;
    let mut pointers: Vec<(Relation, Option<(u32, u32)>, NoteId, Option<u32>)> = Vec::new();
    for pointer in graph.incoming.of(id) {
        let facts = &site.note(pointer.from).facts;
        let (way, link) = match pointer.via {
            Via::Reference(number) => (Way::Field(facts.references[number as usize].field), None),
            Via::Link(number) if facts.links[number as usize].role == LinkRole::Image => continue,
            Via::Link(number) => (Way::Link, Some(number)),
        };
        let place = graph.positions[pointer.from.index()];
        pointers.push((Relation { kind: facts.kind, way }, place, pointer.from, link));
    }
    pointers.sort_unstable();
    let mut relations: Vec<(Relation, Vec<Pointing>)> = Vec::new();
    for (relation, _, from, link) in pointers {
        if relations.last().is_none_or(|(last, _)| *last != relation) {
            relations.push((relation, Vec::new()));
        }
        let Some((_, pointing)) = relations.last_mut() else { continue };
        match pointing.last_mut().filter(|(last, _)| *last == from) {
            Some((_, links)) => links.extend(link),
            None => pointing.push((from, link.into_iter().collect())),
        }
    }
    relations
}

impl Relation {
    /// What the relation is called, seen from the note at `id`.
    pub(super) fn label<'a>(&self, site: &'a Site, id: NoteId) -> Option<&'a str> {
        let words = &site.card(&site.note(id).facts.place.language).words;
        match self.way {
            Way::Link => None,
            Way::Field(RefField::Supersedes) => Some(words.get("replaces-this")),
            Way::Field(RefField::Sources) => Some(words.get("rests-on-this")),
            Way::Field(RefField::Own(field)) => {
                site.config.kind(self.kind).fields[usize::from(field)].inverse.as_deref()
            }
        }
    }

    /// What the notes of the relation are called.
    pub(super) fn title<'a>(&self, site: &'a Site) -> &'a str {
        &site.config.kind(self.kind).plural
    }

    /// The nth page of the list of what points at `id` in this way.
    fn path(&self, site: &Site, id: NoteId, page: usize) -> OutputPath {
        let kind = &site.config.kind(self.kind);
        let way = match self.way {
            Way::Link => "links",
            Way::Field(RefField::Supersedes) => "supersedes",
            Way::Field(RefField::Sources) => "sources",
            Way::Field(RefField::Own(field)) => &kind.fields[usize::from(field)].name,
        };
        let note = list::stem(&site.note(id).facts.place.output);
        let number = if page > 1 { format!("-{page}") } else { String::new() };
        OutputPath::new(format!("{note}/{}-{way}{number}.html", kind.name))
    }
}
