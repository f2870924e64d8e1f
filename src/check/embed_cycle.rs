#![doc = include_str!("../manual/embed-cycle.md")]

use super::ring;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::rings;
use crate::note::{LinkRole, NoteId, What};
use crate::site::{Site, embedded_range};

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for embeds in rings(&edges(site)) {
        let (first, link) = embeds[0];
        let span = site.note(first).spans.links[link as usize];
        let mut notes: Vec<NoteId> = embeds.iter().map(|(note, _)| *note).collect();
        notes.dedup();
        out.push(ring(site, &notes, span, Code::EmbedCycle, "embed"));
    }
}

/// An embed, by its note and its place among the links of that note.
type Embed = (NoteId, u32);

/// Which embeds show which others, because these stand in the part that they show.
fn edges(site: &Site) -> Vec<(Embed, Embed)> {
    let mut edges = Vec::new();
    for (id, note) in site.notes() {
        for (number, link) in (0..).zip(&note.facts.links) {
            let range = match link.role {
                LinkRole::Embed => embedded_range(site, id, number),
                LinkRole::Link | LinkRole::Image => None,
            };
            let Some((target, start, end)) = range else { continue };
            for hole in site.note(target).body.holes_within(start, end) {
                if let What::Embed(inner, _) = hole.what {
                    edges.push(((id, number), (target, inner)));
                }
            }
        }
    }
    edges
}
