//! Terms of the glossary, their first mentions in notes, and the notes that use each term.
//!
//! A note is searched once for each state of its text and of the names of all terms; the result is
//! kept from one state of the book to the next. The part of it that a page shows is in the page's
//! view, so a new definition renders again only the pages that mention the term.

mod find;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::AT_A_TIME;
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::graph::{Graph, Pointer};
use crate::language::Language;
use crate::note::{FieldValue, Note, NoteId, Origin};
pub use find::NameMatcher;

/// A mention of a term in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The offset of the start in the HTML of the body.
    pub start: u32,
    /// The offset of the end.
    pub end: u32,
    /// The term, as an index in [`Glossary::notes`].
    term: u32,
}

/// The terms of a book, the first mention of each in each note, and the notes that use each.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// The notes that are terms, in order.
    notes: Vec<NoteId>,
    /// The names of the terms in each language.
    words: Arc<Vec<(Language, NameMatcher)>>,
    /// The version of each term in each language. Empty in a book of one language.
    versions: Arc<BTreeMap<(u32, Language), u32>>,
    /// The fingerprint of all those names.
    names: Fingerprint,
    /// By note: its mentions.
    mentions: Vec<Arc<[Mention]>>,
    /// By term: all that points at it, notes that mention it included.
    pointers: Arc<Vec<Vec<Pointer>>>,
}

impl Glossary {
    /// Finds the terms among the notes that aren't outdated, and their mentions. Results for notes
    /// that haven't changed are taken from `before`.
    pub fn new(
        config: &Config,
        notes: &[Arc<Note>],
        graph: &Graph,
        before: Option<(&Glossary, &[Arc<Note>])>,
    ) -> Self {
        let is_term = |note: &Note| {
            let kind = config.kind(note.facts.kind);
            kind.features.glossary.is_some() && note.facts.origin.is_written()
        };
        let terms = notes.iter().enumerate();
        let terms = terms.filter(|(at, note)| is_term(note) && !graph.past[*at]);
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
        let versions = Arc::new(versions(config, &terms, graph));
        let mut found = Self { notes: terms, words, names, versions, ..Self::default() };
        found.mentions = notes
            .par_iter()
            .with_max_len(AT_A_TIME)
            .map(|note| known(note).unwrap_or_else(|| found.search(note)))
            .collect();
        found.pointers = Arc::new(found.invert(notes, graph));
        found
    }

    /// Searches the notes whose text changed. Returns false, and leaves everything as it was, if one
    /// of them mentions other terms than before, so that more than its own page changes.
    #[must_use]
    pub fn refresh(&mut self, changed: &[(NoteId, Arc<Note>)]) -> bool {
        if self.notes.is_empty() {
            return true;
        }
        let terms = |found: &[Mention]| found.iter().map(|m| m.term).collect::<BTreeSet<u32>>();
        let found: Vec<_> = changed.iter().map(|(id, note)| (*id, self.search(note))).collect();
        let is_same = |(id, found): &(NoteId, Arc<[Mention]>)| {
            terms(found) == terms(&self.mentions[id.index()])
        };
        if !found.iter().all(is_same) {
            return false;
        }
        for (id, found) in found {
            self.mentions[id.index()] = found;
        }
        true
    }

    fn search(&self, note: &Note) -> Arc<[Mention]> {
        // The text of a page that was not translated mentions the terms of its own language.
        let words = self.words.iter().find(|(language, _)| *language == note.facts.card.language);
        let Some((_, words)) = words.filter(|_| note.facts.marks_terms) else {
            return Arc::new([]);
        };
        let mut found = words.first_mentions(&note.body);
        if note.facts.origin.is_untranslated() {
            for mention in &mut found {
                let version = self.versions.get(&(mention.term, note.facts.place.language.clone()));
                mention.term = version.copied().unwrap_or(mention.term);
            }
        }
        found.into()
    }

