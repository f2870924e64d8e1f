//! Other names: somebody who looks for the Ottawa Convention also means what writes "Mine Ban
//! Treaty", because a note of the book has both as its names.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::Language;
use crate::note::Note;
use crate::token::{Piece, fold, fold_run, pairs, segment, stem};

/// The longest name that is looked for in texts, in words.
pub(super) const LONGEST: usize = 6;

/// What stands between the words of a name.
pub(super) const JOINT: &str = "_";

/// For each name, as its folded words, the other names of what it names, as their stems.
pub(super) type Synonyms = BTreeMap<String, BTreeSet<String>>;

/// A word of a name or of a query, folded, and its stem.
pub(super) struct Word {
    pub(super) folded: String,
    pub(super) stem: String,
}

/// The words of a text in the order they stand in.
pub(super) fn words(text: &str, language: &Language) -> Vec<Word> {
    let mut words = Vec::new();
    segment(text, |piece| match piece {
        Piece::Word(word) => {
            words.push(Word { folded: fold(word), stem: stem(word, language) });
        }
        Piece::Run(run) => words.extend(
            pairs(&fold_run(run)).map(|pair| Word { folded: pair.to_owned(), stem: pair.to_owned() }),
        ),
        Piece::Joined(_) => {}
    });
    words.retain(|word| !word.folded.is_empty());
    words
}

/// The other names of all notes.
pub(super) fn synonyms<'a>(notes: impl Iterator<Item = &'a Note>) -> Synonyms {
    let mut synonyms = Synonyms::new();
    for note in notes {
        let facts = &note.facts;
        // The first name is the stem of the file, which is for writers.
        let written = facts.names.iter().skip(1).map(|name| name.written.as_str());
        let written: BTreeSet<&str> = written.chain([facts.card.title.as_str()]).collect();
        if written.len() < 2 {
            continue;
        }
        let names = written.into_iter().map(|name| words(name, &facts.place.language));
        let names: Vec<Vec<Word>> =
            names.filter(|words| (1..=LONGEST).contains(&words.len())).collect();
        let joined = |words: &[Word], part: fn(&Word) -> &str| {
            words.iter().map(part).collect::<Vec<_>>().join(JOINT)
        };
        let stems: BTreeSet<String> = names.iter().map(|name| joined(name, |w| &w.stem)).collect();
        for name in &names {
            let own = joined(name, |word| &word.stem);
            let others: Vec<String> = stems.iter().filter(|other| **other != own).cloned().collect();
            if !others.is_empty() {
                synonyms.entry(joined(name, |word| &word.folded)).or_default().extend(others);
            }
        }
    }
    synonyms
}
