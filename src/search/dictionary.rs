//! The words of the book, and which of them may be meant by a word of a query. `scripts/search/3-query.js` of the theme
//! looks for the same in the same shards.

use super::index::{DictionaryEntry, SearchIndex};
use super::leaves::IndexShard;
use super::lexicon::QueryLexicon;
use super::numbers::NUMBERS;

/// A word of a query.
pub(super) struct QueryWord<'q> {
    pub(super) folded: String,
    /// Its place in the query.
    pub(super) at: usize,
    pub(super) is_pair: bool,
    /// The words joined by hyphens of which it is the last.
    pub(super) joined: Option<&'q str>,
    /// Says whether it names nothing.
    pub(super) is_ignored: bool,
}

/// The stems that may be meant by a word.
#[derive(Debug, Default)]
pub(super) struct WordMeaning {
    pub(super) stems: Vec<MeantStem>,
    /// The number of notes that hold it, or may.
    pub(super) count: u32,
    /// Says whether it names nothing, so that it counts nothing.
    pub(super) is_ignored: bool,
    /// Says whether the book has it as it was asked for.
    pub(super) is_known: bool,
    /// Says whether it may name a kind.
    pub(super) is_kind: bool,
    /// The word that was meant, if no note has it as it was asked for.
    pub(super) guess: Option<String>,
}

/// A stem that stands for a word of a query, and the factor of its score.
#[derive(Debug)]
pub(super) struct MeantStem {
    pub(super) stem: String,
    pub(super) factor: u64,
}

/// A stem that may be meant by a word, and how far it is from it.
struct RankedStem<'i> {
    rank: usize,
    stem: &'static str,
    /// The word in the book that has the stem.
    word: &'i str,
}

/// The words and names of the book, in the shards that a browser would read.
pub(super) struct SearchDictionary<'i> {
    pub(super) index: &'i SearchIndex,
    pub(super) leaves: &'i [IndexShard],
    pub(super) lexicon: &'i QueryLexicon,
}

impl<'i> SearchDictionary<'i> {
    /// Returns the place of the shard that has `word`, if any does.
    fn leaf_of(&self, word: &str) -> usize {
        self.leaves.partition_point(|leaf| leaf.start.as_str() <= word).saturating_sub(1)
    }

    fn shard(&self, at: usize) -> impl Iterator<Item = DictionaryEntry<'i>> + use<'i> {
        let leaf = self.leaves.get(at);
        let index = self.index;
        leaf.into_iter().flat_map(move |leaf| index.dictionary(leaf))
    }

    fn count(&self, stem: &str) -> u32 {
        self.index.lists.get(stem).map_or(0, |list| list.count)
    }

    /// Returns what may be meant by a word, which may go on if it `is_open`.
    pub(super) fn meaning_of(&self, asked: &QueryWord<'_>, is_open: bool) -> WordMeaning {
        if asked.is_ignored {
            return WordMeaning { is_ignored: true, ..WordMeaning::default() };
        }
        let word = asked.folded.as_str();
        let known = self.index.words.get(word);
        let own_stem =
            |(stem, _): &(&str, u32)| MeantStem { stem: (*stem).to_owned(), factor: NUMBERS.exact };
        let mut stems: Vec<MeantStem> = known.into_iter().flatten().map(own_stem).collect();
        let exact = stems.iter().map(|meant| self.count(&meant.stem)).max();
        let own = stems.iter().map(|meant| &meant.stem);
        let is_kind = !self.lexicon.kinds_of(own).is_empty();
        let length = word.chars().count();
        // What is meant by a word that the book relates to others needs no guess.
        let is_guessed = exact.is_none() && self.lexicon.form_of(word, None).is_none();
        let may_go_on = is_open && !asked.is_pair && length >= NUMBERS.shortest_begun;
        let mut guess = None;
        if is_guessed || may_go_on {
            let factor = if exact.is_some() { NUMBERS.longer } else { NUMBERS.begun };
            guess = self.add(self.beginning(word), factor, NUMBERS.stems_of_word, &mut stems);
        }
        let may_differ = is_guessed && !asked.is_pair;
        if stems.is_empty() && may_differ && length >= NUMBERS.shortest_mistyped {
            guess = self.add(self.mistyped(word), NUMBERS.typo, NUMBERS.stems_of_word, &mut stems);
        }
        if stems.is_empty() && may_differ && length >= NUMBERS.shortest_varied {
            let variants = self.variants(word);
            guess = self.add(variants, NUMBERS.variant, NUMBERS.stems_of_variant, &mut stems);
        }
        let all = stems.iter().map(|meant| self.count(&meant.stem)).sum();
        let notes = self.index.entries.len() as u32;
        let guess = guess.filter(|_| exact.is_none());
        let (count, is_known) = (exact.unwrap_or(all).min(notes), exact.is_some());
        WordMeaning { stems, count, is_ignored: false, is_known, is_kind, guess }
    }

