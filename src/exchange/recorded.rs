//! The parts of an original, compared with those that its translation records as what it was made from.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::config::note_keys::TITLE;
use crate::config::{Config, FieldConfig};
use crate::note::{Note, Part, PartHash, PartPlace, RecordedPart};
use crate::translation::{PartFate, accepted, compare, record_of};

/// The parts of an original, and those that a translation was made from.
pub(super) struct RecordedParts<'a> {
    fields: &'a [FieldConfig],
    original: &'a [Part],
    /// The indexes of the parts of the original, by where they begin in the file.
    by_start: BTreeMap<usize, usize>,
    /// The record of the translation, if it has one.
    record: Option<&'a [RecordedPart]>,
    /// By part of the original: the index of the recorded part that it was, and its fate.
    before: Vec<(Option<usize>, PartFate)>,
    /// The blocks of the translation in its file, if it has as many as it records.
    own_blocks: Vec<Range<usize>>,
    /// The title of the translation in its file, which may be a heading of the text.
    own_title: Option<Range<usize>>,
}

/// The units of a note after an import, by where they begin in the file of the original.
pub(super) struct ImportedUnits {
    /// Those that render the original as it is today.
    pub(super) accepted: Vec<usize>,
    /// The others.
    pub(super) open: Vec<usize>,
    /// True if the text of the translation was made anew, with the structure of the original.
    pub(super) is_rebuilt: bool,
}

impl<'a> RecordedParts<'a> {
    pub(super) fn new(
        config: &'a Config,
        original: &'a Note,
        translation: Option<&'a Note>,
    ) -> Self {
        let (fields, parts) = (&config.kind(original.facts.kind).fields, &original.parts[..]);
        let record = translation.and_then(|note| note.facts.recorded.as_deref());
        let mut before = vec![(None, PartFate::New); parts.len()];
        for part in record.iter().flat_map(|record| compare(fields, parts, record)) {
            if let Some(now) = part.now {
                before[now as usize] = (part.before.map(|at| at as usize), part.fate);
            }
        }
        let start = |(at, part): (usize, &Part)| (part.span.start as usize, at);
        let own = translation.map_or(&[][..], |note| &note.parts).iter();
        let title = own.clone().find(|part| part.place == PartPlace::Title);
        let own_title = title.map(|part| part.span.start as usize..part.span.end as usize);
        let own = own.filter(|part| part.place.is_block());
        let own = own.map(|part| part.span.start as usize..part.span.end as usize);
        let own: Vec<Range<usize>> = own.collect();
        let n_blocks = record.map(|record| record.iter().filter(|part| part.key.is_none()).count());
        Self {
            fields,
            original: parts,
            by_start: parts.iter().enumerate().map(start).collect(),
            record,
            before,
            own_blocks: if n_blocks == Some(own.len()) { own } else { Vec::new() },
            own_title,
        }
    }

    /// Returns whether the translation records what it was made from.
    pub(super) fn is_recorded(&self) -> bool {
        self.record.is_some()
    }

    /// Returns the index of the part around a place in the file of the original.
    fn part_at(&self, at: usize) -> Option<usize> {
        let (_, part) = self.by_start.range(..=at).next_back()?;
        (at <= self.original[*part].span.end as usize).then_some(*part)
    }

    /// Returns whether the part of the original around a place of its file has changed since it was translated.
    pub(super) fn is_changed(&self, at: usize) -> bool {
        let is_changed =
            |part: usize| matches!(self.before[part].1, PartFate::Changed | PartFate::New);
        self.is_recorded() && self.part_at(at).is_some_and(is_changed)
    }

    /// Pairs the units of both texts, which begin at these places: for each of the original the index of the other, and
    /// whether somebody has to look at it. Returns none if it isn't recorded which parts the translation renders.
    pub(super) fn pair(
        &self,
        original: &[usize],
        translation: &[usize],
    ) -> Option<Vec<Option<(usize, bool)>>> {
        let record = self.record.filter(|_| !self.own_blocks.is_empty())?;
        let first = record.iter().filter(|part| part.key.is_some()).count();
        let mut own: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, start) in translation.iter().enumerate() {
            let blocks = self.own_blocks.partition_point(|block| block.start <= *start);
            match blocks.checked_sub(1) {
                _ if self.own_title.as_ref().is_some_and(|title| title.contains(start)) => {
                    let is_title = |part: &RecordedPart| part.key.as_deref() == Some(TITLE.name);
                    let title = record.iter().position(is_title);
                    own.extend(title.map(|title| (title, vec![at])));
                }
                Some(block) => own.entry(first + block).or_default().push(at),
                None => {}
            }
        }
        let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, start) in original.iter().enumerate() {
            if let Some(part) = self.part_at(*start) {
                of.entry(part).or_default().push(at);
            }
        }
        let mut found = vec![None; original.len()];
        for (part, units) in of {
            let (Some(before), fate) = self.before[part] else { continue };
            let Some(others) = own.get(&before) else { continue };
            let is_stale = fate == PartFate::Changed || others.len() != units.len();
            for (unit, other) in units.iter().zip(others) {
                found[*unit] = Some((*other, is_stale));
            }
        }
        Some(found)
    }

    /// Returns the record of the translation after an import, if it is to be written.
    pub(super) fn after(&self, units: &ImportedUnits, is_new: bool) -> Option<Vec<RecordedPart>> {
        let mut has = vec![(false, false); self.original.len()];
        for part in units.accepted.iter().filter_map(|start| self.part_at(*start)) {
            has[part].0 = true;
        }
        for part in units.open.iter().filter_map(|start| self.part_at(*start)) {
            has[part].1 = true;
        }
        let is_taken = |part: usize| match has[part] {
            (_, true) => false,
            (true, false) => true,
            // A part that isn't translated, such as code, is that of the original where that was copied.
            (false, false) => is_new || units.is_rebuilt && self.original[part].place.is_block(),
        };
        let today = record_of(self.fields, self.original);
        if units.is_rebuilt {
            let before = |part: usize| Some(self.record?[self.before[part].0?].hash);
            let record = today.into_iter().enumerate().map(|(at, part)| match is_taken(at) {
                true => part,
                // Nobody knows which state of the original is rendered: no part has the hash of an empty text.
                false => {
                    RecordedPart { hash: before(at).unwrap_or_else(|| PartHash::of("")), ..part }
                }
            });
            return Some(record.collect());
        }
        // The text keeps its order, so that only parts change in their places.
        let stays = |part: usize| match self.before[part].1 {
            PartFate::Changed => true,
            PartFate::New => !self.original[part].place.is_block(),
            _ => false,
        };
        let is_taken = |part: Option<usize>| part.is_some_and(|part| is_taken(part) && stays(part));
        let after = accepted(self.fields, self.original, self.record?, &is_taken);
        (Some(&after[..]) != self.record).then_some(after)
    }
}
