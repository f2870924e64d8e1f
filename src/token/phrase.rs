//! The words of a phrase one by one, for those that are not counted.

use super::fold::{fold, fold_run, pairs};
use super::segment::{WordPiece, segment};
use super::stem::Stemming;
use crate::language::Language;

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseWord {
    /// The word, folded.
    pub folded: String,
    /// The stem of the word.
    pub stem: String,
}

/// Returns the words of a phrase, with their stems in `language`.
pub fn phrase(text: &str, language: &Language) -> Vec<PhraseWord> {
    let stemming = Stemming::of(language);
    let mut words = Vec::new();
    segment(text, |piece| match piece {
        WordPiece::Word(word) => {
            words.push(PhraseWord { folded: fold(word), stem: stemming.stem(word) });
        }
        WordPiece::Run(run) => words.extend(
            pairs(&fold_run(run))
                .map(|pair| PhraseWord { folded: pair.to_owned(), stem: pair.to_owned() }),
        ),
        WordPiece::Joined(_) => {}
    });
    words.retain(|word| !word.folded.is_empty());
    words
}
