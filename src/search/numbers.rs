//! The numbers that searching counts by: limits, and how much each kind of match counts.
//!
//! They are declared here alone. The browser gets them with its script (`search/tables`) and counts by them
//! as this program does, so that a query finds the same in both.

use serde::Serialize;

use crate::token::LONGEST_NAME;

/// The numbers that searching counts by.
pub(super) const NUMBERS: SearchNumbers = SearchNumbers {
    query_words: 12,
    shards_of_beginning: 4,
    stems_of_word: 8,
    stems_of_variant: 4,
    shortest_begun: 2,
    shortest_mistyped: 4,
    shortest_varied: 5,
    shortest_form: 3,
    varied_letters: 3,
    least_in_common: 4,
    longest_name: LONGEST_NAME,
    other_names: 6,
    exact: 1024,
    longer: 512,
    begun: 820,
    typo: 716,
    variant: 512,
    synonym: 716,
    related: 614,
    rarity_unit: 1024,
    needed_parts: 1,
    whole_parts: 2,
    named: 3072,
    named_in_part: 512,
    filed_level: 16,
    standings: [7, 7, 8, 9],
    of_kind: [2, 3],
    phrase_notes: 24,
    shown_at_first: 10,
    ordered_notes: 6,
    own_language: [1, 2],
};

/// Limits of searches, and factors of scores. A factor of a match is in parts of `exact`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SearchNumbers {
    /// The words of a query that count; more are left out.
    pub(super) query_words: usize,
    /// The shards that are read for words that begin as a query's word does.
    pub(super) shards_of_beginning: usize,
    /// The stems that may stand for a word that is not finished or not known.
    pub(super) stems_of_word: usize,
    /// The stems that may stand for a word of which only the beginning is known.
    pub(super) stems_of_variant: usize,
    /// The letters of the shortest word that may go on.
    pub(super) shortest_begun: usize,
    /// The letters of the shortest word that may be mistyped.
    pub(super) shortest_mistyped: usize,
    /// The letters of the shortest word that may end otherwise.
    pub(super) shortest_varied: usize,
    /// The letters of the shortest word of a group that is found by a word with one letter more.
    pub(super) shortest_form: usize,
    /// The letters by which a word may end otherwise.
    pub(super) varied_letters: usize,
    /// The letters that two words with the same beginning have in common at least.
    pub(super) least_in_common: usize,
    /// The words of the longest name that is looked for.
    pub(super) longest_name: usize,
    /// The other names that may stand for a name. No query looks at more, and a note may have any number
    /// of names, so that lists of all others would be as long as the square of that.
    pub(super) other_names: usize,

    /// The word itself.
    pub(super) exact: u64,
    /// A longer word that begins with a word that is known.
    pub(super) longer: u64,
    /// A longer word that begins with a word that is not known.
    pub(super) begun: u64,
    /// A word with one letter more, less or other, or with two changed round.
    pub(super) typo: u64,
    /// A word with the same beginning.
    pub(super) variant: u64,
    /// Another name of the same thing.
    pub(super) synonym: u64,
    /// A word that the book groups with it in `[search] synonyms`.
    pub(super) related: u64,

    /// The unit in which the rarity of words is counted.
    pub(super) rarity_unit: u32,
    /// A note is found if it holds `needed_parts` of `whole_parts` of what the best one holds of the query.
    pub(super) needed_parts: u64,
    /// See `needed_parts`.
    pub(super) whole_parts: u64,
    /// The factor by which the words of a name count more in the note whose name it is, in parts of `exact`, if the query asks
    /// for nothing else.
    pub(super) named: u64,
    /// The same if the query says more: of this the square of the part of the query that the name is.
    pub(super) named_in_part: u64,
    /// The level of the name of a kind in notes under which others are filed: "lessons" in the page of a theme.
    pub(super) filed_level: u64,
    /// The factors of the score of a note that is past, of a list, of others, and of a note under which others are filed. They are
    /// so near each other that only notes that fit equally well change places.
    pub(super) standings: [u64; 4],
    /// The factors of the score of a note whose kind the query does not name, and of one whose kind it names.
    pub(super) of_kind: [u64; 2],
    /// The best notes, among which a phrase in quotation marks is looked for.
    pub(super) phrase_notes: usize,
    /// The notes shown at first.
    pub(super) shown_at_first: usize,
    /// The notes among which those come first that have the words in their order. A browser waits for their
    /// texts before it shows anything, and asks a server for six files at once.
    pub(super) ordered_notes: usize,
    /// The factors of the score of a note whose work has no version in the reader's language, and of one whose work has.
    pub(super) own_language: [u64; 2],
}
