//! Backlinks: links and references turned round.

use super::Resolution;
use crate::note::NoteId;

/// What points at each note, in the order of the notes that point.
#[derive(Debug)]
pub struct Incoming {
    offsets: Vec<u32>,
    pointers: Vec<Pointer>,
}

/// One link or reference, seen from where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The note it stands in.
    pub from: NoteId,
    /// Which of that note's links or references it is.
    pub via: Via,
}

/// A place among the links or the references of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A link of its text.
    Link(u32),
    /// A reference of its front matter.
    Reference(u32),
}

impl Incoming {
    /// Turns links and references round. A note does not point at itself.
    pub(super) fn new(links: &[Box<[Resolution]>], references: &[Box<[Resolution]>]) -> Self {
        let mut offsets = vec![0u32; links.len() + 1];
        each(links, references, |to, _| offsets[to.index() + 1] += 1);
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let nobody = Pointer { from: NoteId(0), via: Via::Link(0) };
        let mut pointers = vec![nobody; offsets.last().copied().unwrap_or(0) as usize];
        let mut next = offsets.clone();
        each(links, references, |to, pointer| {
            let at = &mut next[to.index()];
            pointers[*at as usize] = pointer;
            *at += 1;
        });
        Self { offsets, pointers }
    }

    /// What points at `note`.
    pub fn of(&self, note: NoteId) -> &[Pointer] {
        let (from, to) = (self.offsets[note.index()], self.offsets[note.index() + 1]);
        &self.pointers[from as usize..to as usize]
    }
}

fn each(
    links: &[Box<[Resolution]>],
    references: &[Box<[Resolution]>],
    mut visit: impl FnMut(NoteId, Pointer),
) {
    for (at, (links, references)) in links.iter().zip(references).enumerate() {
        let from = NoteId(at as u32);
        let mut visit = |resolution: &Resolution, via: Via| {
            if let Some(to) = resolution.note().filter(|to| *to != from) {
                visit(to, Pointer { from, via });
            }
        };
        references.iter().zip(0..).for_each(|(to, number)| visit(to, Via::Reference(number)));
        links.iter().zip(0..).for_each(|(to, number)| visit(to, Via::Link(number)));
    }
}
