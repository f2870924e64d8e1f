//! The places that notes cite: every locator resolved, and inverted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::names::LinkResolver;
use super::places::{PlacesByName, names_of};
use super::{PartFound, Resolution, WorkTable};
use crate::AT_A_TIME;
use crate::note::{LinkRole, Note, NoteId, NotePart, PlaceName, RefField};

/// The most notes with one name among which the one is looked for that rests on a source.
const MAX_NAMESAKES: usize = 16;

/// The place that a piece of a locator names, as the book has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitedPlace {
    /// The parts of the cited note, in the order of their numbers.
    pub parts: Box<[NotePart]>,
    /// The note that has the very name and rests on the same source, as the note about a recommendation rests on the
    /// report that makes it.
    pub note: Option<NoteId>,
}

/// The notes that cite each part of a note, in the order of their kinds.
pub type CitingNotes = BTreeMap<NotePart, Vec<NoteId>>;

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type SourceSet = std::collections::HashSet<(NoteId, NoteId), FxBuildHasher>;

/// Resolves locators.
pub(super) struct PlaceResolver<'a, 'n> {
    notes: &'a [Arc<Note>],
    names: &'a LinkResolver<'n>,
    references: &'a [Box<[Resolution]>],
    works: &'a WorkTable,
    /// The places of the notes that are cited, once they are needed.
    places: Vec<OnceLock<Box<PlacesByName>>>,
    /// Each work with a source of it, by their originals.
    sources: SourceSet,
}

impl<'a, 'n> PlaceResolver<'a, 'n> {
    pub(super) fn new(
        notes: &'a [Arc<Note>],
        names: &'a LinkResolver<'n>,
        references: &'a [Box<[Resolution]>],
        works: &'a WorkTable,
    ) -> Self {
        let sources = notes.iter().zip(references).enumerate().flat_map(|(at, (note, found))| {
            let range = note.facts.references_in(RefField::Sources);
            let found = found[range].iter().filter_map(|to| to.note());
            let from = works.original(NoteId(at as u32));
            found.map(move |to| (from, works.original(to)))
        });
        let sources = sources.collect();
        let places = notes.iter().map(|_| OnceLock::new()).collect();
        Self { notes, names, references, works, places, sources }
    }

    /// Returns, by note, the place of each piece of its locators, in the order of its sources.
    pub(super) fn resolve(&self) -> Vec<Box<[CitedPlace]>> {
        let of_note = |at: usize| {
            let sources = &self.notes[at].facts.sources;
            let mut found = Vec::new();
            for source in sources {
                let Some(locator) = &source.locator else { continue };
                let cited = source
                    .reference
                    .and_then(|reference| self.references[at].get(reference as usize)?.note());
                found.extend(locator.pieces.iter().map(|piece| {
                    let named = cited.zip(piece.place.as_ref());
                    named.map_or_else(CitedPlace::default, |(cited, name)| {
                        self.find(NoteId(at as u32), cited, name)
                    })
                }));
            }
            found.into()
        };
        (0..self.notes.len()).into_par_iter().with_max_len(AT_A_TIME).map(of_note).collect()
    }

    fn find(&self, from: NoteId, cited: NoteId, name: &PlaceName) -> CitedPlace {
        let facts = &self.notes[cited.index()].facts;
        let places = &self.places[cited.index()];
        let places = places.get_or_init(|| Box::new(PlacesByName::new(facts)));
        let note = match name {
            PlaceName::Paragraphs { .. } => None,
            PlaceName::Parts { label, first, .. } => {
                names_of(label, *first).find_map(|name| self.namesake(from, cited, &name))
            }
            PlaceName::Named(name) => self.namesake(from, cited, name),
        };
        CitedPlace { parts: places.find(name).into(), note }
    }

    /// Returns the one note with this name, other than the two, that rests on the cited note.
    fn namesake(&self, from: NoteId, cited: NoteId, name: &str) -> Option<NoteId> {
        let named = self.names.named(name);
        if named.len() > MAX_NAMESAKES {
            return None;
        }
        let [from_work, cited_work] = [from, cited].map(|id| self.works.original(id));
        let fits = |id: &NoteId| {
            let work = self.works.original(*id);
            ![from_work, cited_work].contains(&work) && self.sources.contains(&(work, cited_work))
        };
        let found = named.iter().copied().filter(fits).collect();
        let language = &self.notes[from.index()].facts.place.language;
        match *self.names.in_language(found, language) {
            [one] => Some(self.works.for_reader(one, from)),
            _ => None,
        }
    }
}

/// Returns the notes that cite each part of each note: by a locator, or by a link to a passage.
pub(super) fn invert(
    notes: &[Arc<Note>],
    links: &[Box<[Resolution]>],
    references: &[Box<[Resolution]>],
    places: &[Box<[CitedPlace]>],
    order: &[Option<(u32, u32)>],
) -> BTreeMap<NoteId, CitingNotes> {
    let mut edges = BTreeSet::new();
    for (at, note) in notes.iter().enumerate() {
        let from = NoteId(at as u32);
        let rank = (note.facts.kind, order[at], from);
        let mut add = |to: NoteId, part| {
            if to != from {
                edges.insert((to, part, rank));
            }
        };
        for (link, resolution) in note.facts.links.iter().zip(&links[at]) {
            // A link to a heading shows the way; one to a paragraph or a passage cites it.
            if let Resolution::Note(to, PartFound::Anchor(at)) = resolution
                && link.role != LinkRole::Image
            {
                add(*to, NotePart::Anchor(*at));
            }
        }
        let mut places = places[at].iter();
        for source in &note.facts.sources {
            let count = source.locator.as_ref().map_or(0, |locator| locator.pieces.len());
            let cited = source
                .reference
                .and_then(|at_source| references[at].get(at_source as usize)?.note());
            for place in places.by_ref().take(count) {
                if let Some(cited) = cited {
                    place.parts.iter().for_each(|part| add(cited, *part));
                }
            }
        }
    }
    let mut citing: BTreeMap<NoteId, CitingNotes> = BTreeMap::new();
    for (to, part, (.., from)) in edges {
        citing.entry(to).or_default().entry(part).or_default().push(from);
    }
    citing
}
