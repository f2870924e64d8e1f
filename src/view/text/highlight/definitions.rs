//! The programming languages that can be highlighted. Their definitions are nearly a megabyte, and to load all takes
//! longer than to build a small book; so each language is loaded when code in it is first shown, with those that
//! stand within it, as CSS does within HTML.
//!
//! `definitions.bin` has the definitions of two-face; `tests/highlight.rs` writes it, and describes its form.

use std::sync::{LazyLock, OnceLock};

use syntect::dumps;
use syntect::parsing::{SyntaxReference, SyntaxSet};

/// The definition in the place of each that a language does not need: a syntax without names and contexts.
const NOTHING: [u8; 42] = [0; 42];

static LANGUAGES: LazyLock<Vec<CodeLanguage>> = LazyLock::new(|| {
    let mut file = include_bytes!("definitions.bin").as_slice();
    let count = number(&mut file);
    let languages: Vec<_> = (0..count).map(|_| language(&mut file)).collect();
    let with_definition = |(mut language, length): (CodeLanguage, usize)| {
        language.definition = part(&mut file, length);
        language
    };
    languages.into_iter().map(with_definition).collect()
});

/// A language of code.
struct CodeLanguage {
    name: &'static str,
    /// The endings of its files.
    endings: Vec<&'static str>,
    /// The numbers of the languages that may stand within it, with its own.
    needs: &'static [u8],
    /// Its definition, as syntect writes it.
    definition: &'static [u8],
    /// The definitions of all languages that it needs, each at its number.
    loaded: OnceLock<SyntaxSet>,
}

/// Returns the language of this name, or of files with this ending, and the definitions that it needs.
pub fn code_language(name: &str) -> Option<(&'static SyntaxReference, &'static SyntaxSet)> {
    let is_same = |other: &&str| other.eq_ignore_ascii_case(name);
    // Of several the last counts, as it does for syntect.
    let by_ending = LANGUAGES.iter().rposition(|known| known.endings.iter().any(is_same));
    let by_name = || LANGUAGES.iter().rposition(|known| is_same(&known.name));
    let at = by_ending.or_else(by_name)?;
    let set = LANGUAGES[at].loaded.get_or_init(|| load(LANGUAGES[at].needs));
    Some((&set.syntaxes()[at], set))
}

/// Loads some languages.
fn load(needed: &[u8]) -> SyntaxSet {
    let mut written = Vec::new();
    written.extend((LANGUAGES.len() as u64).to_le_bytes());
    for (number, language) in LANGUAGES.iter().enumerate() {
        let is_needed = needed.iter().any(|needed| usize::from(*needed) == number);
        written.extend(if is_needed { language.definition } else { &NOTHING });
    }
    // The number of the paths from which definitions were read.
    written.extend(0u64.to_le_bytes());
    dumps::from_uncompressed_data(&written).expect("the tests read the same definitions")
}

/// Reads what the head of the file says of a language, and the length of its definition.
fn language(file: &mut &'static [u8]) -> (CodeLanguage, usize) {
    let name = text(file);
    let endings = (0..number(file)).map(|_| text(file)).collect();
    let n_needs = number(file);
    let needs = part(file, n_needs);
    let language = CodeLanguage { name, endings, needs, definition: &[], loaded: OnceLock::new() };
    (language, number(file))
}

fn text(file: &mut &'static [u8]) -> &'static str {
    let length = number(file);
    std::str::from_utf8(part(file, length)).expect("the tests read the same names")
}

fn number(file: &mut &'static [u8]) -> usize {
    part(file, 4).iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

fn part(file: &mut &'static [u8], length: usize) -> &'static [u8] {
    let (part, rest) = file.split_at(length);
    *file = rest;
    part
}
