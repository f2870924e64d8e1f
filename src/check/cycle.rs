//! # `supersession-cycle`, `embed-cycle`
//! ## What it does
//! Finds notes that supersede each other in a ring, and notes that embed each other in a ring. A
//! note that does so with itself is the smallest ring.
//! ## Why it matters
//! Of notes that supersede each other none is current; notes that embed each other have no end.
//! ## Fix
//! Take out one of the references or embeds.

use crate::diagnostic::{Code, Diagnostic};
use crate::note::{LinkRole, NoteId, RefField};
use crate::site::Site;
use crate::span::Span;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for ring in &site.graph.supersession_cycles {
        report(site, ring, Code::SupersessionCycle, "supersede", out);
    }
    for ring in &site.graph.embed_cycles {
        report(site, ring, Code::EmbedCycle, "embed", out);
    }
}

fn report(site: &Site, ring: &[NoteId], code: Code, verb: &str, out: &mut Vec<Diagnostic>) {
    let note = site.note(ring[0]);
    let next = ring.get(1).copied().unwrap_or(ring[0]);
    let message = match ring {
        [_] => format!("this note {verb}s itself"),
        _ => format!("these notes {verb} each other"),
    };
    let paths: Vec<&str> =
        ring.iter().chain(ring.first()).map(|id| site.note(*id).source.as_str()).collect();
    let span = place(site, ring[0], next, code);
    let diagnostic = Diagnostic::error(&note.source, span, code, message);
    out.push(match ring {
        [_] => diagnostic,
        _ => diagnostic.help(format!("the ring is {}", paths.join(", then "))),
    });
}

/// Where the note at `from` points at the note at `to`.
fn place(site: &Site, from: NoteId, to: NoteId, code: Code) -> Span {
    let (note, at) = (site.note(from), from.index());
    let leads = |resolution: &crate::graph::Resolution| resolution.note() == Some(to);
    let found = if code == Code::EmbedCycle {
        let embeds = note.facts.links.iter().map(|link| link.role == LinkRole::Embed);
        let number = embeds.zip(&site.graph.links[at]).position(|(embed, to)| embed && leads(to));
        number.map(|number| note.spans.links[number])
    } else {
        let fields = note.facts.references.iter().map(|r| r.field == RefField::Supersedes);
        let number = fields.zip(&site.graph.references[at]).position(|(is, to)| is && leads(to));
        number.map(|number| note.spans.references[number])
    };
    found.unwrap_or_default()
}
