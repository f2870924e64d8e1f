//! The rule `duplicate-title`.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::note::{Facts, Note, NoteId, Origin};
use crate::site::Site;

/// Two notes of one kind have the same title.
pub const RULE: Rule = Rule {
    name: "duplicate-title",
    summary: "Two notes of one kind have the same title.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

Two notes of one kind and language that have the same title. Withdrawn and superseded notes do not count.

## Why it matters

They are side by side in lists and in search, and nobody can tell which is which. Often one is a copy of the other with the same title.

## What to do

Give one of them another title: add what sets it apart, such as the place or the year.
",
};

/// Runs the check.
pub(crate) fn check<'s>(site: &'s Site, out: &mut Vec<Diagnostic>) {
    let is_meant = |(id, note): &(NoteId, &Note)| {
        let facts = &note.facts;
        // What is past is marked as such, and the page of a folder has the path above it.
        facts.origin == Origin::File && !facts.place.is_index() && !site.graph.past[id.index()]
    };
    // Hashes are cheap to sort, and nearly all titles have one of their own.
    let hash = |note: &Note| FxBuildHasher.hash_one((around(site, note), title(note)));
    let mut hashed: Vec<(u64, NoteId)> =
        site.notes().filter(is_meant).map(|(id, note)| (hash(note), id)).collect();
    hashed.sort_unstable();
    for alike in hashed.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        let mut notes: Vec<&'s Note> = alike.iter().map(|(_, id)| site.note(*id)).collect();
        let key = |note: &'s Note| (around(site, note), title(note));
        notes.sort_by(|a, b| key(a).cmp(&key(b)));
        for same in notes.chunk_by(|a, b| key(a) == key(b)) {
            out.extend(same[1..].iter().map(|note| finding(note, same[0])));
        }
    }
}

/// Returns the title as names are compared.
fn title(Note { facts, .. }: &Note) -> &str {
    let named = facts.names.iter().find(|name| name.written == facts.card.title);
    named.map_or(&facts.card.title, |name| &name.key)
}

/// Returns what two notes share if lists show their titles side by side: language and kind, and without a
/// kind the folder too.
fn around<'a>(site: &Site, Note { facts, .. }: &'a Note) -> (u16, &'a str, &'a str) {
    let Facts { kind, place, .. } = facts;
    let folder = if *kind == site.config.page_kind() { &*place.folder } else { "" };
    (kind.0, place.language.as_str(), folder)
}

fn finding(note: &Note, first: &Note) -> Diagnostic {
    let message = format!("{} has the same title", first.source);
    Diagnostic::warning(&note.source, note.spans.title, &RULE, message)
        .help("give one of the two another title, so that readers can tell them apart in lists and in search")
        .and_in([first.source.clone()])
}
