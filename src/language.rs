//! Languages: a code of BCP 47, and the direction its script is written in.

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

impl Language {
    /// Takes a code of letters, digits and hyphens; `None` for anything else.
    pub fn new(code: &str) -> Option<Self> {
        let subtags_fit = code.split('-').all(|tag| (1..=8).contains(&tag.len()));
        let letters = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let starts = code.len() >= 2 && code.as_bytes()[0].is_ascii_alphabetic();
        (subtags_fit && letters && starts).then(|| Self(code.into()))
    }

    /// English, the language of a book that names none.
    pub fn english() -> Self {
        Self("en".into())
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The direction the language is written in.
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

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
