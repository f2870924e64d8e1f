//! How what is found is ranked. `search.js` does the same, step for step, in whole numbers, so that
//! the two agree to the last place.

use std::collections::BTreeMap;

use super::index::SearchIndex;
use super::list::Posting;
use super::query::{SearchQuery, understand};
use super::texts::text_at;
use super::{ShardBounds, names, order};
use crate::language::Language;
use crate::note::NoteId;
use crate::site::Site;
use crate::view::is_past;

/// A note is found if it holds at least so much of what the best one holds of the query, by weight.
const PART: (u64, u64) = (2, 3);

/// How much less a note counts that is withdrawn or superseded.
const PAST: u64 = 2;

/// How much more words count in the note whose name they are.
const NAMED: u64 = 4;

/// Among how many of the best a phrase in quotation marks is looked for.
const CHECKED: usize = 24;

/// A note that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The note.
    pub id: NoteId,
    /// How well it fits; only to be compared.
    pub score: u64,
}

/// What a note holds of one word of a query: how much it counts, and how much it weighs.
#[derive(Clone, Copy, Default)]
struct WordScore {
    mass: u64,
    score: u64,
}

/// The notes that fit `text`, the best first, for readers of a page in `language`.
pub fn find(
    index: &SearchIndex,
    shards: &ShardBounds,
    site: &Site,
    text: &str,
    language: &Language,
) -> Vec<SearchHit> {
    let query = understand(index, &shards.words, text);
    let held = held(index, &query);
    let sum = |held: &[WordScore]| {
        let masses = held.iter().map(|held| held.mass).sum::<u64>();
        (masses, held.iter().map(|held| held.score).sum::<u64>())
    };
    let best = held.values().map(|held| sum(held).0).max().unwrap_or_default();
    let mut found: Vec<(u64, u32)> = Vec::new();
    for (slot, held) in &held {
        let (mass, score) = sum(held);
        if mass * PART.1 >= best * PART.0 {
            let past = entry(index, *slot).is_some_and(|id| is_past(site, id));
            found.push((if past { score / PAST } else { score }, *slot));
        }
    }
    found.sort_by_key(|(score, slot)| (std::cmp::Reverse(*score), *slot));
    if !query.phrases.is_empty() {
        found.truncate(CHECKED);
        let notes = index.entries.len() as u32;
        let all: u64 = query.words.iter().map(|word| rarity(word.count, notes)).sum();
        found.retain(|(_, slot)| {
            may_say(index, site, *slot, &query.phrases, sum(&held[slot]).0 == all)
        });
    }
    let (mut found, others) = order::one_of_each(index, site, found, language);
    if query.phrases.is_empty() {
        order::in_order_first(index, site, &query, &mut found);
    }
    let hits = found.into_iter().chain(others);
    hits.filter_map(|(score, slot)| Some(SearchHit { id: entry(index, slot)?, score })).collect()
}

pub(super) fn entry(index: &SearchIndex, slot: u32) -> Option<NoteId> {
    let at = index.entries.binary_search_by_key(&slot, |entry| entry.slot).ok()?;
    Some(index.entries[at].id)
}

/// What each note that holds any of the words holds of each of them.
fn held(index: &SearchIndex, query: &SearchQuery) -> BTreeMap<u32, Vec<WordScore>> {
    let notes = index.entries.len() as u32;
    let mut held: BTreeMap<u32, Vec<WordScore>> = BTreeMap::new();
    let weights: Vec<u64> = query.words.iter().map(|word| rarity(word.count, notes)).collect();
    for (at, word) in query.words.iter().enumerate() {
        for (stem, factor) in &word.stems {
            for Posting { slot, level } in postings(index, stem) {
                let words =
                    held.entry(slot).or_insert_with(|| vec![WordScore::default(); weights.len()]);
                let score = weights[at] * u64::from(level) * factor;
                words[at].mass = weights[at];
                words[at].score = words[at].score.max(score);
            }
        }
    }
    for group in &query.groups {
        let range = group.first..group.end;
        let mass: u64 = weights[range.clone()].iter().sum();
        for (slot, score) in holding_all(index, &group.stems) {
            let words =
                held.entry(slot).or_insert_with(|| vec![WordScore::default(); weights.len()]);
            let own =
                words[range.clone()].iter().fold((0, 0), |a, b| (a.0 + b.mass, a.1 + b.score));
            if (mass, score * group.factor) > own {
                for (held, mass) in words[range.clone()].iter_mut().zip(&weights[range.clone()]) {
                    *held = WordScore { mass: *mass, score: 0 };
                }
                words[group.first].score = score * group.factor;
            }
        }
    }
    for name in &query.names {
        for slot in &name.slots {
            let words =
                held.get_mut(slot).into_iter().flat_map(|words| &mut words[name.first..name.end]);
            words.for_each(|held| held.score *= NAMED);
        }
    }
    held
}

/// The notes that hold all of `stems`, with what that counts.
fn holding_all(index: &SearchIndex, stems: &[String]) -> Vec<(u32, u64)> {
    let notes = index.entries.len() as u32;
    let mut all: BTreeMap<u32, (usize, u64)> = BTreeMap::new();
    for stem in stems {
        let weight = rarity(index.lists.get(stem.as_str()).map_or(0, |list| list.count), notes);
        for Posting { slot, level } in postings(index, stem) {
            let (held, score) = all.entry(slot).or_default();
            *held += 1;
            *score += weight * u64::from(level);
        }
    }
    let whole = all.into_iter().filter(|(_, (held, _))| *held == stems.len());
    whole.map(|(slot, (_, score))| (slot, score)).collect()
}

fn postings(index: &SearchIndex, stem: &str) -> Vec<Posting> {
    index.lists.get(stem).map_or_else(Vec::new, |list| list.shown())
}

/// How much a word that `count` of `notes` notes hold tells (the inverse document frequency of
/// BM25), in parts of 1024.
fn rarity(count: u32, notes: u32) -> u64 {
    let (count, notes) = (f64::from(count), f64::from(notes));
    (1024.0 * (1.0 + (notes - count + 0.5) / (count + 0.5)).ln()).floor() as u64
}

/// Whether the note says each of the phrases, word for word. Of a note that is too long to be looked
/// through it is taken for granted, if it holds all words of the query.
fn may_say(
    index: &SearchIndex,
    site: &Site,
    slot: u32,
    phrases: &[Vec<String>],
    holds_all: bool,
) -> bool {
    let Some((id, said)) = entry(index, slot).zip(text_at(index, site, slot)) else { return false };
    let card = &site.note(id).facts.card;
    let parts = [&card.title, card.summary.as_deref().unwrap_or_default(), &said.text];
    let parts = parts.map(names::words);
    let says = |phrase: &Vec<String>| {
        parts.iter().any(|words| words.windows(phrase.len()).any(|some| some == phrase))
    };
    phrases.iter().all(says) || (said.is_cut && holds_all)
}
