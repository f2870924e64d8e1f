//! The two versions of a note, unit by unit.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::placeholders::shown;
use super::recorded::RecordedParts;
use crate::language::Language;
use crate::note::{Note, Origin, version_source};
use crate::parse::units::{MarkText, NoteUnits, TextUnit, UnitForm, units};
use crate::path::SourcePath;
use crate::site::Site;
use crate::source::Sources;

/// A version of a note, with its units.
pub(super) struct VersionUnits<'a> {
    pub(super) note: &'a Note,
    pub(super) text: &'a str,
    pub(super) units: NoteUnits,
}

/// An original and its translation, if there is one.
pub(super) struct NotePair<'a> {
    /// The name of the work: its path below `content/`, without the ending.
    pub(super) name: String,
    pub(super) original: VersionUnits<'a>,
    pub(super) translation: Option<VersionUnits<'a>>,
    /// The path that the translation has, or would have.
    pub(super) path: SourcePath,
    /// The parts of the original, and those that the translation was made from.
    pub(super) parts: RecordedParts<'a>,
}

/// The place of a unit in its note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum UnitPlace {
    /// The text in the front matter with this index.
    Value(usize),
    /// The unit of the text with this index.
    Text(usize),
}

/// A unit of the original, and what stands for it in the translation.
pub(super) struct PairedUnit {
    pub(super) place: UnitPlace,
    /// The context under which catalogs have it.
    pub(super) context: String,
    /// The original as catalogs have it.
    pub(super) source: String,
    /// The index of the unit of the translation.
    pub(super) counterpart: Option<usize>,
    /// The translation as catalogs have it; empty if there is none.
    pub(super) target: String,
    /// True if the original has changed since it was translated, or if it isn't known which unit it belongs to.
    pub(super) is_stale: bool,
    /// The numbers of the marks of the translation.
    pub(super) numbers: Vec<usize>,
}

impl<'a> NotePair<'a> {
    /// Returns the notes that can be translated into a language, in the order of their paths. `is_wanted` is asked for
    /// the name of each.
    pub(super) fn all(
        site: &'a Site,
        sources: &'a Sources,
        language: &Language,
        is_wanted: &dyn Fn(&str, &SourcePath) -> bool,
    ) -> Vec<Self> {
        let works = &site.graph.works;
        let at = site.config.languages.iter().position(|other| other == language);
        let mut pairs = Vec::new();
        for (id, note) in site.notes() {
            let is_original = works.original(id) == id && note.facts.place.language != *language;
            if note.facts.origin != Origin::File || !is_original {
                continue;
            }
            let name = name_of(note);
            if !is_wanted(&name, &note.source) {
                continue;
            }
            let version = at.and_then(|at| works.in_languages(id).get(at).copied().flatten());
            let translation = version.map(|id| site.note(id));
            let translation = translation.filter(|note| note.facts.origin == Origin::File);
            let read = |note: &'a Note| {
                let source = sources.get(&note.source)?;
                let units = units(source, &site.config);
                Some(VersionUnits { note, text: source.text()?, units })
            };
            let Some(original) = read(note) else { continue };
            let translation = translation.and_then(read);
            let path = version_source(&site.config, note, language);
            let parts = RecordedParts::new(
                &site.config,
                note,
                translation.as_ref().map(|version| version.note),
            );
            pairs.push(Self { name, original, translation, path, parts });
        }
        pairs
    }

    /// Returns the units of the original that have words, in their order, each with what stands for it.
    pub(super) fn paired(&self) -> Vec<PairedUnit> {
        let mut all = Vec::new();
        let original = &self.original;
        for (at, value) in original.units.values.iter().enumerate() {
            let values = self.translation.iter().flat_map(|version| &version.units.values);
            let same = values
                .enumerate()
                .find(|(_, other)| other.key == value.key && other.at == value.at);
            all.push(PairedUnit {
                place: UnitPlace::Value(at),
                context: value.key.clone(),
                source: value.text.clone(),
                counterpart: same.map(|(at, _)| at),
                target: same.map_or_else(String::new, |(_, other)| other.text.clone()),
                is_stale: same.is_some() && self.parts.is_changed(value.range.start),
                numbers: Vec::new(),
            });
        }
        let counterparts = self.counterparts();
        for (at, unit) in original.units.texts.iter().enumerate().filter(|(_, unit)| unit.has_words)
        {
            let mut paired = PairedUnit {
                place: UnitPlace::Text(at),
                context: unit
                    .name
                    .as_ref()
                    .map_or_else(|| sort_of(unit), |name| format!("^{name}")),
                source: shown(original.text, unit, &(1..=unit.marks.len()).collect::<Vec<_>>()),
                counterpart: None,
                target: String::new(),
                is_stale: false,
                numbers: Vec::new(),
            };
            if let Some((version, (index, is_stale))) =
                self.translation.as_ref().zip(counterparts[at])
            {
                let own = &version.units.texts[index];
                paired.numbers = numbers(unit, own);
                paired.target = shown(version.text, own, &paired.numbers);
                paired.counterpart = Some(index);
                paired.is_stale = is_stale;
                // One that an import left in the language of the original.
                let lone = format!("<span{}>", original.note.facts.place.language.attributes());
                if own.marks.first().is_some_and(|mark| mark.text.open == lone) {
                    paired.target.clear();
                }
            }
            all.push(paired);
        }
        // Of units that are alike in all else, each has a number.
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for unit in &mut all {
            let count = counts.entry((unit.context.clone(), unit.source.clone())).or_default();
            *count += 1;
            let number = if *count > 1 { format!(" {count}") } else { String::new() };
            unit.context = format!("{}#{}{number}", self.name, unit.context);
        }
        all
    }

    /// Returns, for each unit of the original, the index of the one that stands for it in the translation, and whether
    /// somebody has to look at it.
    fn counterparts(&self) -> Vec<Option<(usize, bool)>> {
        let of = &self.original.units.texts;
        let Some(version) = &self.translation else { return vec![None; of.len()] };
        let own = &version.units.texts;
        let starts =
            |units: &[TextUnit]| units.iter().map(|unit| unit.range.start).collect::<Vec<_>>();
        if let Some(found) = self.parts.pair(&starts(of), &starts(own)) {
            return found;
        }
        let (of, own) = (forms(of), forms(own));
        if of == own {
            let is_stale =
                |at: usize| self.parts.is_changed(self.original.units.texts[at].range.start);
            return (0..of.len()).map(|at| Some((at, is_stale(at)))).collect();
        }
        let mut found = vec![None; of.len()];
        for op in capture_diff_slices(Algorithm::Myers, &of, &own) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                (0..len).for_each(|at| found[old_index + at] = Some((new_index + at, true)));
            }
        }
        found
    }
}

