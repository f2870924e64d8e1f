//! Names: whoever types the name of a note wants that note first; and somebody who looks for the
//! Ottawa Convention also means notes that write "Mine Ban Treaty", because a note has both as its names.

use std::collections::BTreeSet;

use imbl::OrdMap;

use super::numbers::NUMBERS;
use crate::token::{
    FormId, Interner, NameForms, NameWeight, WordCounts, WordPiece, fold, fold_run, pairs, segment,
};

/// The sign between the words of a name.
pub(super) const JOINT: &str = "_";

/// The owners of each name, which is written as its folded words.
pub(super) type NameOwners = OrdMap<String, NameOwner>;

/// The notes that a name is the name of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct NameOwner {
    /// The other names of the same notes, as their stems: the first `NUMBERS.other_names` of them.
    pub(super) others: BTreeSet<String>,
    /// The slots of the notes.
    pub(super) slots: BTreeSet<u32>,
}

/// Returns the folded words of a text in the order they stand in.
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

/// Adds the names of a note that are `wanted`: the note is at `slot`, and its words are `terms`.
pub(super) fn add(
    called: &mut NameOwners,
    names: &Interner,
    slot: u32,
    terms: &WordCounts,
    wanted: impl Fn(&str) -> bool,
) {
    let stem = |name: &NameForms| joined(&name.words, |form| names.form(form).1);
    let stems: BTreeSet<String> =
        terms.names().iter().filter(|name| name.weight.is_own()).map(stem).collect();
    for name in terms.names() {
        let key = key(names, name);
        if wanted(&key) {
            let own = stem(name);
            let what = called.entry(key).or_default();
            what.slots.insert(slot);
            // What readers may call a note may be said of much else.
            if name.weight == NameWeight::Also {
                continue;
            }
            let others = stems.iter().filter(|other| **other != own);
            what.others.extend(others.take(NUMBERS.other_names).cloned());
            while what.others.len() > NUMBERS.other_names {
                what.others.pop_last();
            }
        }
    }
}

/// Returns a name as its folded words.
pub(super) fn key(names: &Interner, name: &NameForms) -> String {
    joined(&name.words, |form| names.form(form).0)
}

fn joined(name: &[FormId], part: impl Fn(FormId) -> &'static str) -> String {
    let mut joined = String::with_capacity(8 * name.len());
    for (at, form) in name.iter().enumerate() {
        joined.push_str(if at > 0 { JOINT } else { "" });
        joined.push_str(part(*form));
    }
    joined
}
