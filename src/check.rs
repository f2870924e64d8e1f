//! The rules that a book as a whole must keep, and the levels of all findings. What is wrong within a single
//! note was found when it was parsed.

mod candidates;
mod levels;
mod note_links;
mod occurrences;
mod ring;
pub mod rules;
mod theme;

pub use levels::apply_levels;
pub use note_links::check_links_of;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::note::NoteId;
use crate::path::SourcePath;
use crate::site::Site;
use rules::{BookCheck, CHECKS};

/// A rule looks at the whole book.
pub fn check_facts(site: &Site) -> Vec<Diagnostic> {
    run(site, |check| check.reads_text.is_none())
}

/// Returns what is wrong with the book by the texts of its notes.
pub fn check_texts(site: &Site) -> Vec<Diagnostic> {
    run(site, |check| check.reads_text.is_some())
}

/// Says whether another text of the note at `id` can change the result of [`check_texts`].
pub fn texts_matter(site: &Site, id: NoteId) -> bool {
    let mut reads = CHECKS.iter().filter_map(|check| check.reads_text);
    reads.any(|reads_text| reads_text(site, id))
}

fn run(site: &Site, is_meant: impl Fn(&BookCheck) -> bool) -> Vec<Diagnostic> {
    let is_on = |check: &&BookCheck| {
        is_meant(check) && check.rules.iter().any(|rule| site.config.check.is_on(rule))
    };
    let checks: Vec<&BookCheck> = CHECKS.iter().filter(is_on).collect();
    let found = checks.par_iter().map(|check| {
        let mut out = Vec::new();
        (check.run)(site, &mut out);
        out
    });
    let mut found: Vec<Diagnostic> = found.collect::<Vec<_>>().into_iter().flatten().collect();
    // What is wrong with a text is said once, in the language in which it is written.
    if site.config.languages.len() > 1 {
        let untranslated = site.notes().filter(|(_, n)| n.facts.origin.is_untranslated());
        let repeated: BTreeSet<&SourcePath> = untranslated.map(|(_, note)| &note.source).collect();
        found.retain(|found| !repeated.contains(&found.path));
    }
    found
}
