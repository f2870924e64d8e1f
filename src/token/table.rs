//! Every word and every stem that any text held, once, so that notes can hold numbers.
//!
//! The table is one for the whole program and only grows. It is no state that an output could
//! depend on: a number stands for a text, and no output shows numbers or follows their order.

use std::collections::BTreeSet;
use std::sync::{LazyLock, PoisonError, RwLock, RwLockReadGuard};

use rustc_hash::FxHashMap;

/// A word or stem, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// A word with its stem, by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormId(pub u32);

static TABLE: LazyLock<RwLock<InternTable>> = LazyLock::new(RwLock::default);

#[derive(Default)]
struct InternTable {
    terms: Vec<&'static str>,
    term_ids: FxHashMap<&'static str, TermId>,
    /// Word and stem.
    forms: Vec<(TermId, TermId)>,
    form_ids: FxHashMap<(TermId, TermId), FormId>,
}

impl InternTable {
    fn term(&mut self, text: &str) -> TermId {
        if let Some(id) = self.term_ids.get(text) {
            return *id;
        }
        let text: &'static str = Box::leak(text.into());
        let id = TermId(self.terms.len() as u32);
        self.terms.push(text);
        self.term_ids.insert(text, id);
        id
    }
}

/// What the numbers stand for. New words wait until it is dropped.
pub struct Interner(RwLockReadGuard<'static, InternTable>);

impl Interner {
    /// Looks at the table.
    pub fn read() -> Self {
        Self(TABLE.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The text of a word or stem.
    pub fn term(&self, id: TermId) -> &'static str {
        self.0.terms[id.0 as usize]
    }

    /// A word and its stem.
    pub fn form(&self, id: FormId) -> (&'static str, &'static str) {
        let (word, stem) = self.0.forms[id.0 as usize];
        (self.term(word), self.term(stem))
    }

    /// The words that have one of `stems`.
    pub fn words_of(&self, stems: &BTreeSet<TermId>) -> impl Iterator<Item = &'static str> {
        let forms = self.0.forms.iter().filter(|(_, stem)| stems.contains(stem));
        forms.map(|(word, _)| self.term(*word))
    }

    /// The words and stems by their number, and the words with their stems by theirs. Nothing waits
    /// for what is done with them, as threads of one pool could for each other.
    pub fn all() -> (Vec<&'static str>, Vec<(TermId, TermId)>) {
        let names = Self::read();
        (names.0.terms.clone(), names.0.forms.clone())
    }
}

/// The numbers of a word and of its stem.
pub(super) fn enter(word: &str, stem: &str) -> (FormId, TermId) {
    let table = &mut *TABLE.write().unwrap_or_else(PoisonError::into_inner);
    let pair = (table.term(word), table.term(stem));
    let next = FormId(table.forms.len() as u32);
    let id = *table.form_ids.entry(pair).or_insert(next);
    if id == next {
        table.forms.push(pair);
    }
    (id, pair.1)
}
