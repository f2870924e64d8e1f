//! A translation as it is written to its file: a new one, with the structure of its original, or an existing one of which
//! only the units change that have another text.

use std::collections::BTreeMap;

use super::front_matter::{KeyTexts, edited, edits, made};
use super::paired::{NotePair, PairedUnit, UnitPlace, forms, sort_of};
use super::placeholders::{restore, shown};
use super::recorded::ImportedUnits;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, with_edits};
use crate::parse::parse;
use crate::parse::units::{MarkText, TextUnit, UnitForm, units};
use crate::source::Source;
use crate::translation::record_edit;

/// The translations of a note that were accepted.
pub(super) struct Acceptance<'a> {
    pub(super) pair: &'a NotePair<'a>,
    pub(super) units: &'a [PairedUnit],
    /// Returns the translation of a unit.
    pub(super) texts: &'a dyn Fn(&UnitPlace) -> Option<&'a str>,
    /// True if texts may be left in the language of the original.
    pub(super) partial: bool,
}

/// The outcome of an import for one note.
pub(super) enum RenderedNote {
    /// Nothing changes.
    Unchanged,
    /// The file has this text.
    Changed { text: String, taken: usize, remarks: Vec<String> },
    /// Too little is translated.
    Incomplete { translated: usize, of: usize },
}

/// Problems with units.
type UnitProblems = Vec<(UnitPlace, String)>;

