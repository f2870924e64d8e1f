//! Names: whoever types the name of a note wants that note first; and somebody who looks for the
//! Ottawa Convention also means what writes "Mine Ban Treaty", because a note has both as its names.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::Language;
use crate::note::Note;
use crate::token::{Piece, fold, fold_run, pairs, segment, stem};

/// The longest name that is looked for in texts, in words.
pub(super) const LONGEST: usize = 6;

/// What stands between the words of a name.
pub(super) const JOINT: &str = "_";

/// What each name, as its folded words, is the name of.
pub(super) type Called = BTreeMap<String, Named>;

/// What a name is the name of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Named {
    /// The other names of the same notes, as their stems.
    pub(super) others: BTreeSet<String>,
    /// The slots of the notes.
    pub(super) slots: BTreeSet<u32>,
}

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
            pairs(&fold_run(run))
                .map(|pair| Word { folded: pair.to_owned(), stem: pair.to_owned() }),
        ),
        Piece::Joined(_) => {}
    });
    words.retain(|word| !word.folded.is_empty());
    words
}

/// The names of all notes, those in `entries`, by their slots.
pub(super) fn called<'a>(entries: impl Iterator<Item = (u32, &'a Note)>) -> Called {
    let mut called = Called::new();
    for (slot, note) in entries {
        let names = names(note);
        let joined = |words: &[Word], part: fn(&Word) -> &str| {
            words.iter().map(part).collect::<Vec<_>>().join(JOINT)
        };
        let stems: BTreeSet<String> = names.iter().map(|name| joined(name, |w| &w.stem)).collect();
        for name in &names {
            let own = joined(name, |word| &word.stem);
            let what = called.entry(joined(name, |word| &word.folded)).or_default();
            what.slots.insert(slot);
            what.others.extend(stems.iter().filter(|other| **other != own).cloned());
        }
    }
    called
}

/// The names of a note that are short enough to be looked for.
fn names(note: &Note) -> Vec<Vec<Word>> {
    let facts = &note.facts;
    let names = facts.names.iter().map(|name| name.written.as_str());
    let written: BTreeSet<&str> = names.chain([facts.card.title.as_str()]).collect();
    let words = written.into_iter().map(|name| words(name, &facts.place.language));
    words.filter(|words| (1..=LONGEST).contains(&words.len())).collect()
}
