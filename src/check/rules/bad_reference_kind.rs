//! The rule `bad-reference-kind`.

use std::cell::LazyCell;

use super::broken_link::kinds_of;
use crate::check::candidates::NamesByKind;
use crate::check::occurrences::occurrences;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::graph::Resolution;
use crate::nearest::SUGGESTED;
use crate::site::Site;

/// A field names a note of a kind that it does not take.
pub const RULE: Rule = Rule {
    name: "bad-reference-kind",
    summary: "A field names a note of a kind that it does not take.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A field that names a note of a kind that the field does not take.

## Why it matters

The note would be missing from the lists where readers look for it.

## What to do

Name a note of the right kind, or use the field that takes this kind.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let candidates = LazyCell::new(|| NamesByKind::new(site));
    let mut count = 0;
    for occurrence in occurrences(site, |resolution| matches!(resolution, Resolution::WrongKind(_)))
    {
        let Resolution::WrongKind(id) = occurrence.resolution else { continue };
        let found = site.note(id);
        let message = format!(
            "\"{}\" is a note of the kind \"{}\", which this field does not take",
            occurrence.target.path, found.facts.card.kind
        );
        let help = format!("the note is {}", found.source);
        let error = occurrence.error(&RULE, message).help(help);
        count += 1;
        let kinds = if count <= SUGGESTED { kinds_of(site, &occurrence) } else { &[] };
        out.push(candidates.listed(kinds, false).into_iter().fold(error, Diagnostic::help));
    }
}
