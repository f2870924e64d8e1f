//! The classes and forms of signs by which words are cut out and folded, for the program and, as
//! [`WordTables`], for the browser.

use std::collections::BTreeMap;

use serde::Serialize;

/// Ranges of signs in the order of Unicode: the first sign of each, and the last.
pub(super) type SignRanges = [(char, char)];

/// Signs of scripts that put no space between words, in Unicode's blocks; their digits are words.
pub(super) const WITHOUT_SPACES: &SignRanges = &[
    ('\u{0e00}', '\u{0e4f}'),
    ('\u{0e5a}', '\u{0ecf}'),
    ('\u{0eda}', '\u{0eff}'),
    ('\u{1000}', '\u{103f}'),
    ('\u{104a}', '\u{109f}'),
    ('\u{1780}', '\u{17df}'),
    ('\u{17ea}', '\u{17ef}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{a9e0}', '\u{a9ef}'),
    ('\u{aa60}', '\u{aa7f}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{ff66}', '\u{ff9f}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// Signs that are not seen and belong to the word they stand in. The space without width is one of them:
/// it parts words in some Khmer texts, and not in others.
pub(super) const INVISIBLE: &SignRanges = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{640}', '\u{640}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2060}', '\u{2060}'),
    ('\u{feff}', '\u{feff}'),
];

/// Signs that folding takes away: accents, vowel points, signs that are not seen, and what may stand
/// within a word besides letters. Marks of Indian and South-East Asian scripts are letters, and stay.
pub(super) const DROPPED: &SignRanges = &[
    ('\'', '\''),
    ('-', '.'),
    ('\u{ad}', '\u{ad}'),
    ('\u{2bc}', '\u{2bc}'),
    ('\u{300}', '\u{36f}'),
    ('\u{591}', '\u{5bd}'),
    ('\u{5bf}', '\u{5bf}'),
    ('\u{5c1}', '\u{5c2}'),
    ('\u{5c4}', '\u{5c5}'),
    ('\u{5c7}', '\u{5c7}'),
    ('\u{610}', '\u{61a}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{640}', '\u{640}'),
    ('\u{64b}', '\u{65f}'),
    ('\u{670}', '\u{670}'),
    ('\u{6d6}', '\u{6dc}'),
    ('\u{6df}', '\u{6e4}'),
    ('\u{6e7}', '\u{6e8}'),
    ('\u{6ea}', '\u{6ed}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2010}', '\u{2011}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{2060}', '\u{2060}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{fe20}', '\u{fe2f}'),
    ('\u{feff}', '\u{feff}'),
];

/// Apostrophes, which part words save between Cyrillic letters.
pub(super) const APOSTROPHES: &SignRanges =
    &[('\'', '\''), ('\u{2018}', '\u{2019}'), ('\u{ff07}', '\u{ff07}')];

/// Hyphens, which part words that are also found joined.
pub(super) const HYPHENS: &SignRanges = &[('-', '-'), ('\u{2010}', '\u{2011}')];

/// Cyrillic letters.
pub(super) const CYRILLIC: &SignRanges = &[('\u{400}', '\u{52f}')];

/// Signs that put the next consonant below the one before, in Burmese and Khmer.
pub(super) const STACKS_NEXT: &SignRanges = &[('\u{1039}', '\u{1039}'), ('\u{17d2}', '\u{17d2}')];

/// Small letters that are folded to others, in the order of Unicode.
pub(super) const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ς', "σ"),
    ('ґ', "г"),
    // Arabic: teh marbuta, alif maqsura, alif wasla, Persian kaf, Persian yeh.
    ('\u{629}', "\u{647}"),
    ('\u{649}', "\u{64a}"),
    ('\u{671}', "\u{627}"),
    ('\u{6a9}', "\u{643}"),
    ('\u{6cc}', "\u{64a}"),
];

/// The zeros before digits that are folded to those of ASCII: Arabic, Persian, Devanagari, Bengali, Thai,
/// Lao, Burmese, Khmer.
pub(super) const ZEROS: [u32; 8] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0];

/// The longest word, in signs; of a longer one the beginning is kept.
pub(super) const LONGEST_WORD: usize = 40;

/// The Arabic article as it is written before a word as one with it, also after "and", "with", "like",
/// "then" and "for"; each with how many letters a word must have after it, as `الحق` has two.
pub(super) const ARTICLES: &[(&str, usize)] =
    &[("وال", 3), ("بال", 3), ("كال", 3), ("فال", 3), ("لل", 3), ("ال", 2)];

/// The name of God, which is no word with an article.
pub(super) const NEVER_CUT: &str = "الله";

/// Says whether a sign is in one of the ranges.
pub(super) fn is_in(ranges: &SignRanges, sign: char) -> bool {
    for (first, last) in ranges {
        if sign <= *last {
            return *first <= sign;
        }
    }
    false
}

/// Returns the letters that a small letter is folded to.
pub(super) fn folded_letter(letter: char) -> Option<&'static str> {
    let found = LETTERS.binary_search_by_key(&letter, |(letter, _)| *letter);
    found.ok().map(|at| LETTERS[at].1)
}

/// The tables are searched by their order.
const _: () = {
    assert!(in_order(WITHOUT_SPACES) && in_order(INVISIBLE) && in_order(DROPPED));
    assert!(in_order(APOSTROPHES) && in_order(HYPHENS) && in_order(STACKS_NEXT));
    let mut at = 1;
    while at < LETTERS.len() {
        assert!((LETTERS[at - 1].0 as u32) < LETTERS[at].0 as u32);
        at += 1;
    }
};

const fn in_order(ranges: &SignRanges) -> bool {
    let mut at = 1;
    while at < ranges.len() {
        if ranges[at - 1].1 as u32 >= ranges[at].0 as u32 {
            return false;
        }
        at += 1;
    }
    true
}

/// The tables by which a browser cuts out and folds words: ranges of signs as they stand between the
/// brackets of a regular expression.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WordTables {
    without_spaces: String,
    invisible: String,
    dropped: String,
    apostrophes: String,
    hyphens: String,
    cyrillic: String,
    stacks_next: String,
    letters: BTreeMap<char, &'static str>,
    zeros: [u32; 8],
    longest_word: usize,
    articles: &'static [(&'static str, usize)],
    never_cut: &'static str,
}

/// Returns the tables for the browser.
pub fn word_tables() -> WordTables {
    WordTables {
        without_spaces: bracketed(WITHOUT_SPACES),
        invisible: bracketed(INVISIBLE),
        dropped: bracketed(DROPPED),
        apostrophes: bracketed(APOSTROPHES),
        hyphens: bracketed(HYPHENS),
        cyrillic: bracketed(CYRILLIC),
        stacks_next: bracketed(STACKS_NEXT),
        letters: LETTERS.iter().copied().collect(),
        zeros: ZEROS,
        longest_word: LONGEST_WORD,
        articles: ARTICLES,
        never_cut: NEVER_CUT,
    }
}

/// Writes ranges as they stand between the brackets of a regular expression.
fn bracketed(ranges: &SignRanges) -> String {
    let escaped = |sign: char| format!("\\u{{{:x}}}", u32::from(sign));
    let range = |(first, last): &(char, char)| {
        if first == last {
            escaped(*first)
        } else {
            format!("{}-{}", escaped(*first), escaped(*last))
        }
    };
    ranges.iter().map(range).collect()
}
