//! The rule `supersession-cycle`, explained in `src/manual/content/rules/supersession-cycle.md`.

use super::ring;
use crate::diagnostic::{Code, Diagnostic};
use crate::note::{NoteId, RefField};
use crate::site::Site;
use crate::span::Span;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for notes in &site.graph.supersession_rings {
        let span = place(site, notes[0], notes.get(1).copied().unwrap_or(notes[0]));
        out.push(ring(site, notes, span, Code::SupersessionCycle, "supersede"));
    }
}

/// Where the note at `from` says that it supersedes the note at `to`.
fn place(site: &Site, from: NoteId, to: NoteId) -> Span {
    let note = site.note(from);
    let references = note.facts.references.iter().zip(&site.graph.references[from.index()]);
    let mut references = references.zip(&note.spans.references);
    let found = references.find(|((reference, resolution), _)| {
        reference.field == RefField::Supersedes && resolution.note() == Some(to)
    });
    found.map_or(Span::default(), |(_, span)| *span)
}
