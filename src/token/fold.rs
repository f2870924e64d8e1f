//! Folding: words without the differences that readers may type otherwise.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::signs::{
    ARTICLES, DROPPED, LONGEST_WORD, NEVER_CUT, STACKS_NEXT, ZEROS, folded_letter, is_in,
};

/// Folds a word: small letters, no accents or invisible signs, one form of letters that have several, and
/// no Arabic article. Empty if nothing is left.
pub fn fold(word: &str) -> String {
    let mut folded = fold_run(word);
    if folded.len() > LONGEST_WORD
        && let Some((end, _)) = folded.char_indices().nth(LONGEST_WORD)
    {
        folded.truncate(end);
    }
    if !folded.is_ascii() {
        let article = folded.len() - without_articles(&folded).len();
        folded.drain(..article);
    }
    folded
}

/// Folds a run of signs without spaces, of any length, and leaves articles in it.
pub fn fold_run(word: &str) -> String {
    if word.is_ascii() {
        let mut small = word.to_ascii_lowercase();
        small.retain(|sign| !is_in(DROPPED, sign));
        return small;
    }
    let small = word.nfkd().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(small.len());
    for sign in small.chars().filter(|sign| !is_in(DROPPED, *sign)) {
        if sign.is_ascii() {
            folded.push(sign);
        } else if let Some(letters) = folded_letter(sign) {
            folded.push_str(letters);
        } else {
            folded.push(digit(sign).unwrap_or(sign));
        }
    }
    folded.nfc().collect()
}

/// Returns the digit of ASCII that a digit of another script stands for.
fn digit(sign: char) -> Option<char> {
    let mut values = ZEROS.iter().filter_map(|zero| u32::from(sign).checked_sub(*zero));
    char::from_digit(values.find(|value| *value < 10)?, 10)
}

/// Takes the article from a word. The rest may look as if it began with one, as `الغام` does (the folded
/// `ألغام`): that goes too, or the word would be another with its article than without.
fn without_articles(mut word: &str) -> &str {
    loop {
        let found = ARTICLES
            .iter()
            .find_map(|(article, least)| Some((word.strip_prefix(article)?, *least)));
        match found {
            Some((rest, least)) if rest.chars().count() >= least && word != NEVER_CUT => {
                word = rest;
            }
            _ => return word,
        }
    }
}

/// Returns the pairs of neighbouring signs of a folded run, each sign with its marks; a lone sign is by
/// itself.
pub fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut stacks = false;
    for (at, sign) in run.char_indices() {
        if starts.is_empty() || !(stacks || is_combining_mark(sign)) {
            starts.push(at);
        }
        stacks = is_in(STACKS_NEXT, sign);
    }
    starts.push(run.len());
    let pairs: Vec<&str> = match starts.as_slice() {
        [] | [_] => Vec::new(),
        [start, end] => vec![&run[*start..*end]],
        starts => starts.windows(3).map(|three| &run[three[0]..three[2]]).collect(),
    };
    pairs.into_iter().filter(|pair| !pair.is_empty())
}
