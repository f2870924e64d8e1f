//! The index in memory: which notes hold which stem, and which words there are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use rayon::prelude::*;

use super::leaves::Leaf;
use super::list::{List, Posting};
use super::names::{self, Called, Named};
use super::slots::{bits, slots};
use crate::note::{Note, NoteId};
use crate::site::Site;
use crate::token::{Names, TermId, Terms};

/// One part in so many of the notes may change before it costs less to begin anew.
const FEW: usize = 8;

/// A note of the index.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) slot: u32,
    pub(super) id: NoteId,
    note: Arc<Note>,
}

/// An entry of the dictionary: a word or a name, the stems of the word, and what the name names.
pub(super) type Meanings<'i> = (&'i str, Option<&'i Vec<(&'static str, u32)>>, Option<&'i Named>);

/// The words and stems of which the index says something else than before.
#[derive(Debug, Default)]
pub struct Touched {
    pub(super) words: BTreeSet<&'static str>,
    pub(super) stems: BTreeSet<&'static str>,
    /// The stems that more notes hold, or fewer.
    counts: BTreeSet<TermId>,
}

/// What the notes of a book can be found by.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// How many binary digits a slot has.
    pub(super) bits: u32,
    /// The notes in the order of their slots.
    pub(super) entries: Vec<Entry>,
    /// The notes that hold each stem.
    pub(super) lists: BTreeMap<&'static str, List>,
    /// The stems of each word, each with how many notes hold the word with that stem.
    pub(super) words: BTreeMap<&'static str, Vec<(&'static str, u32)>>,
    /// The names of notes.
    pub(super) called: Called,
}

impl Index {
    /// Takes the notes of `site` in place of those that were there. What few changes leave as it
    /// was is kept; what comes out is the same either way.
    pub fn update(&mut self, site: &Site) {
        let addresses = site.notes.iter().map(|note| note.facts.place.output.as_str());
        let bits = bits(site.notes.len());
        let entry = |(slot, at): (u32, u32)| Entry {
            slot,
            id: NoteId(at),
            note: Arc::clone(&site.notes[at as usize]),
        };
        let entries: Vec<Entry> = slots(addresses, bits).into_iter().map(entry).collect();
        let before = std::mem::replace(&mut self.entries, entries);
        let changes = match self.bits == bits {
            true => changes(&before, &self.entries),
            false => Vec::new(),
        };
        if self.bits != bits || changes.len() * FEW > self.entries.len() {
            self.bits = bits;
            self.count();
        } else {
            for (slot, old, new) in &changes {
                let [old, new] = [old, new].map(|note| note.as_ref().map(|note| &note.terms));
                self.change(*slot, old, new, &mut Touched::default());
            }
            self.rename(&changes);
        }
    }

    /// Takes other texts of some notes, whose facts are as they were, and says what that touches.
    pub fn refresh(&mut self, site: &Site, changed: &[NoteId]) -> Touched {
        let mut touched = Touched::default();
        for id in changed {
            let Some(at) = self.entries.iter().position(|entry| entry.id == *id) else { continue };
            let note = Arc::clone(&site.notes[id.index()]);
            let old = std::mem::replace(&mut self.entries[at].note, Arc::clone(&note));
            let slot = self.entries[at].slot;
            self.change(slot, Some(&old.terms), Some(&note.terms), &mut touched);
        }
        // With each word the index says how many notes hold its stems.
        touched.words.extend(Names::read().words_of(&touched.counts));
        touched
    }

    /// The slot of a note.
    pub(super) fn slot_of(&self, id: NoteId) -> Option<u32> {
        self.entries.iter().find(|entry| entry.id == id).map(|entry| entry.slot)
    }

