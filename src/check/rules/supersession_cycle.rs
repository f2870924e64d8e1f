//! The rule `supersession-cycle`, explained in `src/manual/content/rules/supersession-cycle.md`.

use crate::check::ring::ring;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::note::{NoteId, RefField};
use crate::site::Site;
use crate::span::Span;

/// Notes that supersede each other in a ring.
pub const RULE: Rule = Rule {
    name: "supersession-cycle",
    summary: "Notes that supersede each other in a ring.",
    level: Level::Error,
    relaxation: Relaxation::None("nobody could tell which of the notes is current"),
    options: &[],
    page: manual!("supersession-cycle"),
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for notes in &site.graph.supersession_rings {
        let span = place(site, notes[0], notes.get(1).copied().unwrap_or(notes[0]));
        out.push(ring(site, notes, span, &RULE, "supersede"));
    }
}

/// Finds the place at which the note `from` says that it supersedes the note `to`.
fn place(site: &Site, from: NoteId, to: NoteId) -> Span {
    let note = site.note(from);
    let references = note.facts.references.iter().zip(&site.graph.references[from.index()]);
    let mut references = references.zip(&note.spans.references);
    let found = references.find(|((reference, resolution), _)| {
        reference.field == RefField::Supersedes && resolution.note() == Some(to)
    });
    found.map_or(Span::default(), |(_, span)| *span)
}
