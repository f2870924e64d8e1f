//! Languages: a BCP 47 code, and the direction of its script.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// A language code such as `en`, `fr` or `zh-Hant`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Language(Arc<str>);

/// The direction of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// Languages written from right to left by default (Unicode CLDR, `characterOrder`).
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur",
    "yi",
];

/// Articles at the beginning of a title, by language: those that are words, and those written with the
/// noun as one word. Lists in the order of the alphabet go by what follows.
const ARTICLES: &[(&str, &[&str], &[&str])] = &[
    ("ar", &[], &["ال"]),
    ("de", &["der", "die", "das", "ein", "eine"], &[]),
    ("en", &["the", "a", "an"], &[]),
    ("es", &["el", "la", "los", "las", "un", "una", "unos", "unas"], &[]),
    ("fr", &["le", "la", "les", "un", "une"], &["l'"]),
    ("it", &["il", "lo", "la", "i", "gli", "le", "un", "uno", "una"], &["l'", "un'"]),
    ("nl", &["de", "het", "een"], &[]),
    ("pt", &["o", "a", "os", "as", "um", "uma", "uns", "umas"], &[]),
];

/// The fewest letters that an article leaves of a word it is written with, so that a short word which
/// only begins as the article does stays whole.
const FEWEST_LETTERS: usize = 2;

impl Language {
    /// Parses a code: a language of two or three letters, and subtags after hyphens, each of at
    /// most eight letters or digits (RFC 5646, section 2.1; it allows longer names of languages,
    /// but none was ever registered). Returns `None` for anything else. Case is ignored, and
    /// normalised as that standard recommends.
    pub fn new(code: &str) -> Option<Self> {
        let fits = |tag: &str| {
            (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let (first, further) = code.split_once('-').unwrap_or((code, "x"));
        let is_language = (2..=3).contains(&first.len())
            && first.bytes().all(|byte| byte.is_ascii_alphabetic())
            && further.split('-').all(fits);
        is_language.then(|| {
            let mut tags = code.split('-').map(str::to_ascii_lowercase);
            let mut written = tags.next().unwrap_or_default();
            for tag in tags {
                written.push('-');
                match tag.len() {
                    2 => written.push_str(&tag.to_ascii_uppercase()),
                    4 => {
                        written.push_str(&tag[..1].to_ascii_uppercase());
                        written.push_str(&tag[1..]);
                    }
                    _ => written.push_str(&tag),
                }
            }
            Self(written.into())
        })
    }

    /// Returns English, the language of a book that names none.
    pub fn english() -> Self {
        Self("en".into())
    }

    /// Returns the code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the attributes of an element whose text is in the language: ` lang="ar" dir="rtl"`.
    pub fn attributes(&self) -> String {
        format!(" lang=\"{self}\" dir=\"{}\"", self.direction().as_str())
    }

    /// Returns a title without the article at its beginning, if the language has articles and more
    /// follows.
    pub fn without_article<'t>(&self, title: &'t str) -> &'t str {
        let code = self.0.split('-').next().unwrap_or_default();
        let Some((_, words, prefixes)) = ARTICLES.iter().find(|(of, ..)| *of == code) else {
            return title;
        };
        let start = title.trim_start_matches(|c: char| !c.is_alphanumeric());
        let after_word = words.iter().find_map(|word| {
            let rest = after_prefix(start, word)?;
            let noun = rest.trim_start();
            (noun.len() < rest.len() && noun.contains(char::is_alphanumeric)).then_some(noun)
        });
        let after_part = || {
            let mut rests = prefixes.iter().filter_map(|prefix| after_prefix(start, prefix));
            rests.find(|rest| {
                let letters = rest.chars().take_while(|c| c.is_alphanumeric());
                letters.take(FEWEST_LETTERS).count() == FEWEST_LETTERS
            })
        };
        after_word.or_else(after_part).unwrap_or(title)
    }

    /// Returns the direction in which the language is written.
    pub fn direction(&self) -> Direction {
        let tags: Vec<&str> = self.0.split('-').collect();
        let script = tags.iter().find(|tag| tag.len() == 4);
        let rtl = match script {
            Some(script) => ["Arab", "Hebr", "Thaa", "Nkoo", "Syrc"].contains(script),
            None => RIGHT_TO_LEFT.contains(&tags[0]),
        };
        if rtl { Direction::Rtl } else { Direction::Ltr }
    }
}

/// Returns what follows `prefix` in a text, ignoring case; a curly apostrophe counts as a straight one.
fn after_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        let found = rest.next()?;
        let is_same = found.to_lowercase().eq([wanted]) || (wanted == '\'' && found == '\u{2019}');
        if !is_same {
            return None;
        }
    }
    Some(rest.as_str())
}

impl Direction {
    /// Returns the value for HTML's `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
