//! The plural forms of languages (Unicode CLDR): which of its texts a language uses with a number, such as "1 row"
//! and "2 rows".

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use serde::{Serialize, Serializer};

use crate::language::Language;

/// A plural form of a language, by its name in CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PluralForm {
    /// `zero`, such as Arabic with 0.
    Zero,
    /// `one`, such as English with 1, or Russian with 1, 21 and 31.
    One,
    /// `two`, such as Arabic with 2.
    Two,
    /// `few`, such as Russian with 2 to 4.
    Few,
    /// `many`, such as Russian with 5, or French with 1,000,000.
    Many,
    /// `other`, which every language has.
    Other,
}

impl PluralForm {
    /// The forms, in the order of CLDR.
    pub const ALL: [Self; 6] =
        [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// Returns the form that `language` uses with `count`. A language that CLDR does not know has the form `other` alone.
    pub fn of(language: &Language, count: u64) -> Self {
        rules(language).map_or(Self::Other, |rules| rules.category_for(count).into())
    }

    /// Returns what `get` has for the form that `language` uses with `count`, or else for the last form that there is.
    pub fn choose<T>(
        language: &Language,
        count: u64,
        get: impl Fn(Self) -> Option<T>,
    ) -> Option<T> {
        get(Self::of(language, count)).or_else(|| Self::ALL.into_iter().rev().find_map(get))
    }

    /// Returns the forms that `language` uses with whole numbers, each with the least number that needs it.
    pub fn needed(language: &Language) -> Vec<(Self, u64)> {
        let Some(rules) = rules(language) else { return vec![(Self::Other, 0)] };
        let mut found: Vec<(Self, u64)> = Vec::new();
        for count in tried() {
            let form = rules.category_for(count).into();
            if !found.iter().any(|(known, _)| *known == form) {
                found.push((form, count));
            }
        }
        found.sort();
        found
    }

    /// Returns the name in CLDR.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

impl Serialize for PluralForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Returns the numbers by which the forms of a language are found. Rules of CLDR look at the last two digits, and some languages
/// have a form of their own for millions.
fn tried() -> impl Iterator<Item = u64> {
    (0..=200).chain([1_000_000])
}

impl From<PluralCategory> for PluralForm {
    fn from(category: PluralCategory) -> Self {
        match category {
            PluralCategory::Zero => Self::Zero,
            PluralCategory::One => Self::One,
            PluralCategory::Two => Self::Two,
            PluralCategory::Few => Self::Few,
            PluralCategory::Many => Self::Many,
            PluralCategory::Other => Self::Other,
        }
    }
}

fn rules(language: &Language) -> Option<PluralRules> {
    let locale = Locale::try_from_str(language.as_str()).ok()?;
    PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(code: &str, counts: &[u64]) -> Vec<&'static str> {
        let language = Language::new(code).expect("a language");
        counts.iter().map(|count| PluralForm::of(&language, *count).name()).collect()
    }

    #[test]
    fn languages_have_the_forms_of_cldr() {
        let counts = [0, 1, 2, 3, 5, 11, 21, 100];
        let ar = ["zero", "one", "two", "few", "few", "many", "many", "other"];
        assert_eq!(forms("ar", &counts), ar);
        let ru = ["many", "one", "few", "few", "many", "many", "one", "many"];
        assert_eq!(forms("ru", &counts), ru);
        assert_eq!(forms("fr", &[0, 1, 2, 1_000_000]), ["one", "one", "other", "many"]);
        assert_eq!(forms("zh-Hant", &[0, 1, 2]), ["other"; 3]);
        assert_eq!(forms("qaa", &[1]), ["other"]);
    }

    #[test]
    fn the_forms_that_are_needed_come_with_a_number() {
        let language = Language::new("fr").expect("a language");
        let needed = [(PluralForm::One, 0), (PluralForm::Many, 1_000_000), (PluralForm::Other, 2)];
        assert_eq!(PluralForm::needed(&language), needed);
    }
}
