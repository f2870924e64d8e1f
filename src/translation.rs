//! The state of translations: what has changed in their originals since they were made.
//!
//! A translation records the hashes of the parts of its original. They are compared with the original as it is today, so
//! neither dates nor a history of files are needed.

mod accept;
mod alignment;
mod names;
mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use accept::{NewRecord, accept, accept_minor};
pub use alignment::{AlignedPart, PartFate};
pub use names::part_names;
pub use record::{accepted, record_edit, record_of};

use crate::config::{Config, FieldConfig};
use crate::graph::WorkTable;
use crate::note::{Note, NoteId, Part, RecordedPart};
use alignment::align;

/// The differences between an original as it is and as it was when it was translated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TranslationState {
    /// The number of paragraphs of the original that have changed. Whatever is no heading and stands in the text counts
    /// as a paragraph: entries of lists, rows of tables, blocks of code.
    pub changed: u32,
    /// The number of paragraphs that are new.
    pub new: u32,
    /// The number of paragraphs that are gone; headings among them count, because a record doesn't tell them.
    pub gone: u32,
    /// The number of paragraphs that stand elsewhere.
    pub moved: u32,
    /// The number of paragraphs that the original has.
    pub total: u32,
    /// Every part that is not as it was, in the order of the original.
    pub parts: Box<[ChangedPart]>,
}

/// A part of an original that is not as it was when it was translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChangedPart {
    /// The fate of the part.
    pub fate: PartFate,
    /// The index among the parts of the original, if it is there.
    pub original: Option<u32>,
    /// The index among the parts that the translation recorded: its own, or that of the part before a new one.
    pub beside: Option<u32>,
}

impl TranslationState {
    /// Returns whether the original is as it was.
    pub fn is_current(&self) -> bool {
        self.parts.is_empty()
    }

    /// Returns the number of paragraphs that the translation doesn't render as they are now.
    pub fn behind(&self) -> u32 {
        self.changed + self.new
    }

    /// Compares the parts of an original with those that a translation recorded.
    pub fn new(fields: &[FieldConfig], original: &[Part], recorded: &[RecordedPart]) -> Self {
        let is_paragraph = |part: &&Part| part.place.is_block() && !part.is_heading();
        let mut state =
            Self { total: original.iter().filter(is_paragraph).count() as u32, ..Self::default() };
        let (mut parts, mut beside) = (Vec::new(), None);
        for aligned in compare(fields, original, recorded) {
            // A part that moved says nothing of the place of those around it.
            if aligned.fate != PartFate::Moved {
                beside = aligned.before.or(beside);
            }
            let is_counted = match (aligned.now, aligned.before) {
                (Some(at), _) => is_paragraph(&&original[at as usize]),
                (None, Some(at)) => recorded[at as usize].key.is_none(),
                (None, None) => false,
            };
            let count = match aligned.fate {
                PartFate::Same => continue,
                PartFate::Changed => &mut state.changed,
                PartFate::New => &mut state.new,
                PartFate::Gone => &mut state.gone,
                PartFate::Moved => &mut state.moved,
            };
            *count += u32::from(is_counted);
            let beside = aligned.before.or(beside);
            parts.push(ChangedPart { fate: aligned.fate, original: aligned.now, beside });
        }
        state.parts = parts.into();
        state
    }
}

/// Aligns the parts of an original with those that were recorded: values of front matter by their keys, blocks by their
/// order.
pub fn compare(
    fields: &[FieldConfig],
    original: &[Part],
    recorded: &[RecordedPart],
) -> Vec<AlignedPart> {
    let key = |part: &Part| part.place.key(fields);
    // The keys in the order of the original, and then those that it no longer has; the blocks come last.
    let mut keys: Vec<&str> = original.iter().filter_map(key).collect();
    keys.dedup();
    let known: BTreeSet<&str> = keys.iter().copied().collect();
    let gone: BTreeSet<&str> = recorded.iter().filter_map(|part| part.key.as_deref()).collect();
    keys.extend(gone.into_iter().filter(|key| !known.contains(key)));
    let mut before: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (at, part) in recorded.iter().enumerate() {
        before.entry(part.key.as_deref()).or_default().push(at);
    }
    let mut now: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (at, part) in original.iter().enumerate() {
        now.entry(key(part)).or_default().push(at);
    }
    let mut all = Vec::new();
    for key in keys.into_iter().map(Some).chain([None]) {
        let before = before.get(&key).map_or(&[][..], Vec::as_slice);
        let now = now.get(&key).map_or(&[][..], Vec::as_slice);
        let old: Vec<_> = before.iter().map(|at| recorded[*at].hash).collect();
        let new: Vec<_> = now.iter().map(|at| original[*at].hash).collect();
        all.extend(align(&old, &new).into_iter().map(|part| AlignedPart {
            before: part.before.map(|at| before[at as usize] as u32),
            now: part.now.map(|at| now[at as usize] as u32),
            ..part
        }));
    }
    all
}

/// The states of the translations of a book that recorded their originals.
#[derive(Clone, Debug, Default)]
pub struct TranslationTable {
    states: BTreeMap<NoteId, Arc<TranslationState>>,
    /// By translation: the changed parts that concern each of its blocks, as indexes in its state.
    concerned: BTreeMap<NoteId, Arc<BTreeMap<u32, Vec<u32>>>>,
    /// By original: the parts that pages of translations link to.
    linked: Arc<BTreeMap<NoteId, BTreeSet<u32>>>,
}

