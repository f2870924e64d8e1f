//! # `supersession-cycle`, `embed-cycle`
//! ## What it does
//! Finds notes that supersede each other in a ring, and embeds that show each other in a ring. A
//! note that supersedes or shows itself is the smallest ring.
//! ## Why it matters
//! Of notes that supersede each other none is current; embeds that show each other have no end.
//! ## Fix
//! Take out one of the references or embeds.

use crate::diagnostic::{Code, Diagnostic};
use crate::graph::rings;
use crate::note::{LinkRole, NoteId, RefField, What};
use crate::site::{Site, embedded_range};
use crate::span::Span;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for ring in &site.graph.supersession_rings {
        let span = supersession(site, ring[0], ring.get(1).copied().unwrap_or(ring[0]));
        out.push(report(site, ring, span, Code::SupersessionCycle, "supersede"));
    }
    for ring in rings(&embed_edges(site)) {
        let (first, link) = ring[0];
        let span = site.note(first).spans.links[link as usize];
        let mut notes: Vec<NoteId> = ring.iter().map(|(note, _)| *note).collect();
        notes.dedup();
        out.push(report(site, &notes, span, Code::EmbedCycle, "embed"));
    }
}

fn report(site: &Site, ring: &[NoteId], span: Span, code: Code, verb: &str) -> Diagnostic {
    let message = match ring {
        [_] => format!("this note {verb}s itself"),
        _ => format!("these notes {verb} each other"),
    };
    let paths: Vec<&str> =
        ring.iter().chain(ring.first()).map(|id| site.note(*id).source.as_str()).collect();
    let diagnostic = Diagnostic::error(&site.note(ring[0]).source, span, code, message);
    match ring {
        [_] => diagnostic,
        _ => diagnostic.help(format!("the ring is {}", paths.join(", then "))),
    }
}

/// Where the note at `from` says that it supersedes the note at `to`.
fn supersession(site: &Site, from: NoteId, to: NoteId) -> Span {
    let note = site.note(from);
    let references = note.facts.references.iter().zip(&site.graph.references[from.index()]);
    let mut references = references.zip(&note.spans.references);
    let found = references.find(|((reference, resolution), _)| {
        reference.field == RefField::Supersedes && resolution.note() == Some(to)
    });
    found.map_or(Span::default(), |(_, span)| *span)
}

/// An embed, by its note and its place among the links of that note.
type Embed = (NoteId, u32);

/// Which embeds show which others, because these stand in the part that they show.
fn embed_edges(site: &Site) -> Vec<(Embed, Embed)> {
    let mut edges = Vec::new();
    for (id, note) in site.notes() {
        for (number, link) in (0..).zip(&note.facts.links) {
            let range = match link.role {
                LinkRole::Embed => embedded_range(site, id, number),
                LinkRole::Link | LinkRole::Image => None,
            };
            let Some((target, start, end)) = range else { continue };
            for hole in site.note(target).body.holes_within(start, end) {
                if let What::Embed(inner) = hole.what {
                    edges.push(((id, number), (target, inner)));
                }
            }
        }
    }
    edges
}
