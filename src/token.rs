//! The words of a text as search knows them: cut out, folded, and counted by their stems.
//!
//! A word is a run of letters, digits and marks, near enough the words of UAX #29: apostrophes and
//! hyphens part words, because `l'action` should be found by `action`. Scripts that put no space
//! between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into overlapping pairs of
//! signs. Folding then takes away what a reader may type otherwise: case, accents, the forms of
//! Arabic letters. The browser does the same in `scripts/search/1-words.js` of the theme, by the tables of
//! `token/signs`, and a test holds the two together; stems are made here alone, and the index tells the
//! browser the stem of each word.

mod count;
mod fold;
mod known;
mod order;
mod phrase;
mod segment;
mod signs;
mod spelling;
mod stem;
mod table;

pub use count::{LEVELS, LONGEST_NAME, NameForms, NameWeight, WordCounter, WordCounts, WordWeight};
pub use fold::{fold, fold_run, pairs};
pub use phrase::{PhraseWord, phrase};
pub use segment::{WordPiece, segment};
pub use signs::{WordTables, word_tables};
pub use table::{FormId, Interner, TermId};
