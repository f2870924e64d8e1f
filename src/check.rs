//! The rules that a book as a whole must keep, and the levels of all findings. What is wrong within a single
//! note was found when it was parsed.

mod candidates;
mod levels;
mod occurrences;
mod ring;
pub mod rules;

pub use levels::apply_levels;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::note::Note;
use crate::site::Site;
use rules::{BookCheck, CHECKS};

/// Returns what is wrong with the book by the facts of its notes. When nothing but texts change, only the
/// places of these findings move.
pub fn check_facts(site: &Site) -> Vec<Diagnostic> {
    run(site, |check| check.reads_text.is_none())
}

/// Returns what is wrong with the book by the texts of its notes.
pub fn check_texts(site: &Site) -> Vec<Diagnostic> {
    run(site, |check| check.reads_text.is_some())
}

/// Says whether another text of this note can change the result of [`check_texts`].
pub fn texts_matter(config: &Config, note: &Note) -> bool {
    let mut reads = CHECKS.iter().filter_map(|check| check.reads_text);
    reads.any(|reads_text| reads_text(config, note))
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
    found.collect::<Vec<_>>().into_iter().flatten().collect()
}
