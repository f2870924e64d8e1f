//! Queries: their words, and the stems that may be meant by each. `scripts/search/3-query.js` of the theme
//! does the same in a browser, step for step.

use std::collections::BTreeSet;
use std::ops::Range;

use super::dictionary::{QueryWord, SearchDictionary, WordMeaning};
use super::index::SearchIndex;
use super::leaves::IndexShard;
use super::lexicon::{PARAGRAPH_SIGNS, QueryLexicon};
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
    /// The titles of the kinds that may be named, or to whose names some words are related.
    pub(super) kinds: BTreeSet<String>,
    /// The phrases in quotation marks, as folded words.
    pub(super) phrases: Vec<Vec<String>>,
    /// All words as they were asked for, folded.
    pub(super) asked: Vec<String>,
    /// The part of `asked` from the first to the last word that names something.
    pub(super) core: Range<usize>,
    /// Says whether the last of them may go on, and is no word of the book as it is.
    pub(super) is_open: bool,
    /// The number of the paragraph that is asked for.
    pub(super) paragraph: Option<String>,
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

/// Understands `text` by the words of the index.
pub(super) fn understand(
    index: &SearchIndex,
    leaves: &[IndexShard],
    lexicon: &QueryLexicon,
    text: &str,
) -> SearchQuery {
    let mut asked = asked(text);
    let paragraph = ignore(&mut asked, lexicon, text);
    let mut is_open = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = asked.len().saturating_sub(1);
    let dictionary = SearchDictionary { index, leaves, lexicon };
    let words = asked.iter().enumerate();
    let words: Vec<WordMeaning> =
        words.map(|(at, word)| dictionary.meaning_of(word, is_open && at == last)).collect();
    let mut groups = dictionary.joined(&asked, text);
    let names = dictionary.names(&asked, &words, &mut groups);
    let related = dictionary.related(&words, &asked);
    let own = words.iter().filter(|word| word.is_kind).flat_map(|word| &word.stems);
    let own = own.map(|meant| &meant.stem);
    let kinds = lexicon.kinds_of(own.chain(related.iter().flat_map(|group| &group.stems)));
    groups.extend(related);
    let named = |word: &QueryWord<'_>| !word.is_ignored;
    let first = asked.iter().position(named).unwrap_or(0);
    let core = first..asked.iter().rposition(named).map_or(0, |last| last + 1);
    // A word that the book has is whole, as far as the order of words is concerned.
    is_open &= words.last().is_some_and(|last| !last.is_known);
    let asked = asked.into_iter().map(|word| word.folded).collect();
    SearchQuery {
        words,
        groups,
        names,
        kinds,
        phrases: phrases(text),
        asked,
        core,
        is_open,
        paragraph,
    }
}

/// Marks the words that name nothing, and the number of a paragraph with the word for it, unless nothing is left.
/// Returns the number.
fn ignore(asked: &mut [QueryWord<'_>], lexicon: &QueryLexicon, text: &str) -> Option<String> {
    let mut paragraph = None;
    let is_number = |word: &QueryWord<'_>| word.folded.bytes().all(|byte| byte.is_ascii_digit());
    let mut ignored: Vec<bool> =
        asked.iter().map(|word| lexicon.ignored.contains(&word.folded)).collect();
    for (at, word) in asked.iter().enumerate().filter(|(_, word)| is_number(word)) {
        let before = at.checked_sub(1).map(|before| &asked[before].folded);
        let has_sign = text[..word.at].trim_end().ends_with(|sign| PARAGRAPH_SIGNS.contains(sign));
        let has_word = before.is_some_and(|before| lexicon.paragraph.contains(before));
        if has_sign || has_word {
            ignored[at] = true;
            paragraph.get_or_insert_with(|| word.folded.clone());
        }
        if has_word {
            ignored[at - 1] = true;
        }
    }
    if !ignored.iter().all(|is_ignored| *is_ignored) {
        for (word, is_ignored) in asked.iter_mut().zip(ignored) {
            word.is_ignored = is_ignored;
        }
    }
    paragraph
}

fn asked(text: &str) -> Vec<QueryWord<'_>> {
    let mut asked: Vec<QueryWord<'_>> = Vec::new();
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    segment(text, |piece| match piece {
        WordPiece::Word(word) => {
            let (folded, at) = (fold(word), offset(word));
            asked.push(QueryWord { folded, at, is_pair: false, joined: None, is_ignored: false });
        }
        WordPiece::Run(run) => asked.extend(pairs(&fold_run(run)).map(|pair| QueryWord {
            folded: pair.to_owned(),
            at: offset(run),
            is_pair: true,
            joined: None,
            is_ignored: false,
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

impl SearchDictionary<'_> {
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
    fn names(
        &self,
        asked: &[QueryWord<'_>],
        meanings: &[WordMeaning],
        groups: &mut Vec<PhraseGroup>,
    ) -> Vec<QueryName> {
        let mut names = Vec::new();
        for length in (1..=NUMBERS.longest_name.min(asked.len())).rev() {
            for first in 0..=asked.len() - length {
                let words = first..first + length;
                if asked[words.clone()].iter().all(|word| word.is_ignored) {
                    continue;
                }
                let Some(owner) = self.index.called.get(&spelled(asked, meanings, &words)) else {
                    continue;
                };
                groups.extend(owner.others.iter().map(|other| {
                    let stems = other.split(JOINT).map(str::to_owned).collect();
                    PhraseGroup { words: words.clone(), stems, factor: NUMBERS.synonym }
                }));
                names.push(QueryName { words, slots: owner.slots.iter().copied().collect() });
            }
        }
        names
    }

    /// Returns what the book relates to the words.
    fn related(&self, meanings: &[WordMeaning], asked: &[QueryWord<'_>]) -> Vec<PhraseGroup> {
        let mut groups = Vec::new();
        for length in (1..=NUMBERS.longest_name.min(asked.len())).rev() {
            for first in 0..=asked.len() - length {
                let words = first..first + length;
                if asked[words.clone()].iter().all(|word| word.is_ignored) {
                    continue;
                }
                let spelled = spelled(asked, meanings, &words);
                let stems = meanings[words.clone()].iter().map(|word| word.stems.first());
                let stems: Option<Vec<&str>> = stems.map(|meant| Some(&*meant?.stem)).collect();
                let stems = stems.map(|stems| stems.join(JOINT));
                let Some(form) = self.lexicon.form_of(&spelled, stems.as_deref()) else { continue };
                for stems in self.lexicon.related_to(form) {
                    let (words, factor) = (words.clone(), NUMBERS.related);
                    groups.push(PhraseGroup { words, stems, factor });
                }
            }
        }
        groups
    }
}

/// Returns some words of a query as they are meant.
fn spelled(asked: &[QueryWord<'_>], meanings: &[WordMeaning], words: &Range<usize>) -> String {
    let meant = |at: usize| meanings[at].guess.as_ref().unwrap_or(&asked[at].folded).as_str();
    words.clone().map(meant).collect::<Vec<_>>().join(JOINT)
}
