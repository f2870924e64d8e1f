//! Notes of a book → catalogs for translators.

use std::collections::BTreeMap;

use super::catalog::{Catalog, CatalogEntry};
use super::paired::{NotePair, PairedUnit, UnitPlace};
use crate::language::Language;
use crate::path::SourcePath;
use crate::site::Site;
use crate::source::Sources;

/// The most pairs of texts of a note that are compared to find the one that was changed.
const MOST_PAIRS: usize = 10_000;

/// The least likeness of two states of a text, from 0 to 1.
const LEAST_ALIKE: f64 = 0.6;

/// The texts that are asked for.
pub struct ExportSelection<'a> {
    /// The language of the translations.
    pub language: &'a Language,
    /// True for texts without a translation.
    pub missing: bool,
    /// True for texts whose original has changed since they were translated.
    pub stale: bool,
    /// True for all others.
    pub current: bool,
    /// Says for a file whether it is asked for.
    pub is_wanted: &'a dyn Fn(&SourcePath) -> bool,
    /// An earlier file, whose translations are kept if the book does not have them.
    pub previous: Option<&'a Catalog>,
}

/// The texts of one note.
pub struct NoteCatalog {
    /// The name of the note: its path below `content/`, without the ending.
    pub name: String,
    /// The texts.
    pub entries: Vec<CatalogEntry>,
}

/// Returns the texts that are asked for, by note, in the order of their paths.
pub fn export(site: &Site, sources: &Sources, selection: &ExportSelection<'_>) -> Vec<NoteCatalog> {
    let is_wanted = |_: &str, path: &SourcePath| (selection.is_wanted)(path);
    let earlier = EarlierEntries::new(selection.previous);
    let pairs = NotePair::all(site, sources, selection.language, &is_wanted);
    let entries = |pair: &NotePair<'_>| {
        let units = pair.paired();
        let mut entries: Vec<CatalogEntry> = units.iter().map(|unit| entry(pair, unit)).collect();
        earlier.complete(&pair.name, &mut entries);
        let is_asked_for = |entry: &CatalogEntry| match (entry.target.is_empty(), entry.is_fuzzy) {
            (true, _) => selection.missing,
            (false, true) => selection.stale,
            (false, false) => selection.current,
        };
        entries.retain(is_asked_for);
        NoteCatalog { name: pair.name.clone(), entries }
    };
    pairs.iter().map(entries).filter(|note| !note.entries.is_empty()).collect()
}

fn entry(pair: &NotePair<'_>, unit: &PairedUnit) -> CatalogEntry {
    let mut remarks = Vec::new();
    if let UnitPlace::Text(at) = unit.place {
        let marks = pair.original.units.texts[at].marks.iter().enumerate();
        let lone = marks.filter(|(_, mark)| mark.close.is_none());
        remarks.extend(lone.map(|(at, mark)| format!("{{{}}} is {}", at + 1, mark.text.open)));
    }
    CatalogEntry {
        context: unit.context.clone(),
        source: unit.source.clone(),
        target: unit.target.clone(),
        is_fuzzy: unit.is_stale,
        remarks,
        ..CatalogEntry::default()
    }
}

/// The entries of an earlier file.
struct EarlierEntries<'a> {
    /// By note.
    by_note: BTreeMap<&'a str, Vec<&'a CatalogEntry>>,
}

impl<'a> EarlierEntries<'a> {
    fn new(catalog: Option<&'a Catalog>) -> Self {
        let mut by_note: BTreeMap<&str, Vec<&CatalogEntry>> = BTreeMap::new();
        for entry in catalog.iter().flat_map(|catalog| &catalog.entries) {
            let note = entry.context.rsplit_once('#').map_or("", |(note, _)| note);
            by_note.entry(note).or_default().push(entry);
        }
        Self { by_note }
    }

    /// Adds the translations of a note that the book does not have, and the earlier originals of those whose original has
    /// changed.
    fn complete(&self, note: &str, entries: &mut [CatalogEntry]) {
        let Some(earlier) = self.by_note.get(note) else { return };
        let key = |entry: &CatalogEntry| (entry.context.clone(), entry.source.clone());
        let by_key: BTreeMap<_, _> = earlier.iter().map(|entry| (key(entry), *entry)).collect();
        for entry in entries.iter_mut().filter(|entry| entry.target.is_empty()) {
            if let Some(same) = by_key.get(&key(entry)) {
                entry.target.clone_from(&same.target);
                entry.is_fuzzy = same.is_fuzzy;
                entry.previous.clone_from(&same.previous);
            }
        }
        let is_there: BTreeMap<_, _> = entries.iter().map(|entry| (key(entry), ())).collect();
        let mut gone: Vec<&CatalogEntry> = earlier
            .iter()
            .copied()
            .filter(|entry| !entry.target.is_empty() && !is_there.contains_key(&key(entry)))
            .collect();
        let mut open: Vec<&mut CatalogEntry> = entries
            .iter_mut()
            .filter(|entry| entry.previous.is_none() && (entry.is_fuzzy || entry.target.is_empty()))
            .collect();
        // The translation that stands in the book is that of the text beside which it stands in the file.
        for entry in &mut open {
            let same =
                |gone: &&CatalogEntry| !entry.target.is_empty() && gone.target == entry.target;
            if let Some(at) = gone.iter().position(same) {
                entry.previous = Some(gone.remove(at).source.clone());
            }
        }
        if open.len() * gone.len() > MOST_PAIRS {
            return;
        }
        for entry in open.into_iter().filter(|entry| entry.target.is_empty()) {
            let alike = |gone: &&CatalogEntry| {
                let is_same_sort = sort(&gone.context) == sort(&entry.context);
                let ratio = rapidfuzz::fuzz::ratio(gone.source.chars(), entry.source.chars());
                (is_same_sort && ratio >= LEAST_ALIKE).then_some((ratio * 1000.0) as u32)
            };
            let best = gone.iter().enumerate().filter_map(|(at, gone)| Some((alike(gone)?, at)));
            if let Some((_, at)) = best.max_by_key(|(ratio, at)| (*ratio, std::cmp::Reverse(*at))) {
                let gone = gone.remove(at);
                entry.target.clone_from(&gone.target);
                entry.previous = Some(gone.source.clone());
                entry.is_fuzzy = true;
            }
        }
    }
}

/// Returns the sort of the part that a context names, without its number.
fn sort(context: &str) -> &str {
    let sort = context.rsplit_once('#').map_or(context, |(_, sort)| sort);
    sort.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()
}
