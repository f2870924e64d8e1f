//! The rule `embed-cycle`.
//!
//! Notes that show each other have no end.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ![[b]]
//! ```
//!
//! ```content/b.md
//! +++
//! title = "B"
//! +++
//!
//! ![[c]]
//! ```
//!
//! ```content/c.md
//! +++
//! title = "C"
//! +++
//!
//! ![[a]]
//! ```
//!
//! ```diagnostics
//! content/a.md:5:1-5:7: error[embed-cycle]: these notes embed each other
//!   help: the ring is content/a.md, then content/b.md, then content/c.md, then content/a.md
//! ```
//!
//! A note that shows itself.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! ![[a]]
//! ```
//!
//! ```diagnostics
//! content/a.md:5:1-5:7: error[embed-cycle]: this note embeds itself
//! ```
//!
//! A link is no embed.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! See [[b]].
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::check::ring::ring;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::graph::{lowest_first, rings};
use crate::note::{HoleKind, LinkRole, NoteId};
use crate::site::{Site, embedded_range};

/// A note embeds itself, directly or through other notes.
pub const RULE: Rule = Rule {
    name: "embed-cycle",
    summary: "A note embeds itself, directly or through other notes.",
    level: Level::Error,
    relaxation: Relaxation::None("the page would have no end"),
    options: &[],
    page: "
## What it finds

Embeds that show each other in a ring. A note that embeds itself is the smallest.

## Why it matters

The page would have no end.

## What to do

Take out one of the embeds, or embed a part that does not hold the other.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let mut found: BTreeSet<Vec<EmbedPlace>> = BTreeSet::new();
    for members in rings(&edges(site)) {
        let embed = |member: &RingMember| match member {
            RingMember::Embed(embed) => Some(*embed),
            RingMember::Several(..) => None,
        };
        let mut embeds: Vec<EmbedPlace> = members.iter().filter_map(embed).collect();
        lowest_first(&mut embeds);
        found.insert(embeds);
    }
    for embeds in found {
        let (first, link) = embeds[0];
        let span = site.note(first).spans.links[link as usize];
        let mut notes: Vec<NoteId> = embeds.iter().map(|(note, _)| *note).collect();
        notes.dedup();
        out.push(ring(site, &notes, span, &RULE, "embed"));
    }
}

/// An embed, by its note and its place among the links of that note.
type EmbedPlace = (NoteId, u32);

/// A member of a ring: an embed, or several neighbouring ones of a note. By way of the latter, an embed
/// of a part with many embeds needs few edges, so that there are fewer than the square of all embeds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RingMember {
    Embed(EmbedPlace),
    /// The embeds of a note from one place to before another, among all that it has.
    Several(NoteId, u32, u32),
}

/// Finds the embeds that show others, because these stand in the part that they show.
fn edges(site: &Site) -> Vec<(RingMember, RingMember)> {
    let mut edges = Vec::new();
    let mut embeds: BTreeMap<NoteId, NoteEmbeds> = BTreeMap::new();
    // What is not translated embeds as its original does.
    let written = site.notes().filter(|(_, note)| !note.facts.origin.is_untranslated());
    for (id, note) in written {
        for (number, link) in (0..).zip(&note.facts.links) {
            let range = match link.role {
                LinkRole::Embed => embedded_range(site, id, number),
                LinkRole::Link | LinkRole::Image => None,
            };
            let Some((target, start, end)) = range else { continue };
            let shown = embeds.entry(target).or_insert_with(|| NoteEmbeds::new(site, target));
            shown.lead_to(RingMember::Embed((id, number)), (start, end), &mut edges);
        }
    }
    edges
}

/// The embeds of a note, in the order of its text.
struct NoteEmbeds {
    id: NoteId,
    /// The place of each in the HTML of the body, and its index among the links.
    embeds: Vec<(u32, u32)>,
    /// The ranges whose members are known.
    known: BTreeSet<(u32, u32)>,
}

impl NoteEmbeds {
    fn new(site: &Site, id: NoteId) -> Self {
        let holes = site.note(id).body.holes.iter();
        let embeds = holes.filter_map(|hole| match hole.what {
            HoleKind::Embed(link, _) => Some((hole.at, link)),
            _ => None,
        });
        Self { id, embeds: embeds.collect(), known: BTreeSet::new() }
    }

    /// Adds what `from` shows, which shows a part of the note's HTML.
    fn lead_to(
        &mut self,
        from: RingMember,
        (start, end): (u32, u32),
        edges: &mut Vec<(RingMember, RingMember)>,
    ) {
        let place = |at: u32| self.embeds.partition_point(|embed| embed.0 < at) as u32;
        let wanted = (place(start), place(end));
        self.lead_into(from, (0, self.embeds.len() as u32), wanted, edges);
    }

    /// Does the same for the embeds that are in both ranges. The first range is halved until all of it is
    /// wanted, so that the same few are used again and again.
    fn lead_into(
        &mut self,
        from: RingMember,
        (first, end): (u32, u32),
        wanted: (u32, u32),
        edges: &mut Vec<(RingMember, RingMember)>,
    ) {
        if wanted.0 >= end || wanted.1 <= first || first >= end {
            return;
        }
        if end - first == 1 {
            let (_, link) = self.embeds[first as usize];
            return edges.push((from, RingMember::Embed((self.id, link))));
        }
        let middle = first + (end - first) / 2;
        let (from, wanted) = if wanted.0 <= first && end <= wanted.1 {
            let several = RingMember::Several(self.id, first, end);
            edges.push((from, several));
            if !self.known.insert((first, end)) {
                return;
            }
            (several, (first, end))
        } else {
            (from, wanted)
        };
        self.lead_into(from, (first, middle), wanted, edges);
        self.lead_into(from, (middle, end), wanted, edges);
    }
}

/// Says whether a note embeds another.
pub(crate) fn has_embeds(site: &Site, id: NoteId) -> bool {
    site.note(id).facts.links.iter().any(|link| link.role == LinkRole::Embed)
}
