//! Queries: their words, and the stems that may be meant by each. `scripts/search/3-query.js` of the theme
//! does the same in a browser, step for step.

use std::ops::Range;

use super::index::{DictionaryEntry, SearchIndex};
use super::leaves::IndexShard;
use super::names::JOINT;
use super::numbers::NUMBERS;
use crate::token::{WordPiece, fold, fold_run, pairs, segment};

/// The marks that a phrase stands between, of any sort.
pub(super) const QUOTATION_MARKS: &str = "\"“”„«»";

/// A query, understood.
#[derive(Debug, Default)]
pub(super) struct SearchQuery {
    pub(super) words: Vec<WordMeaning>,
    pub(super) groups: Vec<PhraseGroup>,
    pub(super) names: Vec<QueryName>,
    /// The phrases in quotation marks, as folded words.
    pub(super) phrases: Vec<Vec<String>>,
    /// All words as they were asked for, folded.
    pub(super) asked: Vec<String>,
    /// Says whether the last of them may go on.
    pub(super) is_open: bool,
}

/// The stems that may be meant by a word.
#[derive(Debug)]
pub(super) struct WordMeaning {
    pub(super) stems: Vec<MeantStem>,
    /// The number of notes that hold it, or may.
    pub(super) count: u32,
}

/// A stem that stands for a word of a query, and the factor of its score.
#[derive(Debug)]
pub(super) struct MeantStem {
    pub(super) stem: String,
    pub(super) factor: u64,
}

/// Something else that may be meant by neighbouring words.
#[derive(Debug)]
pub(super) struct PhraseGroup {
    /// The words, by their places in the query.
    pub(super) words: Range<usize>,
    /// Stems that a note must all hold.
    pub(super) stems: Vec<String>,
    pub(super) factor: u64,
}

/// Neighbouring words that are the name of notes.
#[derive(Debug)]
pub(super) struct QueryName {
    /// The words, by their places in the query.
    pub(super) words: Range<usize>,
    pub(super) slots: Vec<u32>,
}

/// A word of a query.
struct QueryWord<'q> {
    folded: String,
    /// Its place in the query.
    at: usize,
    is_pair: bool,
    /// The words joined by hyphens of which it is the last.
    joined: Option<&'q str>,
}

/// Understands `text` by the words of the index.
pub(super) fn understand(index: &SearchIndex, leaves: &[IndexShard], text: &str) -> SearchQuery {
    let asked = asked(text);
    let is_open = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = asked.len().saturating_sub(1);
    let dictionary = SearchDictionary { index, leaves };
    let words = asked.iter().enumerate();
    let words =
        words.map(|(at, word)| dictionary.meaning_of(word, is_open && at == last)).collect();
    let mut groups = dictionary.joined(&asked, text);
    let names = dictionary.names(&asked, &mut groups);
    let asked = asked.into_iter().map(|word| word.folded).collect();
    SearchQuery { words, groups, names, phrases: phrases(text), asked, is_open }
}

fn asked(text: &str) -> Vec<QueryWord<'_>> {
    let mut asked: Vec<QueryWord<'_>> = Vec::new();
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    segment(text, |piece| match piece {
        WordPiece::Word(word) => {
            let (folded, at) = (fold(word), offset(word));
            asked.push(QueryWord { folded, at, is_pair: false, joined: None });
        }
        WordPiece::Run(run) => asked.extend(pairs(&fold_run(run)).map(|pair| QueryWord {
            folded: pair.to_owned(),
            at: offset(run),
            is_pair: true,
            joined: None,
        })),
        WordPiece::Joined(words) => {
            if let Some(last) = asked.last_mut() {
                last.joined = Some(words);
            }
        }
    });
    asked.retain(|word| !word.folded.is_empty());
    asked.truncate(NUMBERS.query_words);
    asked
}

/// Returns the phrases that stand between quotation marks, as folded words.
fn phrases(text: &str) -> Vec<Vec<String>> {
    let quoted = text.split(|sign| QUOTATION_MARKS.contains(sign)).skip(1).step_by(2);
    let folded = |part: &str| asked(part).into_iter().map(|word| word.folded).collect();
    quoted.map(folded).filter(|words: &Vec<String>| !words.is_empty()).collect()
}

/// A stem that may be meant by a word, and how far it is from it.
struct RankedStem {
    rank: usize,
    stem: &'static str,
}

