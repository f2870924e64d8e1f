//! The rule `ambiguous-name`.

use std::cell::OnceCell;

use crate::check::occurrences::{Occurrence, occurrences};
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::graph::{LinkResolver, Resolution};
use crate::site::Site;

/// A link or reference uses a name that two or more notes have.
pub const RULE: Rule = Rule {
    name: "ambiguous-name",
    summary: "A link or reference uses a name that two or more notes have.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A link or reference with a name that two or more notes have.

## Why it matters

Fieldbook could only guess which note is meant. A guess would be wrong half of the time.

## What to do

Name the note by its path, such as `lessons/clearance`, or by a name that only it has.
",
};

/// The most notes that are named.
const NAMED: usize = 5;

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    report(site, occurrences(site, |resolution| *resolution == Resolution::Ambiguous), out);
}

/// Reports links and references that may mean several notes.
pub(in crate::check) fn report<'a>(
    site: &'a Site,
    ambiguous: impl Iterator<Item = Occurrence<'a>>,
    out: &mut Vec<Diagnostic>,
) {
    let names = OnceCell::new();
    for occurrence in ambiguous {
        let (note, target) = (occurrence.note, occurrence.target);
        let names = names.get_or_init(|| LinkResolver::new(&site.config, &site.notes));
        let ids = names.candidates(target, note);
        let paths = ids.iter().take(NAMED).map(|id| &*site.note(*id).facts.place.path);
        let paths: Vec<&str> = paths.map(|path| if path.is_empty() { "/" } else { path }).collect();
        let message = format!("{} notes are called \"{}\"", ids.len(), target.path);
        let help = format!("write the path of the one that is meant: {}", paths.join(" or "));
        let others = ids.iter().take(NAMED).map(|id| site.note(*id).source.clone());
        out.push(occurrence.error(&RULE, message).help(help).and_in(others));
    }
}
