//! The level of each finding: what the book sets in `[check]`, and what its notes are exceptions from.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::unused_exception;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule};
use crate::note::Note;
use crate::parse::rules::missing_field;
use crate::path::SourcePath;
use crate::table::rules::value_not_in_list;
use crate::table::rules::{bad_date, bad_value, unknown_key};

/// The rules that the reader of settings finds broken in notes and in the configuration alike.
static OF_SETTINGS: &[&Rule] = &[
    &bad_date::RULE,
    &bad_value::RULE,
    &missing_field::RULE,
    &unknown_key::RULE,
    &value_not_in_list::RULE,
];

/// Gives each finding the level that the book sets, drops those that are off or excepted by a note, and reports
/// the exceptions of `notes` that nothing needs. `notes` are in the order of their paths, and hold every note
/// of which something was found. `originals` are those of the notes that are translations: their exceptions hold for
/// all versions.
pub fn apply_levels(
    config: &Config,
    notes: &[&Note],
    originals: &BTreeMap<&SourcePath, &SourcePath>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let at = |path: &SourcePath| notes.binary_search_by(|note| note.source.cmp(path)).ok();
    // By the index of the note.
    let excepted: BTreeSet<(usize, &Rule)> = (0..)
        .zip(notes)
        .flat_map(|(at, note)| note.exceptions.iter().map(move |exception| (at, exception.rule)))
        .collect();
    let mut used: BTreeSet<(usize, &Rule)> = BTreeSet::new();
    diagnostics.retain_mut(|diagnostic| {
        let rule = diagnostic.rule;
        // A setting of the configuration must be read as it is meant.
        let is_of_config =
            || diagnostic.path.as_str() == config.path && OF_SETTINGS.contains(&rule);
        if !rule.is_settable() || is_of_config() {
            return true;
        }
        let own = at(&diagnostic.path);
        let level = config.check.level(rule, own.map(|at| notes[at].facts.kind));
        let Some(severity) = level.severity() else { return false };
        diagnostic.severity = severity;
        let original = || at(originals.get(&diagnostic.path)?);
        let exception = own.map(|at| (at, rule)).filter(|own| excepted.contains(own));
        let exception = exception.or_else(|| {
            original().map(|at| (at, rule)).filter(|original| excepted.contains(original))
        });
        used.extend(exception);
        exception.is_none()
    });
    for (at, note) in notes.iter().enumerate() {
        for exception in note.exceptions.iter().filter(|e| !used.contains(&(at, e.rule))) {
            diagnostics.extend(unused_exception::finding(config, note, exception));
        }
    }
}