/// Returns the file of the translation.
pub(super) fn render(
    accepted: &Acceptance<'_>,
    config: &Config,
) -> Result<RenderedNote, UnitProblems> {
    let (pair, text_of) = (accepted.pair, accepted.texts);
    let is_text = |unit: &&PairedUnit| matches!(unit.place, UnitPlace::Text(_));
    let texts = || accepted.units.iter().filter(is_text);
    let lacks_place =
        |unit: &PairedUnit| unit.counterpart.is_none() && text_of(&unit.place).is_some();
    let is_known = |unit: &PairedUnit| text_of(&unit.place).is_some() || !unit.target.is_empty();
    let (is_new, is_whole) = (pair.translation.is_none(), texts().all(is_known));
    let needs_place = is_new || texts().any(lacks_place);
    let is_rebuilt =
        needs_place || is_whole && accepted.has_other_structure() && pair.parts.is_recorded();
    let mut problems = UnitProblems::new();
    let mut restored: BTreeMap<usize, String> = BTreeMap::new();
    let mut taken = 0;
    for unit in accepted.units {
        let Some(text) = text_of(&unit.place) else { continue };
        let differs = text != unit.target.trim();
        taken += usize::from(differs);
        if let UnitPlace::Text(at) = unit.place
            && (differs || unit.counterpart.is_none())
        {
            match accepted.restored(unit, at, text, is_rebuilt) {
                Ok(text) => drop(restored.insert(at, text)),
                Err(message) => problems.push((unit.place, message)),
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let is_confirmed = |unit: &PairedUnit| unit.is_stale && text_of(&unit.place).is_some();
    if taken == 0 && !accepted.units.iter().any(is_confirmed) {
        return Ok(RenderedNote::Unchanged);
    }
    let has_title =
        accepted.units.iter().all(|unit| is_known(unit) || !unit.context.ends_with("#title"));
    let is_short =
        if is_new { !accepted.units.iter().all(is_known) } else { needs_place && !is_whole };
    if is_short && (!accepted.partial || !has_title) {
        let translated = accepted.units.iter().filter(|unit| is_known(unit)).count();
        return Ok(RenderedNote::Incomplete { translated, of: accepted.units.len() });
    }
    let values = accepted.key_texts();
    let mut remarks = Vec::new();
    let (text, wanted, expected) = match &pair.translation {
        Some(version) if !is_rebuilt => {
            let mut changes = edits(version.text, &version.units, &values);
            let wanted: BTreeMap<usize, String> = texts()
                .filter_map(|unit| {
                    let UnitPlace::Text(at) = unit.place else { return None };
                    Some((unit.counterpart?, restored.get(&at)?.clone()))
                })
                .collect();
            let range = |at: &usize| version.units.texts[*at].range.clone();
            changes.extend(wanted.iter().map(|(at, text)| (range(at), text.clone())));
            (edited(version.text, changes), wanted, &version.units.texts)
        }
        version => {
            let front_matter = match version {
                Some(version) => {
                    let changes = edits(version.text, &version.units, &values);
                    edited(&version.text[..version.units.body], changes)
                }
                None => made(&values, pair.original.units.notation),
            };
            remarks.extend(accepted.dropped());
            let (body, wanted) = accepted.body(&restored);
            (front_matter + &body, wanted, &pair.original.units.texts)
        }
    };
    let text = accepted.recorded(text, config, is_rebuilt);
    let place = |at: usize| match is_rebuilt {
        true => UnitPlace::Text(at),
        false => texts()
            .find(|unit| unit.counterpart == Some(at))
            .map_or(UnitPlace::Text(at), |unit| unit.place),
    };
    verify(accepted, config, &text, &wanted, expected)
        .map_err(|(at, why)| vec![(place(at), why)])?;
    Ok(RenderedNote::Changed { text, taken, remarks })
}

/// Checks that a file is read as it is meant: with the structure that it should have, and these texts in its units.
fn verify(
    accepted: &Acceptance<'_>,
    config: &Config,
    text: &str,
    wanted: &BTreeMap<usize, String>,
    expected: &[TextUnit],
) -> Result<(), (usize, String)> {
    let source = |text: &str| Source::new(accepted.pair.path.clone(), text.as_bytes().to_vec());
    let read = units(&source(text), config);
    let (found, meant) = (forms(&read.texts), forms(expected));
    let is_meant = |at: &usize| {
        let is_text = |unit: &TextUnit| {
            wanted.get(at).is_none_or(|wanted| *wanted == text[unit.range.clone()])
        };
        found.get(*at) == Some(&meant[*at]) && is_text(&read.texts[*at])
    };
    let first = (0..meant.len()).find(|at| !is_meant(at));
    if first.is_none() && found.len() == meant.len() {
        // Other mistakes, such as a comment that does not end, would stop the build.
        let errors = |text: &str| {
            let found = parse(&source(text), config, false).diagnostics.into_iter();
            found.filter(Diagnostic::is_error).collect::<Vec<_>>()
        };
        let before = accepted.pair.translation.as_ref().unwrap_or(&accepted.pair.original);
        let known = errors(before.text);
        let is_new =
            |error: &Diagnostic| known.iter().all(|known| known.rule.name != error.rule.name);
        let Some(error) = errors(text).into_iter().find(is_new) else { return Ok(()) };
        let at = error.span.start as usize;
        let unit = read.texts.iter().rposition(|unit| unit.range.start <= at);
        return Err((unit.unwrap_or_default(), error.message.into()));
    }
    // The unit that breaks the structure is this one, or the last before it that was changed.
    let first = first.unwrap_or(meant.len());
    let at = wanted.range(..=first).next_back().map_or(first, |(at, _)| *at);
    let sort = expected.get(at).map_or_else(|| "unit".to_owned(), sort_of);
    Err((at, format!("it would not be read as the text of one {sort}: {STRUCTURE}")))
}

const STRUCTURE: &str = "signs at the beginning of a line, such as #, -, > or \"1.\", make a heading, a list or a \
                         quotation; write a backslash before such a sign that is just text (\\#, 1\\.), and take out \
                         empty lines";

impl Acceptance<'_> {
    /// Returns the Markdown of a translation of the unit `at` of the original.
    fn restored(
        &self,
        unit: &PairedUnit,
        at: usize,
        text: &str,
        is_rebuilt: bool,
    ) -> Result<String, String> {
        let original = &self.pair.original.units.texts[at];
        let own = self.pair.translation.as_ref().zip(unit.counterpart);
        let own = own.map(|(version, own)| &version.units.texts[own]);
        let is_translated = !unit.target.is_empty();
        let mut marks: BTreeMap<usize, MarkText> = BTreeMap::new();
        let mut needed = Vec::new();
        for (number, mark) in (1..).zip(&original.marks) {
            marks.insert(number, mark.text.clone());
            // What the translation did without so far is not asked for.
            let is_left_out = is_translated && !unit.numbers.contains(&number);
            if !mark.text.is_hidden && !is_left_out {
                needed.push(number);
            }
        }
        if let Some(own) = own.filter(|_| is_translated) {
            marks.extend(
                unit.numbers.iter().copied().zip(own.marks.iter().map(|mark| mark.text.clone())),
            );
        }
        let stands = own.filter(|_| !is_rebuilt).unwrap_or(original);
        restore(text, &marks, &needed, stands).map_err(|problem| problem.to_string())
    }

    /// Returns whether the translation has other units than the original, or has them in another order.
    fn has_other_structure(&self) -> bool {
        let Some(version) = &self.pair.translation else { return true };
        let units = self.units.iter().filter(|unit| matches!(unit.place, UnitPlace::Text(_)));
        let counterparts: Vec<usize> = units.filter_map(|unit| unit.counterpart).collect();
        !counterparts.is_sorted()
            || forms(&version.units.texts) != forms(&self.pair.original.units.texts)
    }

    /// Returns the texts of the front matter, by key.
    fn key_texts(&self) -> Vec<KeyTexts> {
        let mut keys: Vec<KeyTexts> = Vec::new();
        for unit in self.units {
            let UnitPlace::Value(at) = unit.place else { continue };
            let value = &self.pair.original.units.values[at];
            let own = Some(unit.target.as_str()).filter(|target| !target.is_empty());
            let text = (self.texts)(&unit.place).or(own).map(str::to_owned);
            match keys.last_mut().filter(|last| last.key == value.key) {
                Some(last) => last.texts.push(text),
                None => keys.push(KeyTexts {
                    key: value.key.clone(),
                    texts: vec![text],
                    is_list: value.at.is_some(),
                }),
            }
        }
        keys
    }

    /// Returns the text below the front matter with the structure of the original, and the text of each unit.
    fn body(&self, restored: &BTreeMap<usize, String>) -> (String, BTreeMap<usize, String>) {
        let original = &self.pair.original;
        let attributes = original.note.facts.place.language.attributes();
        let (mut changes, mut wanted) = (Vec::new(), BTreeMap::new());
        for unit in self.units {
            let UnitPlace::Text(at) = unit.place else { continue };
            let of = &original.units.texts[at];
            let written = &original.text[of.range.clone()];
            let text = match (restored.get(&at), &self.pair.translation, unit.counterpart) {
                (Some(text), ..) => text.clone(),
                (None, Some(version), Some(own)) if !unit.target.is_empty() => {
                    let own = &version.units.texts[own];
                    let marks =
                        unit.numbers.iter().copied().zip(own.marks.iter().map(|m| m.text.clone()));
                    let text = shown(version.text, own, &unit.numbers);
                    let text = restore(&text, &marks.collect(), &[], of);
                    text.unwrap_or_else(|_| version.text[own.range.clone()].to_owned())
                }
                _ if of.form == UnitForm::Html => written.to_owned(),
                _ => format!("<span{attributes}>{written}</span>"),
            };
            changes.push((of.range.clone(), text.clone()));
            wanted.insert(at, text);
        }
        let changed = edited(original.text, changes);
        (changed[original.units.body..].to_owned(), wanted)
    }

    /// Returns remarks about the units of the translation that its original no longer has.
    fn dropped(&self) -> Option<String> {
        let version = self.pair.translation.as_ref()?;
        let is_kept = |at: usize| {
            self.units.iter().any(|unit| {
                unit.counterpart == Some(at) && matches!(unit.place, UnitPlace::Text(_))
            })
        };
        let line = |at: usize| {
            version.text[..version.units.texts[at].range.start].matches('\n').count() + 1
        };
        let units = version.units.texts.iter().enumerate().filter(|(_, unit)| unit.has_words);
        let lines: Vec<String> =
            units.filter(|(at, _)| !is_kept(*at)).map(|(at, _)| line(at).to_string()).collect();
        (!lines.is_empty()).then(|| {
            format!(
                "texts that the original no longer has were taken out: line {}",
                lines.join(", ")
            )
        })
    }

    /// Returns the text of a translation with the record of the parts that it is made from.
    fn recorded(&self, text: String, config: &Config, is_rebuilt: bool) -> String {
        let start = |unit: &PairedUnit| match unit.place {
            UnitPlace::Value(at) => self.pair.original.units.values[at].range.start,
            UnitPlace::Text(at) => self.pair.original.units.texts[at].range.start,
        };
        // What was left in the language of the original is that of today.
        let is_today = |unit: &&PairedUnit| {
            (self.texts)(&unit.place).is_some() || is_rebuilt && unit.target.is_empty()
        };
        let (accepted, open): (Vec<_>, Vec<_>) = self.units.iter().partition(is_today);
        let starts = |units: Vec<&PairedUnit>| units.into_iter().map(start).collect::<Vec<_>>();
        let units = ImportedUnits { accepted: starts(accepted), open: starts(open), is_rebuilt };
        let record = self.pair.parts.after(&units, self.pair.translation.is_none());
        let source = Source::new(self.pair.path.clone(), text.as_bytes().to_vec());
        let edit = record
            .and_then(|record| record_edit(&text, &parse(&source, config, false).spans, &record));
        edit.and_then(|edit| with_edits(&text, [&edit])).unwrap_or(text)
    }
}
