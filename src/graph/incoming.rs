//! Backlinks: links and references, inverted and grouped by relation.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Resolution, WorkTable};
use crate::AT_A_TIME;
use crate::config::KindId;
use crate::note::{LinkRole, Note, NoteId, Origin, RefField};

/// The links and references to each note, sorted by relation, then in the order of the kind that
/// points.
#[derive(Debug)]
pub struct BacklinkTable {
    offsets: Vec<u32>,
    pointers: Vec<Pointer>,
    links: Vec<u32>,
}

/// A note that points at another note in one way.
#[derive(Clone, Copy, Debug)]
pub struct Pointer {
    /// The kind of the note that points, and the way in which it does.
    pub relation: Relation,
    /// The note that points.
    pub from: NoteId,
    /// True if it points only by the book's own reading of a source, and not by what that says.
    pub inferred: bool,
    /// The range of its links in [`BacklinkTable::links`]; empty for a field.
    links: (u32, u32),
}

impl Pointer {
    /// A note that mentions the other in its text, without a link that its writer wrote.
    pub fn mention(kind: KindId, from: NoteId) -> Self {
        Self {
            relation: Relation { kind, way: LinkVia::Link },
            from,
            inferred: false,
            links: (0, 0),
        }
    }
}

/// A way in which notes of one kind point at another note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// The kind.
    pub kind: KindId,
    /// The way.
    pub way: LinkVia,
}

/// A way to point at a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkVia {
    /// A field of the front matter.
    Field(RefField),
    /// A link in the text.
    Link,
    /// An embed in the text.
    Embed,
}

/// A link or reference to a note. Edges sort by target, then in the order of pointers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct IncomingEdge {
    to: NoteId,
    relation: Relation,
    place: Option<(u32, u32)>,
    from: NoteId,
    inferred: bool,
    link: Option<u32>,
}

impl BacklinkTable {
    /// Inverts links and references. A note doesn't point at itself, and a picture doesn't point at
    /// a note.
    pub(super) fn new(
        notes: &[Arc<Note>],
        links: &[Box<[Resolution]>],
        references: &[Box<[Resolution]>],
        places: &[Option<(u32, u32)>],
        past: &[bool],
        works: &WorkTable,
    ) -> Self {
        let numbered = notes.par_iter().with_max_len(AT_A_TIME).enumerate();
        let edges = numbered.flat_map_iter(|(at, note)| {
            let (from, kind) = (NoteId(at as u32), note.facts.kind);
            let edge = move |resolution: &Resolution, way, inferred, link| {
                let to = resolution.note().filter(|to| *to != from)?;
                Some(IncomingEdge {
                    to,
                    relation: Relation { kind, way },
                    place: places[at],
                    from,
                    inferred,
                    link,
                })
            };
            let fields = note.facts.references.iter().zip(&references[at]);
            let fields = fields.filter_map(move |(reference, resolution)| {
                edge(resolution, LinkVia::Field(reference.field), reference.inferred, None)
            });
            let texts = (0..).zip(&note.facts.links).zip(&links[at]);
            let texts = texts.filter_map(move |((number, link), resolution)| match link.role {
                LinkRole::Link => edge(resolution, LinkVia::Link, false, Some(number)),
                LinkRole::Embed => edge(resolution, LinkVia::Embed, false, Some(number)),
                LinkRole::Image => None,
            });
            fields.chain(texts)
        });
        let mut edges: Vec<IncomingEdge> = edges.collect();
        in_all_languages(&mut edges, notes, works, places);
        edges.par_sort_unstable();
        let mut incoming = Self { offsets: vec![0], pointers: Vec::new(), links: Vec::new() };
        let mut edges = edges.into_iter().peekable();
        for note in (0..places.len() as u32).map(NoteId) {
            while let Some(edge) = edges.next_if(|edge| edge.to == note) {
                incoming.push(edge);
            }
            incoming.sort_last(notes, past);
            incoming.offsets.push(incoming.pointers.len() as u32);
        }
        incoming
    }

    /// Puts the pointers to the last note in order: in each relation the open notes first, then those that are
    /// closed, then the outdated ones; and among each of them those that a source names first.
    fn sort_last(&mut self, notes: &[Arc<Note>], past: &[bool]) {
        let first = self.offsets.last().copied().unwrap_or(0) as usize;
        let rank = |pointer: &Pointer| {
            let from = pointer.from.index();
            (pointer.relation, past[from], notes[from].facts.card.closed, pointer.inferred)
        };
        // A stable sort, which leaves those of one rank in the order of their kind.
        self.pointers[first..].sort_by_key(rank);
    }

    /// Adds an edge to those of the last note.
    fn push(&mut self, edge: IncomingEdge) {
        let first = self.offsets.last().copied().unwrap_or(0) as usize;
        self.links.extend(edge.link);
        let end = self.links.len() as u32;
        match self.pointers[first..].last_mut() {
            Some(last) if (last.relation, last.from) == (edge.relation, edge.from) => {
                last.links.1 = end;
                last.inferred &= edge.inferred;
            }
            _ => {
                let links = (end - u32::from(edge.link.is_some()), end);
                let IncomingEdge { relation, from, inferred, .. } = edge;
                self.pointers.push(Pointer { relation, from, inferred, links });
            }
        }
    }

    /// Returns the pointers to `note`.
    pub fn of(&self, note: NoteId) -> &[Pointer] {
        let (from, to) = (self.offsets[note.index()], self.offsets[note.index() + 1]);
        &self.pointers[from as usize..to as usize]
    }

    /// Returns the pointers to `note`, grouped by relation.
    pub fn relations(&self, note: NoteId) -> impl Iterator<Item = &[Pointer]> {
        self.of(note).chunk_by(|a, b| a.relation == b.relation)
    }

    /// Returns the links of the note that points, as indexes in its facts.
    pub fn links(&self, pointer: &Pointer) -> &[u32] {
        let range: Range<usize> = pointer.links.0 as usize..pointer.links.1 as usize;
        &self.links[range]
    }
}

/// Makes edges lead to the version in the language of the note that points, and repeats those of texts in the other
/// languages: a work points at another if one of its versions does.
fn in_all_languages(
    edges: &mut Vec<IncomingEdge>,
    notes: &[Arc<Note>],
    works: &WorkTable,
    places: &[Option<(u32, u32)>],
) {
    if works.is_empty() {
        return;
    }
    let mut others = Vec::new();
    for edge in edges.iter_mut() {
        edge.to = works.for_reader(edge.to, edge.from);
        if edge.link.is_none() || notes[edge.from.index()].facts.origin != Origin::File {
            continue;
        }
        for from in works.all(edge.from).filter(|from| *from != edge.from) {
            let (to, place) = (works.for_reader(edge.to, from), places[from.index()]);
            others.push(IncomingEdge { to, place, from, link: None, ..*edge });
        }
    }
    edges.append(&mut others);
    // A version that links to another of the same work does not point at a work. Where a language leaves a work out, the
    // version that another language has of what points at it is the one that does.
    edges.retain(|edge| edge.to != edge.from && works.have_one_language(edge.to, edge.from));
}
