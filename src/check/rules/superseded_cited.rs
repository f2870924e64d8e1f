//! The rule `superseded-cited`.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::check::occurrences::occurrences;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::graph::Resolution;
use crate::note::{NoteId, RefField};
use crate::site::Site;

/// A current note leads to one that was superseded.
pub const RULE: Rule = Rule {
    name: "superseded-cited",
    summary: "A current note leads to one that was superseded.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A current note that leads to a note that another has replaced.

## Why it matters

It may rest on something that no longer holds.

## What to do

Cite the note that replaced it, if your text still holds. If you mean the old note, write an exception to this rule into the note, with the reason.
",
};

/// The most notes that are named as replacing another.
const NAMED: usize = 5;

/// The most notes that are looked at to find what a note replaces transitively.
const LOOKED_AT: usize = 1000;

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let superseded =
        |resolution: &Resolution| resolution.note().is_some_and(|id| site.is_superseded(id));
    let in_rings: BTreeSet<NoteId> =
        site.graph.supersession_rings.iter().flatten().copied().collect();
    let replaced = LazyCell::new(|| replaced(site));
    let mut from_here: Option<CitingNote> = None;
    let mut oldest: BTreeMap<NoteId, Option<Date>> = BTreeMap::new();
    for occurrence in occurrences(site, superseded) {
        let (Some(cited), from) = (occurrence.resolution.note(), occurrence.id) else { continue };
        let says_so = occurrence.field == Some(RefField::Supersedes);
        // Those of a ring are an error already.
        if site.graph.past[from.index()] || says_so || in_rings.contains(&cited) || cited == from {
            continue;
        }
        let known = from_here.take().filter(|known| known.note == from);
        let known =
            from_here.insert(known.unwrap_or_else(|| CitingNote::new(site, &replaced, from)));
        let by = site.successors(cited);
        let knows = known.replaces.contains(&cited) || by.iter().any(|id| known.names.contains(id));
        let oldest = oldest.entry(cited).or_insert_with(|| oldest_after(site, cited));
        // It may be about a day before there was what replaced the other.
        let date = site.note(from).facts.card.date;
        if knows || oldest.zip(date).is_some_and(|(new, old)| old < new) {
            continue;
        }
        let card = |id: NoteId| format!("\"{}\"", site.note(id).facts.card.title);
        let mut named: Vec<String> = by.iter().take(NAMED).map(|id| card(*id)).collect();
        if by.len() > NAMED {
            named.push(format!("{} more", by.len() - NAMED));
        }
        let (message, help) = if by.is_empty() {
            (
                format!("{} was superseded, and nothing that replaced it is current", card(cited)),
                "see whether what you say still holds, and say what it rests on; if the old one is \
                 meant, write an exception with the reason",
            )
        } else {
            (
                format!("{} was superseded by {}", card(cited), named.join(" and ")),
                "if what you say still holds, cite that one; if the old one is meant, write an \
                 exception with the reason",
            )
        };
        let others = by.iter().take(NAMED).map(|id| site.note(*id).source.clone());
        out.push(occurrence.warning(&RULE, message).help(help).and_in(others));
    }
}

/// The notes that are known to a note which cites another.
struct CitingNote {
    note: NoteId,
    /// The notes that it supersedes, directly or transitively.
    replaces: BTreeSet<NoteId>,
    /// The notes that it leads to. If the one that replaced the cited note is among them, it tells the whole story.
    names: BTreeSet<NoteId>,
}

impl CitingNote {
    fn new(site: &Site, replaced: &[Vec<NoteId>], note: NoteId) -> Self {
        let graph = &site.graph;
        let row = graph.links[note.index()].iter().chain(&graph.references[note.index()]);
        let names = row.filter_map(|resolution| resolution.note()).collect();
        let mut open = vec![note];
        let mut replaces = BTreeSet::new();
        while let Some(later) = open.pop().filter(|_| replaces.len() < LOOKED_AT) {
            let more = replaced[later.index()].iter().take(LOOKED_AT);
            open.extend(more.filter(|id| replaces.insert(**id)));
        }
        Self { note, replaces, names }
    }
}

/// Returns for each note those that it supersedes.
fn replaced(site: &Site) -> Vec<Vec<NoteId>> {
    let mut replaced = vec![Vec::new(); site.notes.len()];
    for (earlier, by) in (0..).map(NoteId).zip(&site.graph.superseded_by) {
        for later in by {
            replaced[later.index()].push(earlier);
        }
    }
    replaced
}

/// Returns the earliest date of the notes that replaced one; none if one of them has no date.
fn oldest_after(site: &Site, cited: NoteId) -> Option<Date> {
    let by = match site.successors(cited) {
        [] => &site.graph.superseded_by[cited.index()],
        current => current,
    };
    let dates: Option<Vec<Date>> = by.iter().map(|id| site.note(*id).facts.card.date).collect();
    dates?.into_iter().min()
}
