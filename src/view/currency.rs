//! How current a note is: what replaced it, what it replaced, and what it cites that is past.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::date::Date;
use crate::fingerprint::SharedValue;
use crate::note::{Note, NoteCard, NoteChange, NoteId, RefField};
use crate::site::Site;

/// How many notes of a chain of replacements, or of what is past among the cited, a page names.
const MOST: usize = 12;

/// How many of what replaces a note, or of what it replaces, are looked at for that.
const LOOKED_AT: usize = 100;

/// How current a note is.
#[derive(Default, Hash, Serialize)]
pub struct Supersession<'a> {
    /// Whether another note replaces it.
    pub superseded: bool,
    /// What to read instead: the ends of the chains that replace the note, where they are current.
    pub successors: Vec<&'a SharedValue<NoteCard>>,
    /// What came between the note and those, the first that replaced it first.
    pub between: Vec<&'a SharedValue<NoteCard>>,
    /// What the note replaces, the latest first.
    pub replaces: Vec<&'a SharedValue<NoteCard>>,
    /// What it cites that is past; nothing if it is past itself.
    pub cites_past: Vec<OutdatedCitation<'a>>,
    /// The latest change of what it concludes.
    pub conclusion: Option<&'a NoteChange>,
    /// The last day for comments is over.
    pub comments_closed: bool,
    /// The day it was to be looked at again, if that is past.
    pub overdue: Option<Date>,
}

/// What a note cites that is past, and has the same successors.
#[derive(Hash, Serialize)]
pub struct OutdatedCitation<'a> {
    /// What is cited.
    pub cards: Vec<&'a SharedValue<NoteCard>>,
    /// What to read instead; nothing if that was withdrawn, or nothing came.
    pub instead: Vec<&'a SharedValue<NoteCard>>,
}

/// How current the note at `id` is.
pub(super) fn supersession(site: &Site, id: NoteId) -> Supersession<'_> {
    let facts = &site.note(id).facts;
    let cards = |ids: Vec<NoteId>| ids.into_iter().map(|id| &site.note(id).facts.card).collect();
    let successors = site.successors(id);
    let cited = site.graph.cites_past.get(&id).map_or(&[][..], Vec::as_slice);
    let replaced_by = |id: NoteId| site.graph.superseded_by[id.index()].iter().copied();
    let is_past = |id: NoteId| site.graph.past[id.index()];
    let between = match is_past(id) {
        true => walk(id, replaced_by, |id| !is_past(id)),
        false => Vec::new(),
    };
    Supersession {
        superseded: site.is_superseded(id),
        successors: cards(successors.to_vec()),
        between: cards(between),
        replaces: cards(replaced_by_way(site, id)),
        cites_past: past(site, &cited[..cited.len().min(MOST)]),
        conclusion: latest_conclusion(site.note(id)),
        comments_closed: facts.standing.comment_until.is_some_and(|d| d.is_over_by(site.today)),
        overdue: facts.review_by.filter(|date| date.is_over_by(site.today)),
    }
}

/// What a note replaces, by way of others or not, the latest first.
pub(super) fn replaced_by_way(site: &Site, id: NoteId) -> Vec<NoteId> {
    walk(id, |id| replaced(site, id), |_| false)
}

fn past<'a>(site: &'a Site, cited: &[NoteId]) -> Vec<OutdatedCitation<'a>> {
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

/// What a note says it replaces.
pub(super) fn replaced(site: &Site, id: NoteId) -> impl Iterator<Item = NoteId> {
    site.named_in(id, RefField::Supersedes)
}

fn latest_conclusion(note: &Note) -> Option<&NoteChange> {
    let changes = note.facts.changes.iter().filter(|change| change.weight == "conclusion");
    changes.max_by_key(|change| change.date)
}