/// Returns the forms of units and of what is around them: two texts with the same forms have the same structure.
pub(super) fn forms(units: &[TextUnit]) -> Vec<(UnitForm, &str)> {
    units.iter().map(|unit| (unit.form, unit.within.as_str())).collect()
}

/// Returns the name of the work of a note.
fn name_of(note: &Note) -> String {
    let path = note.source.in_notes().unwrap_or(note.source.as_str());
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let language = format!(".{}", note.facts.place.language);
    stem.strip_suffix(&language).unwrap_or(stem).to_owned()
}

/// Returns the sort of a unit, in words for translators.
pub(super) fn sort_of(unit: &TextUnit) -> String {
    let sort = match unit.form {
        UnitForm::Heading(_) => "heading",
        UnitForm::Paragraph if unit.within.contains('^') => "footnote",
        UnitForm::Paragraph => "paragraph",
        UnitForm::Entry => "list entry",
        UnitForm::Cell => "table cell",
        UnitForm::Term => "term",
        UnitForm::Definition => "definition",
        UnitForm::CalloutTitle => "callout",
        UnitForm::Html => "HTML",
    };
    sort.to_owned()
}

/// Returns the numbers of the marks of a translation: those of the same marks of the original, and further ones.
fn numbers(original: &TextUnit, translation: &TextUnit) -> Vec<usize> {
    let mut free: Vec<(usize, &MarkText)> =
        original.marks.iter().enumerate().map(|(at, mark)| (at + 1, &mark.text)).collect();
    let mut numbers = vec![None; translation.marks.len()];
    let sort = |mark: &MarkText| mark.key.chars().next();
    // The same marks come first, then those of the same sort.
    for exact in [true, false] {
        let is_same = |a: &MarkText, b: &MarkText| match exact {
            true => a.key == b.key,
            false => sort(a) == sort(b) && a.close.is_some() == b.close.is_some(),
        };
        for (number, mark) in
            numbers.iter_mut().zip(&translation.marks).filter(|(n, _)| n.is_none())
        {
            if let Some(at) = free.iter().position(|(_, other)| is_same(&mark.text, other)) {
                *number = Some(free.remove(at).0);
            }
        }
    }
    let mut next = original.marks.len();
    let further = numbers.into_iter().map(|number| {
        number.unwrap_or_else(|| {
            next += 1;
            next
        })
    });
    further.collect()
}
