//! The order of notes beyond their scores: translations of one text are one thing to a reader, and words that
//! stand in a note as they were asked say more than the same words apart. `scripts/search/4-rank.js` of the
//! theme does the same in a browser.

use std::collections::BTreeMap;

use super::index::SearchIndex;
use super::names;
use super::numbers::NUMBERS;
use super::query::SearchQuery;
use super::rank::{RankedNote, note_at};
use super::texts::text_at;
use crate::language::Language;
use crate::note::NoteId;
use crate::site::Site;
use crate::view::is_past;

/// Parts the translations of one text: the one in `language`, if it fits nearly as well as the best, stands in
/// the place of the best; the others are returned apart, for they come after all other notes.
pub(super) fn one_of_each_text(
    index: &SearchIndex,
    site: &Site,
    found: Vec<RankedNote>,
    language: &Language,
) -> (Vec<RankedNote>, Vec<RankedNote>) {
    let note = |slot: u32| note_at(index, slot).map(|id| site.note(id));
    let text_of = |slot: u32| {
        let translations = site.graph.translations.get(&note(slot)?.facts.place.key)?;
        translations.first().copied()
    };
    let mut texts: BTreeMap<NoteId, Vec<RankedNote>> = BTreeMap::new();
    for hit in &found {
        if let Some(text) = text_of(hit.slot) {
            texts.entry(text).or_default().push(*hit);
        }
    }
    let is_own = |slot: u32| note(slot).is_some_and(|note| note.facts.place.language == *language);
    let shown_of = |hits: &[RankedNote]| {
        let best = hits[0].score;
        let fits = |score: u64| score * NUMBERS.translation_divisor >= best;
        let own = hits.iter().find(|hit| is_own(hit.slot) && fits(hit.score));
        *own.unwrap_or(&hits[0])
    };
    let mut others = Vec::new();
    let mut first = Vec::with_capacity(found.len());
    for hit in found {
        match text_of(hit.slot).and_then(|text| texts.get(&text)) {
            None => first.push(hit),
            Some(hits) => {
                if hits[0] == hit {
                    first.push(shown_of(hits));
                }
                if shown_of(hits) != hit {
                    others.push(hit);
                }
            }
        }
    }
    (first, others)
}

/// Puts first, among the first that are shown, those that have all words in the order in which they were
/// asked, or are called so. Notes that are past stay in their places.
pub(super) fn in_order_first(
    index: &SearchIndex,
    site: &Site,
    query: &SearchQuery,
    found: &mut [RankedNote],
) {
    let [most @ .., last] = query.asked.as_slice() else { return };
    if most.is_empty() {
        return;
    }
    let says = |words: &[String]| {
        words.windows(query.asked.len()).any(|some| {
            let (end, begin) = some.split_last().expect("a window of two words or more");
            begin == most && (end == last || query.is_open && end.starts_with(last.as_str()))
        })
    };
    let whole = 0..query.asked.len();
    let is_called = |slot: u32| {
        let mut names = query.names.iter().filter(|name| name.words == whole);
        names.any(|name| name.slots.contains(&slot))
    };
    let comes_first = |slot: u32| {
        let Some(id) = note_at(index, slot).filter(|id| !is_past(site, *id)) else { return false };
        let card = &site.note(id).facts.card;
        is_called(slot)
            || says(&names::words(&card.title))
            || says(&names::words(card.summary.as_deref().unwrap_or_default()))
            || text_at(index, site, slot).is_some_and(|said| says(&names::words(&said.text)))
    };
    let shown = found.len().min(NUMBERS.shown_at_first);
    found[..shown].sort_by_cached_key(|hit| !comes_first(hit.slot));
}
