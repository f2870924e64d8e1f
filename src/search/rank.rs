//! Ranking: the notes that fit a query, the best first. `scripts/search/4-rank.js` of the theme does the same
//! in a browser, step for step, in whole numbers, so that the two agree to the last place.

use std::collections::{BTreeMap, BTreeSet};

use super::dictionary::{MeantStem, WordMeaning};
use super::facets::Standing;
use super::index::SearchIndex;
use super::lexicon::QueryLexicon;
use super::list::Posting;
use super::numbers::NUMBERS;
use super::order::{RankedNote, ReaderVersions, note_at};
use super::query::{SearchQuery, understand};
use super::texts::text_at;
use super::{ShardBounds, names, order};
use crate::language::Language;
use crate::note::NoteId;
use crate::site::Site;

/// A work that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The version that readers are shown.
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

/// Finds the works that fit `text`, the best first, for readers of a page in `language`.
pub fn find(
    index: &SearchIndex,
    shards: &ShardBounds,
    site: &Site,
    text: &str,
    language: &Language,
) -> Vec<SearchHit> {
    let lexicon = QueryLexicon::new(site, language);
    let query = understand(index, &shards.words, &lexicon, text);
    let scores = scores(index, site, &query);
    let versions = ReaderVersions::new(index, site, language);
    let mut found = best(index, site, &query, &scores, &versions);
    if !query.phrases.is_empty() {
        found.truncate(NUMBERS.phrase_notes);
        let all: u64 = weights(index, &query).iter().sum();
        found.retain(|note| {
            let holds_all = WordScore::sum(&scores[&note.slot]).mass == all;
            may_say(index, site, note.slot, &query.phrases, holds_all)
        });
    }
    let mut found = versions.one_of_each_work(found);
    let has_phrases = !query.phrases.is_empty();
    if !has_phrases {
        order::in_order_first(index, site, &query, &mut found);
    }
    // Whoever asks for a phrase wants to read it.
    let shown = |id| if has_phrases { id } else { versions.shown(id) };
    let hit = |note: RankedNote| {
        Some(SearchHit { id: shown(note_at(index, note.slot)?), score: note.score })
    };
    found.into_iter().filter_map(hit).collect()
}

/// Returns the notes that hold enough of what the best one holds of the query, by score.
fn best(
    index: &SearchIndex,
    site: &Site,
    query: &SearchQuery,
    scores: &BTreeMap<u32, Vec<WordScore>>,
    versions: &ReaderVersions<'_>,
) -> Vec<RankedNote> {
    let most = most(scores);
    let mut found: Vec<RankedNote> = Vec::new();
    for (slot, words) in scores {
        let WordScore { mass, score } = WordScore::sum(words);
        if mass * NUMBERS.whole_parts >= most * NUMBERS.needed_parts {
            let standing = standing(index, site, *slot);
            let is_of_kind = standing != Standing::Lists && is_of_kind(index, site, query, *slot);
            let of_kind = NUMBERS.of_kind[usize::from(is_of_kind)];
            let own = NUMBERS.own_language[usize::from(versions.has_own(*slot))];
            let score = score * NUMBERS.standings[standing as usize] * of_kind * own;
            found.push(RankedNote { slot: *slot, score });
        }
    }
    found.sort_by_key(|note| (std::cmp::Reverse(note.score), note.slot));
    found
}

/// Returns the most of a query that any note holds.
fn most(scores: &BTreeMap<u32, Vec<WordScore>>) -> u64 {
    scores.values().map(|words| WordScore::sum(words).mass).max().unwrap_or_default()
}

fn standing(index: &SearchIndex, site: &Site, slot: u32) -> Standing {
    note_at(index, slot).map_or(Standing::Usual, |id| Standing::of(site, id))
}

/// Says whether a query names the kind of a note.
fn is_of_kind(index: &SearchIndex, site: &Site, query: &SearchQuery, slot: u32) -> bool {
    let kind = note_at(index, slot).map(|id| site.config.kind(site.note(id).facts.kind));
    let title = kind.map(|kind| &kind.title);
    title.is_some_and(|title| query.kinds.contains(title))
}

/// Returns how much each word of a query tells.
fn weights(index: &SearchIndex, query: &SearchQuery) -> Vec<u64> {
    let notes = index.entries.len() as u32;
    let weight = |word: &WordMeaning| if word.is_ignored { 0 } else { rarity(word.count, notes) };
    query.words.iter().map(weight).collect()
}

/// Returns for each note that holds any of the words of a query, by its slot, the part of each word.
fn scores(index: &SearchIndex, site: &Site, query: &SearchQuery) -> BTreeMap<u32, Vec<WordScore>> {
    let mut scores: BTreeMap<u32, Vec<WordScore>> = BTreeMap::new();
    let weights = weights(index, query);
    let none = || vec![WordScore::default(); weights.len()];
    let asked = query.words.iter().enumerate().filter(|(at, _)| weights[*at] > 0);
    for (at, word) in asked.clone() {
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
    for (at, _) in asked.filter(|(_, word)| word.is_kind) {
        let filed = weights[at] * NUMBERS.filed_level * NUMBERS.exact;
        for (slot, words) in &mut scores {
            if standing(index, site, *slot) == Standing::Gathers {
                words[at].mass = weights[at];
                words[at].score = words[at].score.max(filed);
            }
        }
    }
    raise_named(query, &weights, &mut scores);
    scores
}

/// Raises the scores of words in the notes whose name they are, each for the longest name that it is in.
fn raise_named(query: &SearchQuery, weights: &[u64], scores: &mut BTreeMap<u32, Vec<WordScore>>) {
    let most = most(scores).max(1);
    let mut raised: BTreeSet<(u32, usize)> = BTreeSet::new();
    for name in &query.names {
        let mass = weights[name.words.clone()].iter().sum::<u64>().min(most);
        let named = if name.words == query.core { NUMBERS.named } else { NUMBERS.named_in_part };
        let more = named * mass * mass / (most * most);
        for slot in &name.slots {
            let Some(words) = scores.get_mut(slot) else { continue };
            for at in name.words.clone().filter(|at| raised.insert((*slot, *at))) {
                let score = &mut words[at].score;
                *score = *score * (NUMBERS.exact + more) / NUMBERS.exact;
            }
        }
    }
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
