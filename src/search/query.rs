//! What somebody asks for: the words, and the stems that may be meant by each. `search.js` does the
//! same, step for step.

use super::index::{DictionaryEntry, SearchIndex};
use super::leaves::IndexShard;
use super::names::JOINT;
use crate::token::{LONGEST_NAME, WordPiece, fold, fold_run, pairs, segment};

/// How many words of a query count.
const WORDS: usize = 12;

/// How many shards are read for words that begin as a query's word does.
const REACH: usize = 4;

/// How many stems may stand for a word that is not finished or not known.
const OTHERS: usize = 8;

/// How much a stem counts, in parts of [`WHOLE`], that stands for a word: the word itself, …
pub(super) const WHOLE: u64 = 1024;
/// … a longer word that begins with it, where the word itself is known, …
const LONGER: u64 = 512;
/// … or is not, …
const BEGINS: u64 = 820;
/// … a word with one letter more, less or other, or two changed round, …
const TYPO: u64 = 716;
/// … a word with the same beginning, …
const VARIANT: u64 = 512;
/// … another name of the same thing.
const SYNONYM: u64 = 716;

/// A query, understood.
#[derive(Debug, Default)]
pub(super) struct SearchQuery {
    pub(super) words: Vec<WordMeaning>,
    pub(super) groups: Vec<PhraseGroup>,
    pub(super) names: Vec<QueryName>,
    /// What stands in quotation marks, as folded words.
    pub(super) phrases: Vec<Vec<String>>,
    /// All words as they were asked for, folded.
    pub(super) asked: Vec<String>,
    /// Whether the last of them may go on.
    pub(super) open: bool,
}

/// What may be meant by a word.
#[derive(Debug)]
pub(super) struct WordMeaning {
    /// The stems, and how much each counts.
    pub(super) stems: Vec<(String, u64)>,
    /// How many notes hold it, or may.
    pub(super) count: u32,
}

/// What else may be meant by neighbouring words.
#[derive(Debug)]
pub(super) struct PhraseGroup {
    pub(super) first: usize,
    pub(super) end: usize,
    /// Stems that a note must all hold.
    pub(super) stems: Vec<String>,
    pub(super) factor: u64,
}

/// Neighbouring words that are the name of notes.
#[derive(Debug)]
pub(super) struct QueryName {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) slots: Vec<u32>,
}

/// A word of a query.
struct QueryWord<'q> {
    folded: String,
    /// Where it begins in the query.
    at: usize,
    is_pair: bool,
    /// The words that hyphens join, of which it is the last.
    joined: Option<&'q str>,
}

/// Understands `text` by the words there are.
pub(super) fn understand(index: &SearchIndex, leaves: &[IndexShard], text: &str) -> SearchQuery {
    let asked = asked(text);
    let open = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = asked.len().saturating_sub(1);
    let dictionary = SearchDictionary { index, leaves };
    let words = asked.iter().enumerate();
    let words = words.map(|(at, word)| dictionary.meant(word, open && at == last)).collect();
    let mut groups = dictionary.joined(&asked, text);
    let names = dictionary.names(&asked, &mut groups);
    let asked = asked.into_iter().map(|word| word.folded).collect();
    SearchQuery { words, groups, names, phrases: phrases(text), asked, open }
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
    asked.truncate(WORDS);
    asked
}

/// What stands between quotation marks of any sort, as folded words.
fn phrases(text: &str) -> Vec<Vec<String>> {
    let quoted = text.split(['"', '“', '”', '„', '«', '»']).skip(1).step_by(2);
    let folded = |part: &str| asked(part).into_iter().map(|word| word.folded).collect();
    quoted.map(folded).filter(|words: &Vec<String>| !words.is_empty()).collect()
}

/// The words and names of the book, in the shards that a browser would read.
struct SearchDictionary<'i> {
    index: &'i SearchIndex,
    leaves: &'i [IndexShard],
}

impl<'i> SearchDictionary<'i> {
    /// The shard that has `word`, if any does.
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

    fn meant(&self, asked: &QueryWord<'_>, open: bool) -> WordMeaning {
        let word = asked.folded.as_str();
        let known = self.index.words.get(word);
        let mut stems: Vec<(String, u64)> =
            known.into_iter().flatten().map(|(stem, _)| ((*stem).to_owned(), WHOLE)).collect();
        let exact = stems.iter().map(|(stem, _)| self.count(stem)).max();
        let length = word.chars().count();
        if exact.is_none() || (open && !asked.is_pair && length >= 2) {
            let factor = if exact.is_some() { LONGER } else { BEGINS };
            self.take(self.beginning(word), factor, OTHERS, &mut stems);
        }
        if stems.is_empty() && !asked.is_pair && length >= 4 {
            self.take(self.mistyped(word), TYPO, OTHERS, &mut stems);
        }
        if stems.is_empty() && !asked.is_pair && length >= 5 {
            self.take(self.variants(word), VARIANT, OTHERS / 2, &mut stems);
        }
        let all = stems.iter().map(|(stem, _)| self.count(stem)).sum();
        let notes = self.index.entries.len() as u32;
        WordMeaning { stems, count: exact.unwrap_or(all).min(notes) }
    }

