//! Backlinks: links and references turned round, and grouped by how they point.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::Resolution;
use crate::AT_A_TIME;
use crate::config::KindId;
use crate::note::{LinkRole, Note, NoteId, RefField};

/// What points at each note, by relation, then in the order of the kind that points.
#[derive(Debug)]
pub struct BacklinkTable {
    offsets: Vec<u32>,
    pointers: Vec<Pointer>,
    links: Vec<u32>,
}

/// One note that points at another in one way.
#[derive(Clone, Copy, Debug)]
pub struct Pointer {
    /// How it points.
    pub relation: Relation,
    /// The note that points.
    pub from: NoteId,
    /// The links that do, in [`BacklinkTable::links`]; none for a field.
    links: (u32, u32),
}

/// How notes of one kind point at another note.
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
    /// By a field of the front matter.
    Field(RefField),
    /// By a link of the text.
    Link,
    /// By a link of the text that shows the note in place.
    Embed,
}

/// One link or reference on its way to its target; they sort by target, then as pointers do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct IncomingEdge {
    to: NoteId,
    relation: Relation,
    place: Option<(u32, u32)>,
    from: NoteId,
    link: Option<u32>,
}

impl BacklinkTable {
    /// Turns links and references round. A note does not point at itself, and a picture points at
    /// no note.
    pub(super) fn new(
        notes: &[Arc<Note>],
        links: &[Box<[Resolution]>],
        references: &[Box<[Resolution]>],
        places: &[Option<(u32, u32)>],
    ) -> Self {
        let notes = notes.par_iter().with_max_len(AT_A_TIME).enumerate();
        let edges = notes.flat_map_iter(|(at, note)| {
            let (from, kind) = (NoteId(at as u32), note.facts.kind);
            let edge = move |resolution: &Resolution, way, link| {
                let to = resolution.note().filter(|to| *to != from)?;
                Some(IncomingEdge {
                    to,
                    relation: Relation { kind, way },
                    place: places[at],
                    from,
                    link,
                })
            };
            let fields = note.facts.references.iter().zip(&references[at]);
            let fields = fields.filter_map(move |(reference, resolution)| {
                edge(resolution, LinkVia::Field(reference.field), None)
            });
            let texts = (0..).zip(&note.facts.links).zip(&links[at]);
            let texts = texts.filter_map(move |((number, link), resolution)| match link.role {
                LinkRole::Link => edge(resolution, LinkVia::Link, Some(number)),
                LinkRole::Embed => edge(resolution, LinkVia::Embed, Some(number)),
                LinkRole::Image => None,
            });
            fields.chain(texts)
        });
        let mut edges: Vec<IncomingEdge> = edges.collect();
        edges.par_sort_unstable();
        let mut incoming = Self { offsets: vec![0], pointers: Vec::new(), links: Vec::new() };
        let mut edges = edges.into_iter().peekable();
        for note in (0..places.len() as u32).map(NoteId) {
            while let Some(edge) = edges.next_if(|edge| edge.to == note) {
                incoming.push(edge);
            }
            incoming.offsets.push(incoming.pointers.len() as u32);
        }
        incoming
    }

    /// Adds an edge to those of the last note.
    fn push(&mut self, edge: IncomingEdge) {
        let first = self.offsets.last().copied().unwrap_or(0) as usize;
        self.links.extend(edge.link);
        let end = self.links.len() as u32;
        match self.pointers[first..].last_mut() {
            Some(last) if (last.relation, last.from) == (edge.relation, edge.from) => {
                last.links.1 = end
            }
            _ => {
                let links = (end - u32::from(edge.link.is_some()), end);
                self.pointers.push(Pointer { relation: edge.relation, from: edge.from, links });
            }
        }
    }

    /// What points at `note`.
    pub fn of(&self, note: NoteId) -> &[Pointer] {
        let (from, to) = (self.offsets[note.index()], self.offsets[note.index() + 1]);
        &self.pointers[from as usize..to as usize]
    }

    /// What points at `note`, a relation at a time.
    pub fn relations(&self, note: NoteId) -> impl Iterator<Item = &[Pointer]> {
        self.of(note).chunk_by(|a, b| a.relation == b.relation)
    }

    /// What points at `note` in one way.
    pub fn of_relation(&self, note: NoteId, relation: Relation) -> &[Pointer] {
        let all = self.of(note);
        let start = all.partition_point(|pointer| pointer.relation < relation);
        let end = all.partition_point(|pointer| pointer.relation <= relation);
        &all[start..end]
    }

    /// The links of the note that points, as places in its facts.
    pub fn links(&self, pointer: &Pointer) -> &[u32] {
        let range: Range<usize> = pointer.links.0 as usize..pointer.links.1 as usize;
        &self.links[range]
    }
}