impl TranslationTable {
    /// Compares every translation with its original.
    pub fn new(config: &Config, notes: &[Arc<Note>], works: &WorkTable) -> Self {
        let mut table = Self::default();
        if works.is_empty() {
            return table;
        }
        let mut linked: BTreeMap<NoteId, BTreeSet<u32>> = BTreeMap::new();
        for id in (0..notes.len() as u32).map(NoteId) {
            let Some(state) = state(config, notes, works, id) else { continue };
            let parts = state.parts.iter().filter_map(|part| part.original);
            linked.entry(works.original(id)).or_default().extend(parts);
            table.put(id, state, notes, works);
        }
        table.linked = Arc::new(linked);
        table
    }

    /// Takes the new texts of some notes. Returns false if a translation has another state than before, so that more than
    /// the pages of those notes changes.
    #[must_use]
    pub fn refresh(
        &mut self,
        config: &Config,
        notes: &[Arc<Note>],
        works: &WorkTable,
        changed: impl Iterator<Item = NoteId>,
    ) -> bool {
        let touched = changed.flat_map(|id| {
            let versions = works.all(id).filter(move |_| works.original(id) == id);
            versions.chain([id]).collect::<Vec<_>>()
        });
        let touched: BTreeSet<NoteId> = touched.filter(|id| self.states.contains_key(id)).collect();
        for id in touched {
            match state(config, notes, works, id) {
                Some(state) if self.states[&id].as_ref() == &state => {
                    self.put(id, state, notes, works);
                }
                _ => return false,
            }
        }
        true
    }

    fn put(&mut self, id: NoteId, state: TranslationState, notes: &[Arc<Note>], works: &WorkTable) {
        let mut concerned: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let (original, note) = (&notes[works.original(id).index()], &notes[id.index()]);
        let recorded = note.facts.recorded.as_deref().unwrap_or_default();
        let blocks = blocks_of(&state, &original.parts, recorded, &note.parts);
        for (index, block) in (0u32..).zip(blocks) {
            if let Some(block) = block {
                concerned.entry(block).or_default().push(index);
            }
        }
        self.concerned.insert(id, Arc::new(concerned));
        self.states.insert(id, Arc::new(state));
    }

    /// Returns the state of the translation at `id`; `None` if it recorded nothing, and for all other notes.
    pub fn state(&self, id: NoteId) -> Option<&TranslationState> {
        self.states.get(&id).map(|state| &**state)
    }

    /// Returns all states, in the order of the notes.
    pub fn states(&self) -> impl Iterator<Item = (NoteId, &TranslationState)> {
        self.states.iter().map(|(id, state)| (*id, &**state))
    }

    /// Returns the changed parts that concern a block of the translation at `id`.
    pub fn concerning(&self, id: NoteId, block: u32) -> impl Iterator<Item = &ChangedPart> {
        let found = self.states.get(&id).zip(self.concerned.get(&id));
        found.into_iter().flat_map(move |(state, concerned)| {
            let indexes = concerned.get(&block).map_or(&[][..], Vec::as_slice);
            indexes.iter().map(|index| &state.parts[*index as usize])
        })
    }

    /// Returns the block of the translation at `id` that each changed part concerns, by the index of that part.
    pub fn blocks(&self, id: NoteId) -> BTreeMap<u32, u32> {
        let concerned = self.concerned.get(&id).into_iter().flat_map(|concerned| concerned.iter());
        let pairs =
            concerned.flat_map(|(block, parts)| parts.iter().map(move |part| (*part, *block)));
        pairs.collect()
    }

    /// Returns whether the page of a translation links to a part of its original.
    pub fn is_linked(&self, original: NoteId, part: u32) -> bool {
        self.linked.get(&original).is_some_and(|parts| parts.contains(&part))
    }

    /// Returns whether the note at `id` has a translation that is compared with it.
    pub fn is_compared(&self, id: NoteId) -> bool {
        self.linked.contains_key(&id)
    }
}

fn state(
    config: &Config,
    notes: &[Arc<Note>],
    works: &WorkTable,
    id: NoteId,
) -> Option<TranslationState> {
    let recorded = notes[id.index()].facts.recorded.as_deref()?;
    let original = works.original(id);
    let note = &notes[original.index()];
    let fields = &config.kind(note.facts.kind).fields;
    (original != id).then(|| TranslationState::new(fields, &note.parts, recorded))
}

/// Returns the number of parts that stand in front matter.
pub fn n_values(parts: &[Part]) -> u32 {
    parts.partition_point(|part| !part.place.is_block()) as u32
}

/// Returns, for each changed part, the number of the block of the translation that it concerns. In a translation that
/// has other blocks than its original had, that is the heading above it, if both have the same number of headings.
fn blocks_of(
    state: &TranslationState,
    original: &[Part],
    recorded: &[RecordedPart],
    translation: &[Part],
) -> Vec<Option<u32>> {
    let n_recorded = recorded.iter().filter(|part| part.key.is_some()).count() as u32;
    let n_translated = n_values(translation);
    let keeps_blocks =
        recorded.len() as u32 - n_recorded == translation.len() as u32 - n_translated;
    let headings = |parts: &[Part]| {
        let all = (0u32..).zip(parts).filter(|(_, part)| part.is_heading());
        all.map(|(at, _)| at).collect::<Vec<u32>>()
    };
    let (of_original, of_translation) = (headings(original), headings(translation));
    let block = |part: &ChangedPart| {
        if keeps_blocks {
            return part.beside.and_then(|at| at.checked_sub(n_recorded));
        }
        let is_block = |at: &u32| original[*at as usize].place.is_block();
        let at = part.original.filter(is_block)?;
        let above = of_original.partition_point(|heading| *heading <= at).checked_sub(1)?;
        let has_same = of_original.len() == of_translation.len();
        has_same.then(|| of_translation[above] - n_translated)
    };
    state.parts.iter().map(block).collect()
}
