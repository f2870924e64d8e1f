//! Terms of the glossary, and where notes first mention them.
//!
//! A note is searched once for each state of its text and of the names of all terms; what was found
//! is kept from one state of the book to the next. What a page then shows of it is in its view, so
//! that a new definition renders anew only the pages that mention the term.

mod find;

use std::sync::Arc;

use rayon::prelude::*;

use crate::AT_A_TIME;
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::language::Language;
use crate::note::{Note, NoteId, Origin};
pub use find::NameMatcher;

/// A place of a text that mentions a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// Where it begins in the HTML of the body.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The term, as a place in [`Glossary::notes`].
    term: u32,
}

/// The terms of a book, and the first mention of each in each note.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The notes that are terms.
    notes: Vec<NoteId>,
    /// What they are called in each language.
    words: Arc<Vec<(Language, NameMatcher)>>,
    /// The fingerprint of all those names.
    names: Fingerprint,
    /// For each note of the book, its file's state and what it mentions.
    mentions: Vec<Arc<[Mention]>>,
}

impl Glossary {
    /// Finds the terms among `notes` that are not `past`, and the places that mention them. What is known of notes that
    /// are the same as `before` is taken from there.
    pub fn new(
        config: &Config,
        notes: &[Arc<Note>],
        past: &[bool],
        before: Option<(&Glossary, &[Arc<Note>])>,
    ) -> Self {
        let is_term = |note: &Note| {
            let kind = config.kind(note.facts.kind);
            kind.shown.glossary.is_some() && note.facts.origin == Origin::File
        };
        let terms = notes.iter().enumerate().filter(|(at, note)| is_term(note) && !past[*at]);
        let terms: Vec<NoteId> = terms.map(|(at, _)| NoteId(at as u32)).collect();
        if terms.is_empty() {
            return Self::default();
        }
        let facts = |id: &NoteId| &notes[id.index()].facts;
        let mut words = Vec::new();
        for language in &config.languages {
            let own = (0u32..).zip(&terms).filter(|(_, id)| facts(id).place.language == *language);
            let named = own.flat_map(|(term, id)| {
                let facts = facts(id);
                let all = facts.other_names().chain([facts.card.title.as_str()]);
                all.map(move |name| (name, term)).collect::<Vec<_>>()
            });
            words.push((language.clone(), NameMatcher::new(named)));
        }
        let names = Fingerprint::of(&words.iter().map(|(_, w)| w.names()).collect::<Vec<_>>());
        let words = Arc::new(words);
        let before = before.filter(|(terms, _)| terms.names == names);
        let known = |note: &Arc<Note>| {
            let (terms, notes) = before?;
            let at = notes.partition_point(|other| {
                other.facts.origin == Origin::File && other.source < note.source
            });
            let same = notes.get(at).is_some_and(|other| Arc::ptr_eq(other, note));
            same.then(|| Arc::clone(&terms.mentions[at]))
        };
        let mut found = Self { notes: terms, words, names, mentions: Vec::new() };
        found.mentions = notes
            .par_iter()
            .with_max_len(AT_A_TIME)
            .map(|note| known(note).unwrap_or_else(|| found.search(note)))
            .collect();
        found
    }

    /// Searches again the notes whose text is another.
    pub fn refresh(&mut self, changed: &[(NoteId, Arc<Note>)]) {
        if !self.notes.is_empty() {
            for (id, note) in changed {
                self.mentions[id.index()] = self.search(note);
            }
        }
    }

    fn search(&self, note: &Note) -> Arc<[Mention]> {
        let words = self.words.iter().find(|(language, _)| *language == note.facts.place.language);
        match words.filter(|_| note.facts.marks_terms) {
            Some((_, words)) => words.first_mentions(&note.body).into(),
            None => Arc::new([]),
        }
    }

    /// What the note at `id` mentions, each term at its first mention.
    pub fn mentions(&self, id: NoteId) -> impl Iterator<Item = (Mention, NoteId)> {
        let mentions = self.mentions.get(id.index()).map_or(&[][..], |mentions| mentions);
        mentions.iter().map(|mention| (*mention, self.notes[mention.term as usize]))
    }
}