    /// Adds the best of `found`, each a rank and a stem: by rank, then those that most notes hold.
    fn take(
        &self,
        mut found: Vec<(usize, &'static str)>,
        factor: u64,
        most: usize,
        stems: &mut Vec<(String, u64)>,
    ) {
        let key = |(rank, stem): &(usize, &'static str)| {
            (*rank, std::cmp::Reverse(self.count(stem)), *stem)
        };
        found.sort_by_key(key);
        let end = stems.len() + most;
        for (_, stem) in found {
            if stems.len() < end && !stems.iter().any(|(other, _)| *other == *stem) {
                stems.push((stem.to_owned(), factor));
            }
        }
    }

    /// The stems of longer words that begin with `word`.
    fn beginning(&self, word: &str) -> Vec<(usize, &'static str)> {
        let first = self.leaf_of(word);
        let further = (first + 1..self.leaves.len().min(first + REACH))
            .take_while(|at| self.leaves[*at].start.starts_with(word));
        let entries = std::iter::once(first).chain(further).flat_map(|at| self.shard(at));
        stems_of(entries.filter(|entry| entry.0.starts_with(word) && entry.0 != word), |_| Some(0))
    }

    /// The stems of words that somebody may have meant who typed `word`.
    fn mistyped(&self, word: &str) -> Vec<(usize, &'static str)> {
        let entries = self.around(word).into_iter().flat_map(|at| self.shard(at));
        let letters: Vec<char> = word.chars().collect();
        stems_of(entries, |other| is_typo(&letters, other).then_some(0))
    }

    /// The stems of words that begin as `word` does, and end otherwise.
    fn variants(&self, word: &str) -> Vec<(usize, &'static str)> {
        let length = word.chars().count();
        let least = (length - 3).max(4);
        stems_of(self.shard(self.leaf_of(word)), |other| {
            let same = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
            let fits = same >= least && other.chars().count() <= length + 3;
            fits.then_some(length - same)
        })
    }

    /// The shards in which a word may stand that was mistyped as `word`: its own, and those it would
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

    /// Words that hyphens join, as one word.
    fn joined(&self, asked: &[QueryWord<'_>], text: &str) -> Vec<PhraseGroup> {
        let mut groups = Vec::new();
        for (at, word) in asked.iter().enumerate() {
            let Some(joined) = word.joined else { continue };
            let start = joined.as_ptr() as usize - text.as_ptr() as usize;
            let first = asked.partition_point(|word| word.at < start);
            for (stem, _) in self.index.words.get(&*fold(joined)).into_iter().flatten() {
                let stems = vec![(*stem).to_owned()];
                groups.push(PhraseGroup { first, end: at + 1, stems, factor: WHOLE });
            }
        }
        groups
    }

    /// The names among the words, the longest first; what else they are called goes to `groups`.
    fn names(&self, asked: &[QueryWord<'_>], groups: &mut Vec<PhraseGroup>) -> Vec<QueryName> {
        let mut names = Vec::new();
        for length in (1..=LONGEST_NAME.min(asked.len())).rev() {
            for first in 0..=asked.len() - length {
                let end = first + length;
                let words: Vec<&str> = asked[first..end].iter().map(|word| &*word.folded).collect();
                let Some(named) = self.index.called.get(&words.join(JOINT)) else { continue };
                groups.extend(named.others.iter().map(|other| {
                    let stems = other.split(JOINT).map(str::to_owned).collect();
                    PhraseGroup { first, end, stems, factor: SYNONYM }
                }));
                names.push(QueryName { first, end, slots: named.slots.iter().copied().collect() });
            }
        }
        names
    }
}

/// The stems of the entries to which `rank` gives a rank.
fn stems_of<'i>(
    entries: impl Iterator<Item = DictionaryEntry<'i>>,
    rank: impl Fn(&str) -> Option<usize>,
) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (word, stems, _) in entries {
        let Some(stems) = stems else { continue };
        if let Some(rank) = rank(word) {
            found.extend(stems.iter().map(|(stem, _)| (rank, *stem)));
        }
    }
    found
}

/// Whether `other` is `word` with one letter more, less or other, or two neighbours changed round.
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
