//! The rule `duplicate-title`.

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
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let is_meant = |(id, note): &(NoteId, &Note)| {
        let facts = &note.facts;
        // What is past is marked as such, and the page of a folder has the path above it.
        facts.origin == Origin::File && !facts.place.is_index() && !site.graph.past[id.index()]
    };
    let mut notes: Vec<(NoteId, &Note)> = site.notes().filter(is_meant).collect();
    notes.sort_unstable_by_key(|(id, note)| (around(site, note), title(note), *id));
    let same = |a: &(NoteId, &Note), b: &(NoteId, &Note)| {
        around(site, a.1) == around(site, b.1) && title(a.1) == title(b.1)
    };
    for alike in notes.chunk_by(same) {
        out.extend(alike[1..].iter().map(|(_, note)| finding(note, alike[0].1)));
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
