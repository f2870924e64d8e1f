//! The letters under which titles stand in a list by letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::{Collator, SortKey, collator, counted, is_plain, letters_of};
use crate::language::Language;

/// The heading of titles that begin with a number.
const NUMBERS: &str = "0–9";

/// The heading of titles without a letter or digit.
const SIGNS: &str = "#";

/// The sign by which the collation of Chinese marks the first sound of each letter: with `A`, it stands before 阿.
const FIRST_SOUND: char = '\u{fdd0}';

/// A heading of titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterHeading {
    /// The place among the headings of the language; the same for all where the order of the titles is enough.
    pub rank: Vec<u8>,
    /// The letter.
    pub letter: String,
}

/// The headings of titles in one language.
pub struct LetterHeadings(Option<Alphabet>);

/// The letters by which the headings of a language are found, each with its key.
struct Alphabet {
    collator: Collator,
    latin: Vec<(char, Vec<u8>)>,
    /// The letters of the sounds of Chinese; empty in the other languages.
    sounds: Vec<(char, Vec<u8>)>,
}

impl LetterHeadings {
    /// Returns the headings of titles in lists in `language`.
    pub fn new(language: &Language) -> Self {
        Self((!is_plain(language)).then(|| Alphabet::new(collator(language))))
    }

    /// Returns the heading of a title that is written in one language, by the title or the key that it has.
    pub fn of(&self, title: &str, written: &Language, key: &SortKey) -> LetterHeading {
        match &self.0 {
            Some(alphabet) => alphabet.heading(written.without_article(title)),
            None => {
                let key = str::from_utf8(&key.0).unwrap_or_default();
                let first = key.trim_start().graphemes(true).next();
                let letter = match first {
                    Some(first) if is_number(first) => NUMBERS.to_owned(),
                    first => first.unwrap_or(SIGNS).to_uppercase(),
                };
                LetterHeading { rank: Vec::new(), letter }
            }
        }
    }
}

impl Alphabet {
    fn new(collator: Collator) -> Self {
        let latin: Vec<_> =
            ('A'..='Z').map(|letter| (letter, own_key(&collator, letter))).collect();
        // Where the marks have no place of their own, they come after all letters.
        let sounds = ('A'..='Z').map(|letter| (letter, sound_key(&collator, letter)));
        let sounds = sounds.filter(|(_, key)| *key < latin[0].1).collect();
        Self { collator, latin, sounds }
    }

    fn heading(&self, title: &str) -> LetterHeading {
        let counted = counted(title);
        let letter = match counted.graphemes(true).next() {
            None => return LetterHeading { rank: Vec::new(), letter: SIGNS.to_owned() },
            Some(first) if is_number(first) => NUMBERS.to_owned(),
            Some(first) => self.letter(first),
        };
        LetterHeading { rank: letters_of(&self.collator, &letter), letter }
    }

    /// Returns the letter of the alphabet that a title begins with: É and Œ are E and O in French, Ñ is no N in Spanish, and
    /// 矿 is a K in Chinese. No key of a letter is the beginning of that of another.
    fn letter(&self, first: &str) -> String {
        let key = letters_of(&self.collator, first);
        let mut sounds = self.sounds.iter().rev();
        let is_spoken = key < self.latin[0].1;
        if let Some((letter, _)) = sounds.find(|(_, sound)| is_spoken && *sound <= key) {
            return letter.to_string();
        }
        if let Some((letter, _)) = self.latin.iter().find(|(_, latin)| key.starts_with(latin)) {
            return letter.to_string();
        }
        let plain = first.nfkd().find(|c| !is_combining_mark(*c)).map(String::from);
        let is_same = |plain: &String| key.starts_with(&letters_of(&self.collator, plain));
        plain.filter(is_same).map_or_else(|| first.to_uppercase(), |plain| plain.to_uppercase())
    }
}

fn own_key(collator: &Collator, letter: char) -> Vec<u8> {
    letters_of(collator, letter.encode_utf8(&mut [0; 4]))
}

/// Returns the key of the first sound of a letter.
fn sound_key(collator: &Collator, letter: char) -> Vec<u8> {
    let mut key = Vec::new();
    let Ok(()) = collator.write_sort_key_to(&String::from_iter([FIRST_SOUND, letter]), &mut key);
    key.truncate(key.iter().position(|byte| *byte == super::LEVEL_END).unwrap_or(key.len()));
    key
}

fn is_number(first: &str) -> bool {
    first.starts_with(char::is_numeric)
}
