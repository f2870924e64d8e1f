//! The order of notes beyond their scores: the versions of a work are one thing to a reader, and words that
//! stand in a note as they were asked say more than the same words apart. `scripts/search/4-rank.js` of the
//! theme does the same in a browser.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::index::SearchIndex;
use super::names;
use super::numbers::NUMBERS;
use super::query::SearchQuery;
use super::texts::text_at;
use crate::language::Language;
use crate::note::NoteId;
use crate::site::Site;
use crate::view::{PlaceSort, is_past};

/// A note that was found, by its slot, with the score of the best version of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RankedNote {
    pub(super) slot: u32,
    pub(super) score: u64,
}

/// Returns the note at a slot.
pub(super) fn note_at(index: &SearchIndex, slot: u32) -> Option<NoteId> {
    let at = index.entries.binary_search_by_key(&slot, |entry| entry.slot).ok()?;
    Some(index.entries[at].id)
}

/// The versions of the works of a book that readers of one language are shown.
pub(super) struct ReaderVersions<'a> {
    index: &'a SearchIndex,
    site: &'a Site,
    language: &'a Language,
}

impl<'a> ReaderVersions<'a> {
    pub(super) fn new(index: &'a SearchIndex, site: &'a Site, language: &'a Language) -> Self {
        Self { index, site, language }
    }

    /// Returns whether the work of the note at a slot has a version in the language of the reader.
    pub(super) fn has_own(&self, slot: u32) -> bool {
        note_at(self.index, slot)
            .is_some_and(|id| self.is_own(id) || self.own_version(id).is_some())
    }

    /// Returns one note of each work: the one in the reader's language if it was found, or else the best, in the
    /// place of the best.
    pub(super) fn one_of_each_work(&self, found: Vec<RankedNote>) -> Vec<RankedNote> {
        let mut works: BTreeMap<NoteId, usize> = BTreeMap::new();
        let mut first: Vec<RankedNote> = Vec::with_capacity(found.len());
        for hit in found {
            let Some(id) = note_at(self.index, hit.slot) else { continue };
            match self.versions(id).first().map(|work| works.entry(*work)) {
                None => first.push(hit),
                Some(Entry::Vacant(work)) => {
                    work.insert(first.len());
                    first.push(hit);
                }
                Some(Entry::Occupied(work)) if self.is_own(id) => {
                    first[*work.get()].slot = hit.slot
                }
                Some(Entry::Occupied(_)) => {}
            }
        }
        first
    }

    /// Returns the note that readers are shown for one that was found: the version in their language, even if it
    /// doesn't hold the words.
    pub(super) fn shown(&self, id: NoteId) -> NoteId {
        if self.is_own(id) { id } else { self.own_version(id).unwrap_or(id) }
    }

    fn versions(&self, id: NoteId) -> &'a [NoteId] {
        let key = &self.site.note(id).facts.place.key;
        self.site.graph.translations.get(key).map_or(&[], Vec::as_slice)
    }

    fn own_version(&self, id: NoteId) -> Option<NoteId> {
        self.versions(id).iter().copied().find(|id| self.is_own(*id))
    }

    fn is_own(&self, id: NoteId) -> bool {
        self.site.note(id).facts.place.language == *self.language
    }
}

/// Puts first, among the best, those that have the paragraph that was asked for, then those that have all words in the
/// order in which they were asked, or are called so. A note that is past must say them in its name.
pub(super) fn in_order_first(
    index: &SearchIndex,
    site: &Site,
    query: &SearchQuery,
    found: &mut [RankedNote],
) {
    let asked = &query.asked[query.core.clone()];
    let [most @ .., last] = asked else { return };
    if most.is_empty() && query.paragraph.is_none() {
        return;
    }
    let is_open = query.is_open && query.core.end == query.asked.len();
    let says = |words: &[String]| {
        words.windows(asked.len()).any(|some| {
            let (end, begin) = some.split_last().expect("a window of two words or more");
            begin == most && (end == last || is_open && end.starts_with(last.as_str()))
        })
    };
    let is_called = |slot: u32| {
        let mut names = query.names.iter().filter(|name| name.words == query.core);
        names.any(|name| name.slots.contains(&slot))
    };
    let comes_first = |slot: u32| {
        if most.is_empty() {
            return false;
        }
        let Some(id) = note_at(index, slot) else { return false };
        let card = &site.note(id).facts.card;
        is_called(slot)
            || says(&names::words(&card.title))
            || !is_past(site, id)
                && (says(&names::words(card.summary.as_deref().unwrap_or_default()))
                    || text_at(index, site, slot)
                        .is_some_and(|said| says(&names::words(&said.text))))
    };
    let has_paragraph = |slot: u32| {
        let Some(number) = &query.paragraph else { return true };
        let wanted = PlaceSort::Numbered(number.clone());
        let said = text_at(index, site, slot);
        said.is_some_and(|said| said.places.iter().any(|place| place.sort == wanted))
    };
    let best = found.len().min(NUMBERS.ordered_notes);
    found[..best].sort_by_cached_key(|hit| (!has_paragraph(hit.slot), !comes_first(hit.slot)));
}
