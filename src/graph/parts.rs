//! The parts of notes that links name: headings and other anchors.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;

use super::PartFound;
use crate::note::{Facts, Heading, Note, NoteId, Part};

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type Map<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// So few parts are looked at one by one, which costs less.
const FEW: usize = 32;

/// The parts of all notes by what they are called, of each note once somebody asks.
#[derive(Default)]
pub(super) struct Parts<'a> {
    of_notes: Vec<OnceLock<Box<Called<'a>>>>,
}

/// The parts of a note by what they are called; where several are called alike, the first.
struct Called<'a> {
    anchors: Map<&'a str, u32>,
    ids: Map<&'a str, u32>,
    /// All headings by their text and by their id, in their order.
    headings: Map<&'a str, Vec<u32>>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(notes: &[Arc<Note>]) -> Self {
        Self { of_notes: notes.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The part of the note at `id` that is meant.
    pub(super) fn find(&self, id: NoteId, facts: &'a Facts, part: Option<&Part>) -> PartFound {
        let Some(part) = part else { return PartFound::Whole };
        if facts.headings.len() + facts.anchors.len() <= FEW {
            return one_by_one(facts, part);
        }
        let called = self.of_notes[id.index()].get_or_init(|| Box::new(Called::new(facts)));
        let anchor = |id: &str| called.anchors.get(id).map(|at| PartFound::Anchor(*at));
        let found = match part {
            Part::Block(id) => anchor(id),
            Part::Heading(names, written) => {
                let by_id = called.ids.get(&**written).copied();
                let heading = by_id.or_else(|| called.below(names));
                heading.map(PartFound::Heading).or_else(|| anchor(written))
            }
        };
        found.unwrap_or(PartFound::Missing)
    }
}

impl<'a> Called<'a> {
    fn new(facts: &'a Facts) -> Self {
        let (mut anchors, mut ids) = (Map::default(), Map::default());
        for (at, anchor) in (0..).zip(&facts.anchors) {
            anchors.entry(&**anchor).or_insert(at);
        }
        let mut headings: Map<&str, Vec<u32>> = Map::default();
        for (at, heading) in (0..).zip(&facts.headings) {
            ids.entry(&*heading.anchor).or_insert(at);
            headings.entry(&heading.slug).or_default().push(at);
            if heading.anchor != heading.slug {
                headings.entry(&heading.anchor).or_default().push(at);
            }
        }
        Self { anchors, ids, headings }
    }

    /// The heading called by its text after the texts of headings above it.
    fn below(&self, names: &[Box<str>]) -> Option<u32> {
        let (mut from, mut found) = (0, None);
        for name in names {
            let called = self.headings.get(&**name)?;
            let at = *called.get(called.partition_point(|at| *at < from))?;
            (from, found) = (at + 1, Some(at));
        }
        found
    }
}

/// The part of a note that is meant, found by a look at each.
fn one_by_one(facts: &Facts, part: &Part) -> PartFound {
    let anchor = |wanted: &str| {
        let found = facts.anchors.iter().position(|anchor| **anchor == *wanted);
        found.map(|at| PartFound::Anchor(at as u32))
    };
    let found = match part {
        Part::Block(id) => anchor(id),
        Part::Heading(names, written) => heading_of(&facts.headings, names, written)
            .map(PartFound::Heading)
            .or_else(|| anchor(written)),
    };
    found.unwrap_or(PartFound::Missing)
}

/// The heading called by its id, or by its text after the texts of headings above it.
fn heading_of(headings: &[Heading], names: &[Box<str>], written: &str) -> Option<u32> {
    let by_id = headings.iter().position(|heading| *heading.anchor == *written);
    let by_text = || {
        let mut from = 0;
        let mut found = None;
        for name in names {
            let fits = |heading: &Heading| heading.slug == *name || heading.anchor == *name;
            let at = from + headings[from..].iter().position(fits)?;
            found = Some(at);
            from = at + 1;
        }
        found
    };
    by_id.or_else(by_text).map(|at| at as u32)
}
