//! Ranking: the notes that fit a query, the best first. `scripts/search/4-rank.js` of the theme does the same
//! in a browser, step for step, in whole numbers, so that the two agree to the last place.

use std::collections::BTreeMap;

use super::index::SearchIndex;
use super::list::Posting;
use super::numbers::NUMBERS;
use super::query::{MeantStem, SearchQuery, understand};
use super::texts::text_at;
use super::{ShardBounds, names, order};
use crate::language::Language;
use crate::note::NoteId;
use crate::site::Site;
use crate::view::is_past;

/// A note that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The note.
    pub id: NoteId,
    /// Its score, only to be compared with others.
    pub score: u64,
}

/// The part that one word of a query has in a note: how much of the query it is, and how much it counts.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct WordScore {
    mass: u64,
    score: u64,
}

impl WordScore {
    /// Sums the scores of several words.
    fn sum(words: &[Self]) -> Self {
        let add = |a: Self, b: &Self| Self { mass: a.mass + b.mass, score: a.score + b.score };
        words.iter().fold(Self::default(), add)
    }
}

/// A note that was found, by its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RankedNote {
    pub(super) slot: u32,
    pub(super) score: u64,
}

/// Finds the notes that fit `text`, the best first, for readers of a page in `language`.
pub fn find(
    index: &SearchIndex,
    shards: &ShardBounds,
    site: &Site,
    text: &str,
    language: &Language,
) -> Vec<SearchHit> {
    let query = understand(index, &shards.words, text);
    let scores = scores(index, &query);
    let mut found = best(index, site, &scores);
    if !query.phrases.is_empty() {
        found.truncate(NUMBERS.phrase_notes);
        let notes = index.entries.len() as u32;
        let all: u64 = query.words.iter().map(|word| rarity(word.count, notes)).sum();
        found.retain(|note| {
            let holds_all = WordScore::sum(&scores[&note.slot]).mass == all;
            may_say(index, site, note.slot, &query.phrases, holds_all)
        });
    }
    let (mut first, others) = order::one_of_each_text(index, site, found, language);
    if query.phrases.is_empty() {
        order::in_order_first(index, site, &query, &mut first);
    }
    let hit =
        |note: RankedNote| Some(SearchHit { id: note_at(index, note.slot)?, score: note.score });
    first.into_iter().chain(others).filter_map(hit).collect()
}

/// Returns the notes that hold enough of what the best one holds of the query, by score.
fn best(
    index: &SearchIndex,
    site: &Site,
    scores: &BTreeMap<u32, Vec<WordScore>>,
) -> Vec<RankedNote> {
    let most = scores.values().map(|words| WordScore::sum(words).mass).max().unwrap_or_default();
    let mut found: Vec<RankedNote> = Vec::new();
    for (slot, words) in scores {
        let WordScore { mass, score } = WordScore::sum(words);
        if mass * NUMBERS.whole_parts >= most * NUMBERS.needed_parts {
            let is_past = note_at(index, *slot).is_some_and(|id| is_past(site, id));
            let score = if is_past { score / NUMBERS.past_divisor } else { score };
            found.push(RankedNote { slot: *slot, score });
        }
    }
    found.sort_by_key(|note| (std::cmp::Reverse(note.score), note.slot));
    found
}

/// Returns the note at a slot.
pub(super) fn note_at(index: &SearchIndex, slot: u32) -> Option<NoteId> {
    let at = index.entries.binary_search_by_key(&slot, |entry| entry.slot).ok()?;
    Some(index.entries[at].id)
}

/// Returns for each note that holds any of the words of a query, by its slot, the part of each word.
fn scores(index: &SearchIndex, query: &SearchQuery) -> BTreeMap<u32, Vec<WordScore>> {
    let notes = index.entries.len() as u32;
    let mut scores: BTreeMap<u32, Vec<WordScore>> = BTreeMap::new();
    let weights: Vec<u64> = query.words.iter().map(|word| rarity(word.count, notes)).collect();
    let none = || vec![WordScore::default(); weights.len()];
    for (at, word) in query.words.iter().enumerate() {
        for MeantStem { stem, factor } in &word.stems {
            for Posting { slot, level } in postings(index, stem) {
                let words = scores.entry(slot).or_insert_with(none);
                let score = weights[at] * u64::from(level) * factor;
                words[at].mass = weights[at];
                words[at].score = words[at].score.max(score);
            }
        }
    }
    for group in &query.groups {
        let weights_of_words = &weights[group.words.clone()];
        let mass: u64 = weights_of_words.iter().sum();
        for (slot, score) in holding_all(index, &group.stems) {
            let words = &mut scores.entry(slot).or_insert_with(none)[group.words.clone()];
            let of_group = WordScore { mass, score: score * group.factor };
            if of_group > WordScore::sum(words) {
                for (word, mass) in words.iter_mut().zip(weights_of_words) {
                    *word = WordScore { mass: *mass, score: 0 };
                }
                words[0].score = of_group.score;
            }
        }
    }
    for name in &query.names {
        for slot in &name.slots {
            let words = scores.get_mut(slot).into_iter();
            let named = words.flat_map(|words| &mut words[name.words.clone()]);
            named.for_each(|word| word.score *= NUMBERS.named);
        }
    }
    scores
}

/// Returns the notes that hold all of `stems`, each with its score for that.
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

/// Returns how much a word tells that `count` of `notes` notes hold: the inverse document frequency of BM25,
/// in parts of `NUMBERS.rarity_unit`.
fn rarity(count: u32, notes: u32) -> u64 {
    let (count, notes) = (f64::from(count), f64::from(notes));
    (f64::from(NUMBERS.rarity_unit) * (1.0 + (notes - count + 0.5) / (count + 0.5)).ln()).floor()
        as u64
}

/// Says whether the note may say each of the phrases, word for word. Of a note that is too long to be looked
/// through it is taken for granted, if it holds all words of the query.
fn may_say(
    index: &SearchIndex,
    site: &Site,
    slot: u32,
    phrases: &[Vec<String>],
    holds_all: bool,
) -> bool {
    let Some((id, said)) = note_at(index, slot).zip(text_at(index, site, slot)) else {
        return false;
    };
    let card = &site.note(id).facts.card;
    let texts = [&card.title, card.summary.as_deref().unwrap_or_default(), &said.text];
    let word_lists = texts.map(names::words);
    let says = |phrase: &Vec<String>| {
        word_lists.iter().any(|words| words.windows(phrase.len()).any(|some| some == phrase))
    };
    phrases.iter().all(says) || (said.is_cut && holds_all)
}
