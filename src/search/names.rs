//! Names: whoever types the name of a note wants that note first; and somebody who looks for the
//! Ottawa Convention also means what writes "Mine Ban Treaty", because a note has both as its names.

use std::collections::BTreeSet;

use imbl::OrdMap;

use crate::token::{FormId, Interner, WordCounts, WordPiece, fold, fold_run, pairs, segment};

/// What stands between the words of a name.
pub(super) const JOINT: &str = "_";

/// How many other names may stand for a name. No query looks at more, and a note may have any number
/// of names, so that lists of all others would be as long as the square of that.
pub(super) const OTHERS: usize = 6;

/// What each name, as its folded words, is the name of.
pub(super) type NameOwners = OrdMap<String, NameOwner>;

/// What a name is the name of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct NameOwner {
    /// The other names of the same notes, as their stems: the first [`OTHERS`] of them.
    pub(super) others: BTreeSet<String>,
    /// The slots of the notes.
    pub(super) slots: BTreeSet<u32>,
}

/// The folded words of a text in the order they stand in.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    segment(text, |piece| match piece {
        WordPiece::Word(word) => words.push(fold(word)),
        WordPiece::Run(run) => words.extend(pairs(&fold_run(run)).map(str::to_owned)),
        WordPiece::Joined(_) => {}
    });
    words.retain(|word| !word.is_empty());
    words
}

/// Adds what a note is called, as far as it is `wanted`: the note is at `slot`, and its words are
/// `terms`.
pub(super) fn add(
    called: &mut NameOwners,
    names: &Interner,
    slot: u32,
    terms: &WordCounts,
    wanted: impl Fn(&str) -> bool,
) {
    let stems: BTreeSet<String> =
        terms.names().iter().map(|name| joined(name, |form| names.form(form).1)).collect();
    for name in terms.names() {
        let key = key(names, name);
        if wanted(&key) {
            let own = joined(name, |form| names.form(form).1);
            let what = called.entry(key).or_default();
            what.slots.insert(slot);
            let others = stems.iter().filter(|other| **other != own);
            what.others.extend(others.take(OTHERS).cloned());
            while what.others.len() > OTHERS {
                what.others.pop_last();
            }
        }
    }
}

/// A name as its folded words.
pub(super) fn key(names: &Interner, name: &[FormId]) -> String {
    joined(name, |form| names.form(form).0)
}

fn joined(name: &[FormId], part: impl Fn(FormId) -> &'static str) -> String {
    let mut joined = String::with_capacity(8 * name.len());
    for (at, form) in name.iter().enumerate() {
        joined.push_str(if at > 0 { JOINT } else { "" });
        joined.push_str(part(*form));
    }
    joined
}
