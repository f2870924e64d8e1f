#![doc = include_str!("../manual/superseded-cited.md")]

use super::pointings;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Resolution;
use crate::note::NoteId;
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let superseded =
        |resolution: &Resolution| resolution.note().is_some_and(|id| site.is_superseded(id));
    for pointing in pointings(site, superseded) {
        let (Some(cited), from) = (pointing.resolution.note(), pointing.id) else { continue };
        let current = !site.graph.past[from.index()];
        // Those of a ring are an error already.
        let in_ring = site.graph.supersession_rings.iter().any(|ring| ring.contains(&cited));
        let knows = replaces(site, from, cited) || names_successor(site, from, cited);
        if !current || in_ring || cited == from || knows || is_older(site, from, cited) {
            continue;
        }
        let card = |id: NoteId| format!("\"{}\"", site.note(id).facts.card.title);
        let by: Vec<String> = site.successors(cited).iter().map(|id| card(*id)).collect();
        let (message, help) = match by.is_empty() {
            false => (
                format!("{} was superseded by {}", card(cited), by.join(" and ")),
                "if what you say still holds, cite that one; if the old one is meant, write an \
                 exception with the reason",
            ),
            true => (
                format!("{} was superseded, and nothing that replaced it is current", card(cited)),
                "see whether what you say still holds, and say what it rests on; if the old one is \
                 meant, write an exception with the reason",
            ),
        };
        out.push(pointing.warning(Code::SupersededCited, message).help(help));
    }
}

/// Whether the note leads to what replaced `cited` too, and so tells the whole story.
fn names_successor(site: &Site, from: NoteId, cited: NoteId) -> bool {
    let graph = &site.graph;
    let row = graph.links[from.index()].iter().chain(&graph.references[from.index()]);
    let mut led_to = row.filter_map(|resolution| resolution.note());
    led_to.any(|id| site.successors(cited).contains(&id))
}

/// Whether the note is about a day before there was what replaced `cited`.
fn is_older(site: &Site, from: NoteId, cited: NoteId) -> bool {
    let date = |id: NoteId| site.note(id).facts.card.date;
    let later = |id: &NoteId| date(*id).zip(date(from)).is_some_and(|(new, old)| old < new);
    let by = match site.successors(cited) {
        [] => &site.graph.superseded_by[cited.index()],
        current => current,
    };
    by.iter().all(later)
}

/// Whether `later` supersedes `earlier`, by way of others or not: it may say what it replaces.
fn replaces(site: &Site, later: NoteId, earlier: NoteId) -> bool {
    let mut open = vec![earlier];
    let mut seen = vec![earlier];
    while let Some(note) = open.pop() {
        for next in &site.graph.superseded_by[note.index()] {
            if *next == later {
                return true;
            }
            if !seen.contains(next) {
                seen.push(*next);
                open.push(*next);
            }
        }
    }
    false
}
