//! The tables that the script of the search counts by, so that they are declared in this program alone.

use serde::Serialize;

use super::TEXTS;
use super::filters::filter_words;
use super::lexicon::{FORMS, PARAGRAPH_SIGNS};
use super::list::DIGITS;
use super::names::JOINT;
use super::numbers::{NUMBERS, SearchNumbers};
use super::query::QUOTATION_MARKS;
use crate::token::{WordTables, word_tables};
use crate::words::date_words;

/// The tables for the browser, which calls them `TABLES`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SearchTables {
    words: WordTables,
    numbers: SearchNumbers,
    index: IndexForm,
    quotation_marks: &'static str,
    paragraph_signs: &'static str,
    /// The keys of the words of the interface, in the order in which the index has the words.
    interface_words: Vec<&'static str>,
}

/// The form in which the index is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IndexForm {
    digits: &'static str,
    joint: &'static str,
    forms: char,
    text_bits: u32,
}

/// The keys of the words of the interface that searching needs besides those of its filters.
const INTERFACE_WORDS: [&str; 24] = [
    "search",
    "search-label",
    "search-close",
    "search-hint",
    "search-loading",
    "search-none",
    "search-none-filtered",
    "search-count",
    "search-more",
    "search-filters",
    "search-clear",
    "search-failed",
    "search-page",
    "search-past",
    "search-ignored",
    "search-paragraph",
    "aliases",
    "language-name",
    "search-instead",
    "search-without",
    "search-nearest",
    "search-unquoted",
    "search-unfiltered",
    "search-browse",
];

/// Returns the keys of the words of the interface that searching needs.
pub(super) fn interface_words() -> impl Iterator<Item = &'static str> {
    INTERFACE_WORDS.into_iter().chain(filter_words()).chain(date_words())
}

/// Returns the tables as JSON.
pub fn script_tables() -> String {
    let tables = SearchTables {
        words: word_tables(),
        numbers: NUMBERS,
        index: IndexForm { digits: DIGITS, joint: JOINT, forms: FORMS, text_bits: TEXTS },
        quotation_marks: QUOTATION_MARKS,
        paragraph_signs: PARAGRAPH_SIGNS,
        interface_words: interface_words().collect(),
    };
    serde_json::to_string(&tables).expect("tables have only keys that are text")
}
