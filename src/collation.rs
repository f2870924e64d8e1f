//! The order of titles: the collation of each language (Unicode CLDR), as keys that are compared byte by byte.

mod headings;

pub use headings::{LetterHeading, LetterHeadings};

use std::cell::RefCell;
use std::rc::Rc;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use unicode_normalization::char::is_combining_mark;

use crate::language::Language;
use crate::slug::sort_key;

/// The language whose titles need no collation: letters without their accents, in the order of Unicode, are in the
/// order of its alphabet.
const PLAIN: &str = "en";

/// The byte between the levels of a key: letters, accents, capitals.
const LEVEL_END: u8 = 1;

/// The place of a title among those of one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(Vec<u8>);

impl SortKey {
    /// Returns the key of a title that is written in one language and stands in a list in another. An article at its
    /// beginning does not count, nor do signs that are no letters.
    pub fn new(title: &str, written: &Language, listed: &Language) -> Self {
        let title = written.without_article(title);
        if is_plain(listed) {
            return Self(sort_key(title).into_bytes());
        }
        Self(key(&collator_of(listed), title))
    }
}

type Collator = CollatorBorrowed<'static>;

thread_local! {
    /// The collators of the languages that the thread has met, since one costs as much as some keys.
    static COLLATORS: RefCell<Vec<(Language, Rc<Collator>)>> = const { RefCell::new(Vec::new()) };
}

fn is_plain(language: &Language) -> bool {
    language.as_str().split('-').next() == Some(PLAIN)
}

fn collator_of(language: &Language) -> Rc<Collator> {
    COLLATORS.with_borrow_mut(|known| {
        if let Some((_, collator)) = known.iter().find(|(of, _)| of == language) {
            return Rc::clone(collator);
        }
        let collator = Rc::new(collator(language));
        known.push((language.clone(), Rc::clone(&collator)));
        collator
    })
}

/// Returns the collator of a language, with numbers by value. A language that CLDR does not know has the order of all
/// scripts.
fn collator(language: &Language) -> Collator {
    let locale = Locale::try_from_str(language.as_str()).unwrap_or(Locale::UNKNOWN);
    let mut preferences = CollatorPreferences::from(&locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    CollatorBorrowed::try_new(preferences, CollatorOptions::default())
        .expect("the tables of all languages are compiled in")
}

fn key(collator: &Collator, title: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * title.len());
    let Ok(()) = collator.write_sort_key_to(&counted(title), &mut key);
    key
}

/// Returns the part of a key that tells letters apart, and not their accents.
fn letters_of(collator: &Collator, text: &str) -> Vec<u8> {
    let mut key = key(collator, text);
    key.truncate(key.iter().position(|byte| *byte == LEVEL_END).unwrap_or(key.len()));
    key
}

/// Returns the characters of a title that count: letters with their marks, digits and spaces.
fn counted(title: &str) -> String {
    let counts = |c: &char| c.is_alphanumeric() || is_combining_mark(*c) || *c == ' ';
    title.trim_start_matches(|c| !char::is_alphanumeric(c)).chars().filter(counts).collect()
}
