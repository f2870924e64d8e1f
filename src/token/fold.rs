//! A word without what readers may type otherwise.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word, in signs; of a longer one the beginning is kept.
const LONGEST: usize = 40;

/// What is written before an Arabic word as one with it: the article, also after "and", "with",
/// "like", "then" and "for".
const ARTICLES: &[&str] = &["وال", "بال", "كال", "فال", "لل", "ال"];

/// The word in small letters, without accents and invisible signs, with one form for letters that
/// have several, and without an Arabic article. Empty if nothing is left.
pub fn fold(word: &str) -> String {
    let mut folded = fold_run(word);
    if folded.len() > LONGEST
        && let Some((end, _)) = folded.char_indices().nth(LONGEST)
    {
        folded.truncate(end);
    }
    if !folded.is_ascii() {
        let article = folded.len() - without_articles(&folded).len();
        folded.drain(..article);
    }
    folded
}

/// The same for a run of signs without spaces, of any length.
pub fn fold_run(word: &str) -> String {
    if word.is_ascii() {
        let mut small = word.to_ascii_lowercase();
        small.retain(|sign| !is_dropped(sign));
        return small;
    }
    let small = word.nfkd().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(small.len());
    for sign in small.chars().filter(|sign| !is_dropped(*sign)) {
        match sign {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            sign => folded.push(letter(sign)),
        }
    }
    folded.nfc().collect()
}

/// One form for letters that have several.
fn letter(sign: char) -> char {
    match sign {
        'ı' => 'i',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ł' => 'l',
        'ħ' => 'h',
        'ŧ' => 't',
        'ς' => 'σ',
        'ґ' => 'г',
        // Arabic: alif wasla, alif maqsura and Persian yeh, teh marbuta, Persian kaf.
        '\u{671}' => '\u{627}',
        '\u{649}' | '\u{6cc}' => '\u{64a}',
        '\u{629}' => '\u{647}',
        '\u{6a9}' => '\u{643}',
        // Digits: Arabic, Persian, Devanagari, Bengali, Thai, Lao, Burmese, Khmer.
        sign => [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0]
            .iter()
            .find_map(|zero| (sign as u32).checked_sub(*zero).filter(|digit| *digit < 10))
            .and_then(|digit| char::from_digit(digit, 10))
            .unwrap_or(sign),
    }
}

/// Accents, vowel points, and signs that are not seen. Marks of Indian and South-East Asian
/// scripts are letters, and stay.
fn is_dropped(sign: char) -> bool {
    !sign.is_ascii()
        && matches!(sign,
            '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
            | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}'
            | '\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
            | '\u{2010}' | '\u{2011}' | '\u{2018}' | '\u{2019}' | '\u{2060}' | '\u{20d0}'..='\u{20ff}'
            | '\u{2bc}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}')
        || matches!(sign, '-' | '\'' | '.')
}

/// A word without the article. What is left may look as if it began with one, as `الغام` does (the folded
/// `ألغام`): that goes too, or the word would be another with its article than without.
fn without_articles(mut word: &str) -> &str {
    loop {
        let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article));
        match rest.filter(|rest| is_word(word, rest)) {
            Some(rest) => word = rest,
            None => return word,
        }
    }
}

/// Says whether what is left of a word without an article is one: of two letters after the plain article, as in
/// `الحق`, and else of three. The name of God is no word with an article.
fn is_word(word: &str, rest: &str) -> bool {
    let least = if word.starts_with("ال") { 2 } else { 3 };
    rest.chars().count() >= least && word != "الله"
}

/// The pairs of neighbouring signs of a folded run, each sign with its marks; a lone sign is by
/// itself.
pub fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut stacks = false;
    for (at, sign) in run.char_indices() {
        if starts.is_empty() || !(stacks || is_combining_mark(sign)) {
            starts.push(at);
        }
        // The signs that put the next consonant below this one, in Khmer and Burmese.
        stacks = matches!(sign, '\u{17d2}' | '\u{1039}');
    }
    starts.push(run.len());
    let pairs: Vec<&str> = match starts.as_slice() {
        [] | [_] => Vec::new(),
        [start, end] => vec![&run[*start..*end]],
        starts => starts.windows(3).map(|three| &run[three[0]..three[2]]).collect(),
    };
    pairs.into_iter().filter(|pair| !pair.is_empty())
}