    /// Lists, for each term, all that points at it, sorted as pointers are.
    fn invert(&self, notes: &[Arc<Note>], graph: &Graph) -> Vec<Vec<Pointer>> {
        let linked = self.notes.iter().map(|term| graph.incoming.of(*term).to_vec());
        let mut pointers: Vec<Vec<Pointer>> = linked.collect();
        for from in (0..notes.len() as u32).map(NoteId) {
            for mention in self.unlinked(from, graph) {
                let pointer = Pointer::mention(notes[from.index()].facts.kind, from);
                pointers[mention.term as usize].push(pointer);
            }
        }
        for pointers in &mut pointers {
            pointers.sort_by_key(|p| (p.relation, graph.positions[p.from.index()], p.from));
        }
        pointers
    }

    /// The first mention of each term in the note at `id`, with the note of the term.
    pub fn mentions(&self, id: NoteId) -> impl Iterator<Item = (Mention, NoteId)> {
        self.of(id).iter().map(|mention| (*mention, self.notes[mention.term as usize]))
    }

    /// The same without the terms that the note links to, and without itself.
    pub fn marked(&self, id: NoteId, graph: &Graph) -> impl Iterator<Item = (Mention, NoteId)> {
        let marked = self.unlinked(id, graph);
        marked.map(|mention| (mention, self.notes[mention.term as usize]))
    }

    /// All that points at a term, the notes that mention it included, sorted by relation; `None` if
    /// the note at `id` is no term.
    pub fn pointers(&self, id: NoteId) -> Option<&[Pointer]> {
        let term = self.notes.binary_search(&id).ok()?;
        Some(&self.pointers[term])
    }

    /// Returns the name of a term that stands around byte `at` of a text in a language, with the note of the term.
    pub fn named_at(
        &self,
        language: &Language,
        text: &str,
        at: usize,
    ) -> Option<(Range<usize>, NoteId)> {
        let (_, words) = self.words.iter().find(|(known, _)| known == language)?;
        let (start, end, term) =
            words.all_in(text).find(|(start, end, _)| *start <= at && at <= *end)?;
        Some((start..end, *self.notes.get(term as usize)?))
    }

    fn of(&self, id: NoteId) -> &[Mention] {
        self.mentions.get(id.index()).map_or(&[], |mentions| mentions)
    }

    fn unlinked(&self, id: NoteId, graph: &Graph) -> impl Iterator<Item = Mention> {
        let mentions = self.of(id);
        let mut linked: Vec<NoteId> = match mentions {
            [] => Vec::new(),
            _ => graph.links[id.index()].iter().filter_map(|link| link.note()).collect(),
        };
        linked.sort_unstable();
        let is_marked = move |term: NoteId| term != id && linked.binary_search(&term).is_err();
        mentions.iter().copied().filter(move |m| is_marked(self.notes[m.term as usize]))
    }
}

/// Returns the definitions of a term; none if one of its fields says that nothing defines it.
pub fn definitions<'a>(config: &Config, note: &'a Note) -> &'a [String] {
    let kind = config.kind(note.facts.kind);
    let values = &note.facts.values;
    let says_undefined = |value: &FieldValue| {
        let undefined = &kind.fields[usize::from(value.field)].undefined;
        value.items.iter().any(|item| undefined.contains(item))
    };
    let has_words = note.facts.card.summary.is_some();
    let value = values.iter().find(|value| Some(value.field) == kind.features.glossary);
    let value = value.filter(|_| !(has_words && values.iter().any(says_undefined)));
    value.map_or(&[], |value| &value.items)
}

/// Returns, for each term and language, the version of the term in that language.
fn versions(config: &Config, terms: &[NoteId], graph: &Graph) -> BTreeMap<(u32, Language), u32> {
    let mut found = BTreeMap::new();
    for (term, id) in (0..).zip(terms) {
        for (language, version) in config.languages.iter().zip(graph.works.in_languages(*id)) {
            let version = version.and_then(|version| terms.binary_search(&version).ok());
            found.extend(version.map(|version| ((term, language.clone()), version as u32)));
        }
    }
    found
}