    /// Adds the best of `found` to `stems`, `most` at most: by rank, then those that most notes hold. Returns
    /// the word of the very best.
    fn add(
        &self,
        mut found: Vec<RankedStem<'_>>,
        factor: u64,
        most: usize,
        stems: &mut Vec<MeantStem>,
    ) -> Option<String> {
        found.sort_by_key(|found| {
            (found.rank, std::cmp::Reverse(self.count(found.stem)), found.stem, found.word)
        });
        let best = found.first().map(|found| found.word.to_owned());
        let end = stems.len() + most;
        for RankedStem { stem, .. } in found {
            if stems.len() < end && !stems.iter().any(|known| known.stem == stem) {
                stems.push(MeantStem { stem: stem.to_owned(), factor });
            }
        }
        best
    }

    /// Returns the stems of longer words that begin with `word`.
    fn beginning(&self, word: &str) -> Vec<RankedStem<'i>> {
        let first = self.leaf_of(word);
        let further = (first + 1..self.leaves.len().min(first + NUMBERS.shards_of_beginning))
            .take_while(|at| self.leaves[*at].start.starts_with(word));
        let entries = std::iter::once(first).chain(further).flat_map(|at| self.shard(at));
        stems_of(entries, |other| (other.starts_with(word) && other != word).then_some(0))
    }

    /// Returns the stems of words that somebody may have meant who typed `word`: if there are words with one letter
    /// more or less at their end, only those.
    fn mistyped(&self, word: &str) -> Vec<RankedStem<'i>> {
        let entries = self.around(word).into_iter().flat_map(|at| self.shard(at));
        let letters: Vec<char> = word.chars().collect();
        let mut found = stems_of(entries, |other| {
            let differs_at_end = other.starts_with(word) || word.starts_with(other);
            is_typo(&letters, other).then_some(usize::from(!differs_at_end))
        });
        let least = found.iter().map(|found| found.rank).min();
        found.retain(|found| Some(found.rank) == least);
        found
    }

    /// Returns the stems of words that begin as `word` does, and end otherwise.
    fn variants(&self, word: &str) -> Vec<RankedStem<'i>> {
        let length = word.chars().count();
        let least = (length - NUMBERS.varied_letters).max(NUMBERS.least_in_common);
        stems_of(self.shard(self.leaf_of(word)), |other| {
            let same = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            let longest = length + NUMBERS.varied_letters;
            let fits = same >= least && other.chars().count() <= longest;
            fits.then_some(length - same)
        })
    }

    /// Returns the shards in which a word may stand that was mistyped as `word`: its own, and those it would
    /// be in without its first or second letter, or with these two changed round.
    fn around(&self, word: &str) -> Vec<usize> {
        let letters: Vec<char> = word.chars().collect();
        let [first, second, rest @ ..] = letters.as_slice() else { return Vec::new() };
        let spelled = |head: &[char]| head.iter().chain(rest).collect::<String>();
        let spellings =
            [word.to_owned(), spelled(&[*second]), spelled(&[*first]), spelled(&[*second, *first])];
        let mut leaves: Vec<usize> = spellings.iter().map(|word| self.leaf_of(word)).collect();
        leaves.sort_unstable();
        leaves.dedup();
        leaves
    }
}

/// Returns the stems of the entries to which `rank` gives a rank.
fn stems_of<'i>(
    entries: impl Iterator<Item = DictionaryEntry<'i>>,
    rank: impl Fn(&str) -> Option<usize>,
) -> Vec<RankedStem<'i>> {
    let mut found = Vec::new();
    for entry in entries {
        let Some(stems) = entry.stems else { continue };
        if let Some(rank) = rank(entry.key) {
            let word = entry.key;
            found.extend(stems.iter().map(|(stem, _)| RankedStem { rank, stem, word }));
        }
    }
    found
}

/// Says whether `other` is `word` with one letter more, less or other, or two neighbours changed round.
fn is_typo(word: &[char], other: &str) -> bool {
    let other: Vec<char> = other.chars().collect();
    if word.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = word.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&word[same..], &other[same..]);
    match (a, b) {
        ([], []) => false,
        ([], [_]) | ([_], []) => true,
        ([], _) | (_, []) => false,
        ([_, rest @ ..], other) if rest == other => true,
        (word, [_, rest @ ..]) if rest == word => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        ([a, b, rest @ ..], [c, d, other @ ..]) => a == d && b == c && rest == other,
        _ => false,
    }
}
