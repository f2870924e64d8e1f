//! Changes of originals that translations take up: what they record from then on.

use std::collections::BTreeSet;

use super::alignment::PartFate;
use super::{accepted, compare, part_names, record_of};
use crate::config::FieldConfig;
use crate::note::{Note, Part, RecordedPart};

/// The word for all parts that an original no longer has.
const GONE: &str = "gone";

/// A translation with what it records from now on.
pub struct NewRecord<'a> {
    /// The translation.
    pub translation: &'a Note,
    /// The record.
    pub record: Vec<RecordedPart>,
}

/// Returns what a translation records after it took up the changes of the `wanted` parts of its original; all, if none is
/// named. An error says in a sentence why it can't.
pub fn accept<'a>(
    fields: &[FieldConfig],
    original: &Note,
    translation: &'a Note,
    wanted: &[String],
) -> Result<NewRecord<'a>, String> {
    let record = match (translation.facts.recorded.as_deref(), wanted) {
        (_, []) => record_of(fields, &original.parts),
        (None, _) => {
            let path = &translation.source;
            return Err(format!("{path} has recorded no part yet: accept it without naming any"));
        }
        (Some(recorded), _) => {
            let (parts, gone) = indexes(fields, original, wanted)?;
            let is_taken = |part: Option<usize>| part.map_or(gone, |part| parts.contains(&part));
            accepted(fields, &original.parts, recorded, &is_taken)
        }
    };
    Ok(NewRecord { translation, record })
}

/// Returns what translations record after an unimportant change of some parts of their original: those `wanted`, or the
/// only one that has changed. A translation that was behind in such a part before stays so. `was` is the original before
/// the change, if it is known. An error says in a sentence why it can't be told.
pub fn accept_minor<'a>(
    fields: &[FieldConfig],
    original: &Note,
    translations: &[&'a Note],
    wanted: &[String],
    was: Option<&Note>,
) -> Result<Vec<NewRecord<'a>>, String> {
    let (wanted, _) = indexes(fields, original, wanted)?;
    let compared: Vec<ComparedTranslation<'_>> = translations
        .iter()
        .filter_map(|note| ComparedTranslation::new(fields, original, note))
        .collect();
    let names = part_names(fields, &original.parts);
    // By part: what stood in its place before the change.
    let before = was.map(|was| {
        let record = record_of(fields, &was.parts);
        replaced(fields, original, &record)
    });
    let is_candidate = |at: &usize| match &before {
        Some(before) => before[*at].is_some(),
        // Where one translation follows the text of today, that text is no change of this moment.
        None => compared.iter().all(|other| other.changed[*at].is_some()),
    };
    let mut parts: Vec<usize> = (0..original.parts.len()).filter(is_candidate).collect();
    if compared.is_empty() || parts.is_empty() {
        return Err(format!("no part of {} has changed since it was translated", original.source));
    }
    if !wanted.is_empty() {
        if let Some(other) = wanted.iter().find(|at| !parts.contains(at)) {
            let name = &names[*other];
            return Err(format!("{name} has not changed in {}", original.source));
        }
        parts.retain(|at| wanted.contains(at));
    } else if before.is_none() && parts.len() > 1 {
        let named: Vec<String> =
            parts.iter().map(|at| named(&names, &original.parts, *at)).collect();
        return Err(format!(
            "{} has changed in {}: name the parts of which the change is minor",
            original.source,
            named.join(", ")
        ));
    }
    let mut taken: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); compared.len()];
    for at in parts {
        let mut known = before.as_ref().and_then(|before| before[at].as_ref());
        for (other, taken) in compared.iter().zip(&mut taken) {
            let Some(recorded) = &other.changed[at] else { continue };
            if *known.get_or_insert(recorded) == recorded {
                taken.insert(at);
            } else if before.is_none() {
                return Err(format!(
                    "the translations of {} were made of different texts of {}: accept each by its own path, or give \
                     the original as it was before the change (--was)",
                    original.source,
                    named(&names, &original.parts, at)
                ));
            }
        }
    }
    let with_changes = compared.iter().zip(&taken).filter(|(_, taken)| !taken.is_empty());
    let record = |(other, taken): (&ComparedTranslation<'a>, &BTreeSet<usize>)| {
        let is_taken = |part: Option<usize>| part.is_some_and(|part| taken.contains(&part));
        let record = accepted(fields, &original.parts, other.recorded, &is_taken);
        NewRecord { translation: other.note, record }
    };
    Ok(with_changes.map(record).collect())
}

/// A translation that recorded its original.
struct ComparedTranslation<'a> {
    note: &'a Note,
    recorded: &'a [RecordedPart],
    /// By part of the original: what was recorded in its place, if it has changed since.
    changed: Vec<Option<RecordedPart>>,
}

impl<'a> ComparedTranslation<'a> {
    fn new(fields: &[FieldConfig], original: &Note, note: &'a Note) -> Option<Self> {
        let recorded = note.facts.recorded.as_deref()?;
        let changed = replaced(fields, original, recorded);
        Some(Self { note, recorded, changed })
    }
}

/// Returns, by part of the original, what was recorded in its place, if it has changed since.
fn replaced(
    fields: &[FieldConfig],
    original: &Note,
    recorded: &[RecordedPart],
) -> Vec<Option<RecordedPart>> {
    let mut replaced = vec![None; original.parts.len()];
    for part in compare(fields, &original.parts, recorded) {
        let pair = part.now.zip(part.before).filter(|_| part.fate == PartFate::Changed);
        if let Some((now, before)) = pair {
            replaced[now as usize] = Some(recorded[before as usize].clone());
        }
    }
    replaced
}

/// Returns the name of a part with its line.
fn named(names: &[String], parts: &[Part], at: usize) -> String {
    format!("{} (line {})", names[at], parts[at].line)
}

/// Returns the parts of an original that people name, as indexes, and whether they name those that are gone.
fn indexes(
    fields: &[FieldConfig],
    original: &Note,
    wanted: &[String],
) -> Result<(BTreeSet<usize>, bool), String> {
    let names = part_names(fields, &original.parts);
    let (mut found, mut gone) = (BTreeSet::new(), false);
    for name in wanted {
        let name = name.trim_start_matches('¶').trim();
        let places = (0..names.len()).filter(|at| names[*at] == name);
        let before = found.len();
        found.extend(places);
        if name == GONE {
            gone = true;
        } else if found.len() == before && !names.iter().any(|known| known == name) {
            let paragraphs =
                original.parts.iter().filter(|p| p.place.is_block() && !p.is_heading());
            return Err(format!(
                "{} has no part \"{name}\": a part is a number from 1 to {}, h1 for the first heading, a key such as \
                 title, or {GONE}",
                original.source,
                paragraphs.count()
            ));
        }
    }
    Ok((found, gone))
}
