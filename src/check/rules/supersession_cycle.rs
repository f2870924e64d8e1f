//! The rule `supersession-cycle`.
//!
//! Of notes that supersede each other, none is current.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! supersedes = ["b"]
//! +++
//! ```
//!
//! ```content/b.md
//! +++
//! title = "B"
//! supersedes = ["c"]
//! +++
//! ```
//!
//! ```content/c.md
//! +++
//! title = "C"
//! supersedes = ["a"]
//! +++
//! ```
//!
//! ```content/d.md
//! +++
//! title = "D"
//! supersedes = ["d"]
//! +++
//! ```
//!
//! ```diagnostics
//! content/a.md:3:15-3:18: error[supersession-cycle]: these notes supersede each other
//!   help: the ring is content/a.md, then content/b.md, then content/c.md, then content/a.md
//! content/d.md:3:15-3:18: error[supersession-cycle]: this note supersedes itself
//! ```
//!
//! A chain has an end.
//!
//! ```content/c.md
//! +++
//! title = "C"
//! +++
//! ```
//!
//! ```content/d.md
//! +++
//! title = "D"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::check::ring::ring;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::note::{NoteId, RefField};
use crate::site::Site;
use crate::span::Span;

/// Notes supersede each other in a ring.
pub const RULE: Rule = Rule {
    name: "supersession-cycle",
    summary: "Notes supersede each other in a ring.",
    level: Level::Error,
    relaxation: Relaxation::None("nobody could tell which of the notes is current"),
    options: &[],
    page: "
## What it finds

Notes that supersede each other in a ring. A note that supersedes itself is the smallest.

## Why it matters

None of them is current, so readers would be sent in circles.

## What to do

Take out one of the references in `supersedes`.
",
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
