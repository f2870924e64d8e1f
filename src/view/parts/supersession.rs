//! Notes that replace one another, and citations of notes that are superseded or withdrawn.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::date::Date;
use crate::note::{Note, NoteCard, NoteChange, NoteId, RefField};
use crate::site::Site;
use crate::template::SharedValue;

/// The most notes that a page names of a chain of replacements, or of outdated citations.
const MOST: usize = 12;

/// The most notes that are looked at, for that, of those that replace one note or that it replaces.
const LOOKED_AT: usize = 100;

/// The place of a note in a chain of replacements, and what makes it outdated.
#[derive(Default, Hash, Serialize)]
pub struct Supersession<'a> {
    /// True if another note replaces the note.
    pub superseded: bool,
    /// The notes to read instead: the ends of the chains that replace the note, if they are current.
    pub successors: Vec<&'a SharedValue<NoteCard>>,
    /// The notes between the note and its successors, the first that replaced it first.
    pub between: Vec<&'a SharedValue<NoteCard>>,
    /// The notes that the note replaces, directly or transitively, the latest first.
    pub replaces: Vec<&'a SharedValue<NoteCard>>,
    /// The superseded or withdrawn notes that the note cites. Empty if it is one itself, or if its kind tells of
    /// what was.
    pub cites_past: Vec<OutdatedCitation<'a>>,
    /// The latest change of the note's conclusions; absent if there was none.
    pub conclusion: Option<&'a NoteChange>,
    /// True if the last day for comments is over.
    pub comments_closed: bool,
    /// The date by which the note was to be reviewed, in ISO 8601, if that is past; absent otherwise.
    pub overdue: Option<Date>,
}

/// Superseded or withdrawn notes that a note cites, and that have the same successors.
#[derive(Hash, Serialize)]
pub struct OutdatedCitation<'a> {
    /// The cited notes.
    pub cards: Vec<&'a SharedValue<NoteCard>>,
    /// The notes to read instead. Empty if the cited ones were withdrawn without a successor.
    pub instead: Vec<&'a SharedValue<NoteCard>>,
}

/// The chains of replacements around the note at `id`, and its outdated citations.
pub(crate) fn supersession(site: &Site, id: NoteId) -> Supersession<'_> {
    let facts = &site.note(id).facts;
    let cards = |ids: Vec<NoteId>| ids.into_iter().map(|id| &site.note(id).facts.card).collect();
    let successors = site.successors(id);
    let is_history = site.config.kind(facts.kind).features.history;
    let cited = site.graph.cites_past.get(&id).filter(|_| !is_history);
    let cited = cited.map_or(&[][..], Vec::as_slice);
    let replaced_by = |id: NoteId| site.graph.superseded_by[id.index()].iter().copied();
    let between =
        if site.is_past(id) { walk(id, replaced_by, |id| !site.is_past(id)) } else { Vec::new() };
    Supersession {
        superseded: site.is_superseded(id),
        successors: cards(successors.to_vec()),
        between: cards(between),
        replaces: cards(all_replaced(site, id)),
        cites_past: outdated(site, &cited[..cited.len().min(MOST)]),
        conclusion: latest_conclusion(site.note(id)),
        comments_closed: facts.standing.comment_until.is_some_and(|d| d.is_over_by(site.today)),
        overdue: facts.review_missed(site.today),
    }
}

/// The notes that a note replaces, directly or transitively, the latest first.
pub(crate) fn all_replaced(site: &Site, id: NoteId) -> Vec<NoteId> {
    walk(id, |id| replaced(site, id), |_| false)
}

/// The notes that are cited, those with the same successors together.
fn outdated<'a>(site: &'a Site, cited: &[NoteId]) -> Vec<OutdatedCitation<'a>> {
    let card = |id: &NoteId| &site.note(*id).facts.card;
    let mut all: Vec<(&[NoteId], OutdatedCitation<'_>)> = Vec::new();
    for id in cited {
        let successors = site.successors(*id);
        if let Some((_, past)) = all.iter_mut().find(|past| past.0 == successors) {
            past.cards.push(card(id));
            continue;
        }
        let instead = successors.iter().take(MOST).map(card).collect();
        all.push((successors, OutdatedCitation { cards: vec![card(id)], instead }));
    }
    all.into_iter().map(|(_, past)| past).collect()
}

/// The notes reached from `start` step by step, nearest first, without those left out.
fn walk<I: Iterator<Item = NoteId>>(
    start: NoteId,
    next: impl Fn(NoteId) -> I,
    is_left_out: impl Fn(NoteId) -> bool,
) -> Vec<NoteId> {
    let mut seen = BTreeSet::from([start]);
    let mut found = vec![start];
    let mut at = 0;
    while at < found.len() && found.len() <= MOST {
        let further = next(found[at]).take(LOOKED_AT).filter(|id| !is_left_out(*id));
        found.extend(further.filter(|id| seen.insert(*id)));
        at += 1;
    }
    found.truncate(MOST + 1);
    found.split_off(1)
}

/// The notes that a note says it replaces.
pub(crate) fn replaced(site: &Site, id: NoteId) -> impl Iterator<Item = NoteId> {
    site.named_in(id, RefField::Supersedes)
}

fn latest_conclusion(note: &Note) -> Option<&NoteChange> {
    let changes = note.facts.changes.iter().filter(|change| change.weight == "conclusion");
    changes.max_by_key(|change| change.date)
}
