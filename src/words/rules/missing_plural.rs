//! The rule `missing-plural`.
//!
//! Russian has a form for 1, one for 2 and one for 5.
//!
//! ```book.toml
//! title = "Книга"
//! language = "ru"
//! ```
//!
//! ```content/a.md
//! +++
//! title = "А"
//! +++
//! ```
//!
//! ```themes/default/i18n/ru.toml
//! search-count = { one = "{count} результат", many = "{count} результатов" }
//! ```
//!
//! ```diagnostics
//! themes/default/i18n/ru.toml:1:16-1:75: warning[missing-plural]: "search-count" has no form for 2
//!   help: add to it: few = "…"
//! ```
//!
//! ```themes/default/i18n/ru.toml
//! search-count = { one = "{count} результат", few = "{count} результата", many = "{count} результатов" }
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::collections::BTreeMap;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::plural::PluralForm;
use crate::table::{TableReader, TomlEntry};

/// A word of the interface lacks a plural form of its language.
pub const RULE: Rule = Rule {
    name: "missing-plural",
    summary: "A word of the interface lacks a plural form that its language has.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A word in `i18n/LANGUAGE.toml` with a text for some plural forms of the language, but not for all that whole numbers need. The forms are those of [Unicode CLDR](https://cldr.unicode.org/index/cldr-spec/plural-rules): `zero`, `one`, `two`, `few`, `many` and `other`; English has `one` and `other`.

## Why it matters

Readers see a number with the wrong form, such as "2 results" in words that mean "2 result".

## What to do

Add the form. The message names a number that needs it, and the word has the form of this one: `search-count = { one = "{count} result", other = "{count} results" }`.
"#,
};

/// Reports the forms that a word lacks, of those that its language needs for whole numbers.
pub(crate) fn check(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    forms: &BTreeMap<PluralForm, String>,
    needed: &[(PluralForm, u64)],
) {
    for (form, count) in needed.iter().filter(|(form, _)| !forms.contains_key(form)) {
        let message = format!("\"{}\" has no form for {count}", entry.key);
        let help = format!("add to it: {} = \"…\"", form.name());
        reader.warn(entry.span, &RULE, message, help);
    }
}
