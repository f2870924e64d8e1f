//! Catalogs as translators return them → changes of the notes of a book.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::catalog::{Catalog, CatalogEntry};
use super::paired::{NotePair, PairedUnit, UnitPlace};
use super::rendered::{Acceptance, RenderedNote, render};
use crate::language::Language;
use crate::path::SourcePath;
use crate::site::Site;
use crate::source::Sources;

/// A catalog that was read from a file.
pub struct ReadCatalog {
    /// The name of the file, for messages.
    pub file: String,
    /// The content.
    pub catalog: Catalog,
}

/// A note that an import changes or makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedNote {
    /// The file.
    pub path: SourcePath,
    /// The text as it was read; none for a new file.
    pub before: Option<String>,
    /// The new text.
    pub after: String,
    /// The number of texts that were taken from the catalogs.
    pub taken: usize,
}

/// The outcome of an import.
#[derive(Debug, Default)]
pub struct ImportOutcome {
    /// The notes to write.
    pub changes: Vec<ImportedNote>,
    /// Remarks for the translator, such as a note that was left out.
    pub remarks: Vec<String>,
}

/// A reason why nothing is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// The file.
    pub file: String,
    /// The line of the entry, from one.
    pub line: usize,
    /// The context of the entry.
    pub context: String,
    /// The problem, and what to do.
    pub message: String,
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.context, self.message)
    }
}

/// The accepted translations of a note, each with the entry that has it.
type Accepted<'c> = BTreeMap<UnitPlace, (&'c ReadCatalog, &'c CatalogEntry)>;

/// Returns the changes that the translations in some catalogs make. Entries without a translation, and those that are
/// marked as fuzzy, change nothing. A note is made only if all of it is translated, or if it may be `partial`.
pub fn import(
    site: &Site,
    sources: &Sources,
    language: &Language,
    catalogs: &[ReadCatalog],
    partial: bool,
) -> Result<ImportOutcome, Vec<ImportProblem>> {
    let mut by_note: BTreeMap<&str, Vec<(&ReadCatalog, &CatalogEntry)>> = BTreeMap::new();
    for read in catalogs {
        for entry in &read.catalog.entries {
            let note = entry.context.rsplit_once('#').map_or("", |(note, _)| note);
            by_note.entry(note).or_default().push((read, entry));
        }
    }
    let is_wanted = |name: &str, _: &SourcePath| by_note.contains_key(name);
    let pairs = NotePair::all(site, sources, language, &is_wanted);
    let known: BTreeSet<&str> = pairs.iter().map(|pair| pair.name.as_str()).collect();
    let mut problems = Vec::new();
    for (name, entries) in by_note.iter().filter(|(name, _)| !known.contains(*name)) {
        let message = if name.is_empty() {
            "the context of this text doesn't name a note; keep the contexts (msgctxt) as they were exported".to_owned()
        } else {
            format!(
                "no note called {name} can be translated into {language}; was it renamed? Export again"
            )
        };
        problems.extend(entries.first().map(|(read, entry)| problem(read, entry, message)));
    }
    let mut outcome = ImportOutcome::default();
    for pair in &pairs {
        let units = pair.paired();
        let accepted = accepted(&units, &by_note[pair.name.as_str()], &mut problems);
        if accepted.is_empty() {
            continue;
        }
        let texts = |place: &UnitPlace| accepted.get(place).map(|(_, entry)| entry.target.trim());
        let acceptance = Acceptance { pair, units: &units, texts: &texts, partial };
        match render(&acceptance, &site.config) {
            Ok(RenderedNote::Unchanged) => {}
            Ok(RenderedNote::Changed { text, taken, remarks }) => {
                let before = pair.translation.as_ref().map(|version| version.text.to_owned());
                let path = pair.path.clone();
                outcome.changes.push(ImportedNote { path, before, after: text, taken });
                let named = remarks.into_iter().map(|remark| format!("{}: {remark}", pair.path));
                outcome.remarks.extend(named);
            }
            Ok(RenderedNote::Incomplete { translated, of }) => outcome.remarks.push(format!(
                "{} was left out: {translated} of its {of} texts are translated; translate the rest, or import with \
                 --partial, which leaves the rest in the language of the original and marks it",
                pair.path
            )),
            Err(found) => problems.extend(found.into_iter().map(|(place, message)| {
                let (read, entry) = accepted.get(&place).or(accepted.values().next()).expect("not empty");
                problem(read, entry, message)
            })),
        }
    }
    if problems.is_empty() { Ok(outcome) } else { Err(problems) }
}

fn problem(read: &ReadCatalog, entry: &CatalogEntry, message: impl Into<String>) -> ImportProblem {
    ImportProblem {
        file: read.file.clone(),
        line: entry.line,
        context: entry.context.clone(),
        message: message.into(),
    }
}

/// Returns the entries that translate a unit of a note, by unit, and reports those that should and don't.
fn accepted<'c>(
    units: &[PairedUnit],
    entries: &[(&'c ReadCatalog, &'c CatalogEntry)],
    problems: &mut Vec<ImportProblem>,
) -> Accepted<'c> {
    let places: BTreeMap<(&str, &str), UnitPlace> = units
        .iter()
        .map(|unit| ((unit.context.as_str(), unit.source.as_str()), unit.place))
        .collect();
    let mut accepted = Accepted::new();
    for (read, entry) in entries {
        if entry.is_fuzzy || entry.target.trim().is_empty() {
            continue;
        }
        let key = (entry.context.as_str(), entry.source.as_str());
        let message = match places.get(&key) {
            None => {
                "the original of this text has changed since it was exported; export again with --previous and this \
                 file, which keeps the translations, and look at those that are marked as fuzzy"
            }
            Some(_)
                if entry.target.contains(|c: char| c.is_control() && c != '\n' && c != '\t') =>
            {
                "the translation has a control character; take it out"
            }
            Some(place) => match accepted.insert(*place, (read, entry)) {
                Some((_, other)) if other.target != entry.target => {
                    "this text has two translations; keep one of them"
                }
                _ => continue,
            },
        };
        problems.push(problem(read, entry, message));
    }
    accepted
}
