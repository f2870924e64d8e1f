//! Stems: the part that the forms of a word share. Snowball finds it in the languages it knows.

use unicode_normalization::UnicodeNormalization;
use waken_snowball::Algorithm;

use super::fold::fold;
use super::spelling::american;
use crate::language::Language;

/// Endings of Ukrainian nouns and adjectives, for which Snowball has no algorithm; the longest that
/// fits is taken off.
const UKRAINIAN: &[&str] = &[
    "остями",
    "остях",
    "остей",
    "істю",
    "ості",
    "ість",
    "ення",
    "енню",
    "енням",
    "еннях",
    "ень",
    "ами",
    "ями",
    "ові",
    "еві",
    "ого",
    "ому",
    "ими",
    "іми",
    "ої",
    "ій",
    "ий",
    "ою",
    "ею",
    "єю",
    "ів",
    "їв",
    "ах",
    "ях",
    "ам",
    "ям",
    "ом",
    "ем",
    "єм",
    "им",
    "ім",
    "их",
    "іх",
    "ня",
    "ню",
    "ей",
    "а",
    "я",
    "у",
    "ю",
    "о",
    "е",
    "є",
    "и",
    "і",
    "ї",
    "ь",
    "й",
];

/// The longest word of which a stem is found, in bytes. The algorithms write a word again for each
/// letter that they change, and no language has longer words.
const LONGEST_STEMMED: usize = 300;

/// The way in which the words of a language are brought to their stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stemming {
    Snowball(Algorithm),
    Ukrainian,
    None,
}

impl Stemming {
    pub(super) fn of(language: &Language) -> Self {
        use Algorithm::*;
        let primary = language.as_str().split('-').next().unwrap_or_default();
        Self::Snowball(match primary.to_ascii_lowercase().as_str() {
            "ar" => Arabic,
            "hy" => Armenian,
            "eu" => Basque,
            "ca" => Catalan,
            "da" => Danish,
            "nl" => Dutch,
            "en" => English,
            "et" => Estonian,
            "fi" => Finnish,
            "fr" => French,
            "de" => German,
            "el" => Greek,
            "hi" => Hindi,
            "hu" => Hungarian,
            "id" | "ms" => Indonesian,
            "ga" => Irish,
            "it" => Italian,
            "lt" => Lithuanian,
            "ne" => Nepali,
            "nb" | "nn" | "no" => Norwegian,
            "pt" => Portuguese,
            "ro" => Romanian,
            "ru" => Russian,
            "bs" | "hr" | "sr" => Serbian,
            "es" => Spanish,
            "sv" => Swedish,
            "ta" => Tamil,
            "tr" => Turkish,
            "yi" => Yiddish,
            "uk" => return Self::Ukrainian,
            _ => return Self::None,
        })
    }

    /// Returns the stem of a word as written, folded.
    pub(super) fn stem(self, word: &str) -> String {
        if word.len() > LONGEST_STEMMED {
            return fold(word);
        }
        let small = if word.is_ascii() {
            word.to_ascii_lowercase()
        } else {
            word.nfc().filter(|c| *c != '\u{ad}').collect::<String>().to_lowercase()
        };
        let small = if small.contains('.') { small.replace('.', "") } else { small };
        let stem = match self {
            Self::Snowball(Algorithm::English) if small.is_ascii() => {
                fold(&Algorithm::English.stemmer().stem(&american(&small)))
            }
            Self::Snowball(algorithm) => fold(&algorithm.stemmer().stem(&small)),
            Self::Ukrainian => ukrainian(&fold(&small)),
            Self::None => fold(&small),
        };
        if stem.is_empty() { fold(word) } else { stem }
    }
}

fn ukrainian(word: &str) -> String {
    let endings = UKRAINIAN.iter().map(|ending| fold(ending));
    let fits = |rest: &&str| rest.chars().nth(2).is_some();
    let rests = endings.filter_map(|ending| word.strip_suffix(&*ending).filter(fits));
    rests.min_by_key(|rest| rest.len()).unwrap_or(word).to_owned()
}