/// The words and names of the book, in the shards that a browser would read.
struct SearchDictionary<'i> {
    index: &'i SearchIndex,
    leaves: &'i [IndexShard],
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

    fn meaning_of(&self, asked: &QueryWord<'_>, is_open: bool) -> WordMeaning {
        let word = asked.folded.as_str();
        let known = self.index.words.get(word);
        let own_stem =
            |(stem, _): &(&str, u32)| MeantStem { stem: (*stem).to_owned(), factor: NUMBERS.exact };
        let mut stems: Vec<MeantStem> = known.into_iter().flatten().map(own_stem).collect();
        let exact = stems.iter().map(|meant| self.count(&meant.stem)).max();
        let length = word.chars().count();
        let may_go_on = is_open && !asked.is_pair && length >= NUMBERS.shortest_begun;
        if exact.is_none() || may_go_on {
            let factor = if exact.is_some() { NUMBERS.longer } else { NUMBERS.begun };
            self.add(self.beginning(word), factor, NUMBERS.stems_of_word, &mut stems);
        }
        if stems.is_empty() && !asked.is_pair && length >= NUMBERS.shortest_mistyped {
            self.add(self.mistyped(word), NUMBERS.typo, NUMBERS.stems_of_word, &mut stems);
        }
        if stems.is_empty() && !asked.is_pair && length >= NUMBERS.shortest_varied {
            self.add(self.variants(word), NUMBERS.variant, NUMBERS.stems_of_variant, &mut stems);
        }
        let all = stems.iter().map(|meant| self.count(&meant.stem)).sum();
        let notes = self.index.entries.len() as u32;
        WordMeaning { stems, count: exact.unwrap_or(all).min(notes) }
    }

    /// Adds the best of `found` to `stems`, `most` at most: by rank, then those that most notes hold.
    fn add(
        &self,
        mut found: Vec<RankedStem>,
        factor: u64,
        most: usize,
        stems: &mut Vec<MeantStem>,
    ) {
        found.sort_by_key(|found| {
            (found.rank, std::cmp::Reverse(self.count(found.stem)), found.stem)
        });
        let end = stems.len() + most;
        for RankedStem { stem, .. } in found {
            if stems.len() < end && !stems.iter().any(|known| known.stem == stem) {
                stems.push(MeantStem { stem: stem.to_owned(), factor });
            }
        }
    }

    /// Returns the stems of longer words that begin with `word`.
    fn beginning(&self, word: &str) -> Vec<RankedStem> {
        let first = self.leaf_of(word);
        let further = (first + 1..self.leaves.len().min(first + NUMBERS.shards_of_beginning))
            .take_while(|at| self.leaves[*at].start.starts_with(word));
        let entries = std::iter::once(first).chain(further).flat_map(|at| self.shard(at));
        stems_of(entries, |other| (other.starts_with(word) && other != word).then_some(0))
    }

    /// Returns the stems of words that somebody may have meant who typed `word`.
    fn mistyped(&self, word: &str) -> Vec<RankedStem> {
        let entries = self.around(word).into_iter().flat_map(|at| self.shard(at));
        let letters: Vec<char> = word.chars().collect();
        stems_of(entries, |other| is_typo(&letters, other).then_some(0))
    }

    /// Returns the stems of words that begin as `word` does, and end otherwise.
    fn variants(&self, word: &str) -> Vec<RankedStem> {
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

    /// Returns the words that hyphens join, each as one word.
    fn joined(&self, asked: &[QueryWord<'_>], text: &str) -> Vec<PhraseGroup> {
        let mut groups = Vec::new();
        for (at, word) in asked.iter().enumerate() {
            let Some(joined) = word.joined else { continue };
            let start = joined.as_ptr() as usize - text.as_ptr() as usize;
            let first = asked.partition_point(|word| word.at < start);
            for (stem, _) in self.index.words.get(&*fold(joined)).into_iter().flatten() {
                let stems = vec![(*stem).to_owned()];
                let words = first..at + 1;
                groups.push(PhraseGroup { words, stems, factor: NUMBERS.exact });
            }
        }
        groups
    }

    /// Returns the names among the words, the longest first; their other names go to `groups`.
    fn names(&self, asked: &[QueryWord<'_>], groups: &mut Vec<PhraseGroup>) -> Vec<QueryName> {
        let mut names = Vec::new();
        for length in (1..=NUMBERS.longest_name.min(asked.len())).rev() {
            for first in 0..=asked.len() - length {
                let words = first..first + length;
                let name: Vec<&str> =
                    asked[words.clone()].iter().map(|word| &*word.folded).collect();
                let Some(owner) = self.index.called.get(&name.join(JOINT)) else { continue };
                groups.extend(owner.others.iter().map(|other| {
                    let stems = other.split(JOINT).map(str::to_owned).collect();
                    PhraseGroup { words: words.clone(), stems, factor: NUMBERS.synonym }
                }));
                names.push(QueryName { words, slots: owner.slots.iter().copied().collect() });
            }
        }
        names
    }
}

/// Returns the stems of the entries to which `rank` gives a rank.
fn stems_of<'i>(
    entries: impl Iterator<Item = DictionaryEntry<'i>>,
    rank: impl Fn(&str) -> Option<usize>,
) -> Vec<RankedStem> {
    let mut found = Vec::new();
    for entry in entries {
        let Some(stems) = entry.stems else { continue };
        if let Some(rank) = rank(entry.key) {
            found.extend(stems.iter().map(|(stem, _)| RankedStem { rank, stem }));
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