    /// The dictionary, which is the words and the names of more than one word, with their sizes.
    pub(super) fn sizes(&self) -> Vec<(&str, usize)> {
        let own = |(_, words, names): &Meanings<'_>| {
            let stems = words.map_or(0, |words| 6 * words.len());
            let size = |named: &Named| {
                named.others.iter().map(|name| 1 + name.len()).sum::<usize>()
                    + 4 * named.slots.len()
            };
            3 + stems + names.map_or(0, size)
        };
        self.meanings("").map(|entry| (entry.0, entry.0.len() / 2 + own(&entry))).collect()
    }

    /// A part of the dictionary.
    pub(super) fn dictionary(&self, leaf: &Leaf) -> impl Iterator<Item = Meanings<'_>> {
        self.meanings(&leaf.start).take(leaf.range.len())
    }

    fn meanings(&self, start: &str) -> impl Iterator<Item = Meanings<'_>> {
        let from = (Bound::Included(start), Bound::Unbounded);
        let mut words = self.words.range::<str, _>(from).peekable();
        let mut names = self.called.range::<str, _>(from).peekable();
        std::iter::from_fn(move || {
            let key: &str = match (words.peek(), names.peek()) {
                (Some(word), Some(name)) => (*word.0).min(name.0.as_str()),
                (Some(word), None) => word.0,
                (None, Some(name)) => name.0,
                (None, None) => return None,
            };
            let word = words.next_if(|word| *word.0 == key).map(|word| word.1);
            let name = names.next_if(|name| name.0 == key).map(|name| name.1);
            Some((key, word, name))
        })
    }

    /// A part of the stems, each with its list.
    pub(super) fn held(&self, leaf: &Leaf) -> impl Iterator<Item = (&'static str, &List)> {
        let from = (Bound::Included(leaf.start.as_str()), Bound::Unbounded);
        let lists = self.lists.range::<str, _>(from).take(leaf.range.len());
        lists.map(|(stem, list)| (*stem, list))
    }

    /// Counts everything anew.
    fn count(&mut self) {
        let (terms, forms) = Names::all();
        // How many notes hold each stem, then where the notes of each begin in one long list.
        let mut counts = vec![0u32; terms.len()];
        let mut shown = vec![0u32; forms.len()];
        for entry in &self.entries {
            for (stem, _) in entry.note.terms.stems() {
                counts[stem.0 as usize] += 1;
            }
            for form in entry.note.terms.forms() {
                shown[form.0 as usize] += 1;
            }
        }
        let mut total = 0;
        for count in &mut counts {
            total += std::mem::replace(count, total);
        }
        let mut ends = counts.clone();
        let mut postings = vec![Posting { slot: 0, level: 0 }; total as usize];
        for Entry { slot, note, .. } in &self.entries {
            for (stem, level) in note.terms.stems() {
                let end = &mut ends[stem.0 as usize];
                postings[*end as usize] = Posting { slot: *slot, level };
                *end += 1;
            }
        }
        // All words and stems in the order of their letters, of which the first eight mostly tell.
        let mut order: Vec<(u64, &str, usize)> =
            terms.iter().enumerate().map(|(at, text)| (first_letters(text), *text, at)).collect();
        order.par_sort_unstable();
        let held = |(_, _, at): &&(u64, &str, usize)| ends[*at] > counts[*at];
        let lists: Vec<(&'static str, List)> = order
            .par_iter()
            .filter(held)
            .map(|(_, _, at)| {
                let list = List::new(&postings[counts[*at] as usize..ends[*at] as usize]);
                (terms[*at], list)
            })
            .collect();
        self.lists = lists.into_iter().collect();
        let mut places = vec![0u32; terms.len()];
        for (place, (_, _, at)) in (0..).zip(&order) {
            places[*at] = place;
        }
        let text = |place: u32| terms[order[place as usize].2];
        let place = |id: TermId| places[id.0 as usize];
        let forms = forms.iter().zip(shown).filter(|(_, count)| *count > 0);
        let mut forms: Vec<(u32, u32, u32)> =
            forms.map(|((word, stem), count)| (place(*word), place(*stem), count)).collect();
        forms.sort_unstable();
        let words = forms.chunk_by(|a, b| a.0 == b.0).map(|forms| {
            let stems = forms.iter().map(|(_, stem, count)| (text(*stem), *count));
            (text(forms[0].0), stems.collect())
        });
        self.words = words.collect();
        self.called.clear();
        let names = Names::read();
        for Entry { slot, note, .. } in &self.entries {
            names::add(&mut self.called, &names, *slot, &note.terms, |_| true);
        }
    }

    /// Takes other names of some notes.
    fn rename(&mut self, changes: &[Change]) {
        let names = Names::read();
        let mut keys: BTreeSet<String> = BTreeSet::new();
        let mut slots: BTreeSet<u32> = BTreeSet::new();
        for (slot, old, new) in changes {
            let [old, new] =
                [old, new].map(|note| note.as_ref().map_or(&[][..], |n| n.terms.names()));
            if old != new {
                slots.insert(*slot);
                keys.extend(old.iter().chain(new).map(|name| names::key(&names, name)));
            }
        }
        // What a name names, and what else that is called, follows from all notes of that name.
        for key in &keys {
            slots.extend(self.called.remove(key).into_iter().flat_map(|named| named.slots));
        }
        for slot in slots {
            let at = self.entries.binary_search_by_key(&slot, |entry| entry.slot);
            if let Ok(at) = at {
                let terms = &self.entries[at].note.terms;
                names::add(&mut self.called, &names, slot, terms, |key| keys.contains(key));
            }
        }
    }

    /// Takes out of the lists what `old` held and `new` does not, and puts in the reverse.
    fn change(
        &mut self,
        slot: u32,
        old: Option<&Terms>,
        new: Option<&Terms>,
        touched: &mut Touched,
    ) {
        let names = Names::read();
        let (before, after) =
            [old, new].map(|terms| terms.into_iter().flat_map(Terms::stems)).into();
        for (id, before, level) in differences(before, after, u8::eq) {
            let stem = names.term(id);
            touched.stems.insert(stem);
            if before.is_some() != level.is_some() {
                touched.counts.insert(id);
            }
            let list = self.lists.entry(stem).or_default();
            list.set(slot, level);
            if list.count == 0 {
                self.lists.remove(stem);
            }
        }
        let forms = [old, new].map(|terms| terms.into_iter().flat_map(Terms::forms));
        let (before, after) = forms.map(|forms| forms.map(|form| (form, ()))).into();
        for (form, _, there) in differences(before, after, |(), ()| true) {
            let (word, stem) = names.form(form);
            touched.words.insert(word);
            let stems = self.words.entry(word).or_default();
            let at = stems.partition_point(|(other, _)| *other < stem);
            match (there, stems.get(at).filter(|(other, _)| *other == stem)) {
                (Some(()), Some(_)) => stems[at].1 += 1,
                (Some(()), None) => stems.insert(at, (stem, 1)),
                (None, Some((_, 1))) => drop(stems.remove(at)),
                (None, Some(_)) => stems[at].1 -= 1,
                (None, None) => {}
            }
            if stems.is_empty() {
                self.words.remove(word);
            }
        }
    }
}

