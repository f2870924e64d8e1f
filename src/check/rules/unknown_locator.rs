//! The rule `unknown-locator`.
//!
//! A paragraph that the cited note does not have.
//!
//! ```content/paper.md
//! +++
//! title = "Paper"
//! +++
//!
//! ¶1. One.
//!
//! ¶2. Two.
//! ```
//!
//! ```content/a.md
//! +++
//! title = "A"
//!
//! [[sources]]
//! ref = "paper"
//! locator = "¶2, ¶5"
//!
//! [[sources]]
//! ref = "paper"
//! locator = "paragraph 7"
//! +++
//! ```
//!
//! ```diagnostics
//! content/a.md:5:7-5:14: warning[unknown-locator]: "Paper" has no ¶5
//!   help: its paragraphs are numbered from 1 to 2
//! content/a.md:9:7-9:14: warning[unknown-locator]: "Paper" has no paragraph 7
//!   help: its paragraphs are numbered from 1 to 2
//! ```
//!
//! Paragraphs that are there, pages, and a source without numbers.
//!
//! ```content/a.md
//! +++
//! title = "A"
//!
//! [[sources]]
//! ref = "paper"
//! locator = "¶1-¶2, p. 40"
//!
//! [[sources]]
//! ref = "index"
//! locator = "¶5"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::note::{Facts, NoteId, PlaceName};
use crate::site::Site;

/// A locator names a paragraph that the cited note does not have.
pub const RULE: Rule = Rule {
    name: "unknown-locator",
    summary: "A locator names a paragraph that the cited note does not have.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A number of a paragraph in the `locator` of a source, such as "¶19", where the source is a note whose numbered paragraphs end before, or leave that number out.

## Why it matters

Readers who want to see the passage find nothing there. The number is often that of another document, or mistyped.

## What to do

Correct the number. If the note gives only some paragraphs of the document, add the one that you cite, and begin it with its number: `¶19. What the paragraph says.`
"#,
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<NoteId, Option<(u32, u32)>> = BTreeMap::new();
    for (id, note) in site.notes() {
        let mut places = site.graph.cited_places[id.index()].iter();
        for source in &note.facts.sources {
            let pieces = source.locator.iter().flat_map(|locator| &locator.pieces);
            for (piece, place) in pieces.zip(places.by_ref()) {
                let is_paragraph = matches!(piece.place, Some(PlaceName::Paragraphs { .. }));
                let Some(reference) = source.reference.filter(|_| is_paragraph) else { continue };
                let at = reference as usize;
                let cited = site.graph.references[id.index()][at].note();
                let Some(cited) = cited.filter(|_| place.parts.is_empty()) else { continue };
                let facts = &site.note(cited).facts;
                let Some((first, last)) = *known.entry(cited).or_insert_with(|| numbers(facts))
                else {
                    continue;
                };
                let message = format!("\"{}\" has no {}", facts.card.title, piece.text);
                let help = format!("its paragraphs are numbered from {first} to {last}");
                // The sources of a translation stand in its original.
                let Some(span) = note.spans.references.get(at).copied() else { continue };
                out.push(Diagnostic::warning(&note.source, span, &RULE, message).help(help));
            }
        }
    }
}

/// Returns the lowest and the highest number of a paragraph of a note; none if its paragraphs have no numbers.
fn numbers(facts: &Facts) -> Option<(u32, u32)> {
    let paragraphs = facts.numbered.iter().filter(|part| part.below.is_none());
    let numbers = paragraphs.map(|part| part.number);
    numbers.clone().min().zip(numbers.max())
}
