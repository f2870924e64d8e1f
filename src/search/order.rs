//! What the scores of notes leave open: translations of one text are one thing to a reader, and words that
//! stand in a note as they were asked say more than the same words apart. `search.js` does the same.

use std::collections::BTreeMap;

use super::index::SearchIndex;
use super::names;
use super::query::SearchQuery;
use super::rank::entry;
use super::texts::text_at;
use crate::language::Language;
use crate::note::NoteId;
use crate::site::Site;
use crate::view::is_past;

/// Among how many of the best those come first that have the words in their order: as many as are shown at
/// first, whose texts a browser fetches anyway.
const FIRST: usize = 10;

/// How much less a translation may fit than the best one, to stand in its place as the reader's language.
const NEARLY: u64 = 2;

/// Notes with their scores and slots, the best first.
type RankedNotes = Vec<(u64, u32)>;

/// Of several translations of one text, the one in `language` if it fits nearly as well as the best, in the
/// place of the best; the others are returned apart, for they come after all other notes.
pub(super) fn one_of_each(
    index: &SearchIndex,
    site: &Site,
    found: RankedNotes,
    language: &Language,
) -> (RankedNotes, RankedNotes) {
    let note = |slot: u32| entry(index, slot).map(|id| site.note(id));
    let text_of = |slot: u32| {
        let translations = site.graph.translations.get(&note(slot)?.facts.place.key)?;
        translations.first().copied()
    };
    let mut texts: BTreeMap<NoteId, Vec<(u64, u32)>> = BTreeMap::new();
    for hit in &found {
        if let Some(text) = text_of(hit.1) {
            texts.entry(text).or_default().push(*hit);
        }
    }
    let is_own = |slot: u32| note(slot).is_some_and(|note| note.facts.place.language == *language);
    let shown = |hits: &[(u64, u32)]| {
        let own = hits.iter().find(|(score, slot)| is_own(*slot) && score * NEARLY >= hits[0].0);
        *own.unwrap_or(&hits[0])
    };
    let mut others = Vec::new();
    let mut first = Vec::with_capacity(found.len());
    for hit in found {
        match text_of(hit.1).and_then(|text| texts.get(&text)) {
            None => first.push(hit),
            Some(hits) => {
                if hits[0] == hit {
                    first.push(shown(hits));
                }
                if shown(hits) != hit {
                    others.push(hit);
                }
            }
        }
    }
    (first, others)
}

/// Puts first, among the first that are shown, those that have all words in the order in which they were
/// asked, or are called so. What is past stays where it is.
pub(super) fn in_order_first(
    index: &SearchIndex,
    site: &Site,
    query: &SearchQuery,
    found: &mut RankedNotes,
) {
    let [most @ .., last] = query.asked.as_slice() else { return };
    if most.is_empty() {
        return;
    }
    let says = |words: &[String]| {
        words.windows(query.asked.len()).any(|some| {
            let (end, begin) = some.split_last().expect("a window of two words or more");
            begin == most && (end == last || query.open && end.starts_with(last.as_str()))
        })
    };
    let whole = (0, query.asked.len());
    let is_called = |slot: u32| {
        let mut names = query.names.iter().filter(|name| (name.first, name.end) == whole);
        names.any(|name| name.slots.contains(&slot))
    };
    let comes_first = |slot: u32| {
        let Some(id) = entry(index, slot).filter(|id| !is_past(site, *id)) else { return false };
        let card = &site.note(id).facts.card;
        is_called(slot)
            || says(&names::words(&card.title))
            || says(&names::words(card.summary.as_deref().unwrap_or_default()))
            || text_at(index, site, slot).is_some_and(|said| says(&names::words(&said.text)))
    };
    let shown = found.len().min(FIRST);
    found[..shown].sort_by_cached_key(|(_, slot)| !comes_first(*slot));
}