/// The first eight bytes of a text, as a number that is in the order of the texts.
fn first_letters(text: &str) -> u64 {
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(text.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(first)
}

/// A slot whose note is another, or whose words are others: what was there, and what is.
type Change = (u32, Option<Arc<Note>>, Option<Arc<Note>>);

fn changes(before: &[Entry], after: &[Entry]) -> Vec<Change> {
    let of = |entry: &Entry| (entry.slot, Arc::clone(&entry.note));
    differences(before.iter().map(of), after.iter().map(of), |old, new| {
        Arc::ptr_eq(old, new) || old.terms == new.terms
    })
}

/// Where two lists, both in the order of their keys, differ: the key, and the value in each.
fn differences<K: Ord + Copy, V>(
    before: impl Iterator<Item = (K, V)>,
    after: impl Iterator<Item = (K, V)>,
    same: impl Fn(&V, &V) -> bool,
) -> Vec<(K, Option<V>, Option<V>)> {
    let (mut before, mut after) = (before.peekable(), after.peekable());
    let mut found = Vec::new();
    loop {
        let key = match (before.peek(), after.peek()) {
            (Some(old), Some(new)) => old.0.min(new.0),
            (Some(only), None) | (None, Some(only)) => only.0,
            (None, None) => return found,
        };
        let old = before.next_if(|item| item.0 == key).map(|item| item.1);
        let new = after.next_if(|item| item.0 == key).map(|item| item.1);
        if !old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| same(old, new)) {
            found.push((key, old, new));
        }
    }
}
