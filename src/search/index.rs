//! The index in memory: the notes that hold each stem, and the words there are.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use imbl::OrdMap;
use rayon::prelude::*;

use super::leaves::{IndexShard, PrefixSizes, limit};
use super::list::{Posting, PostingList};
use super::names::{self, NameOwner, NameOwners};
use super::slots::{bits, slots};
use crate::note::{Note, NoteId};
use crate::site::Site;
use crate::token::{Interner, TermId, WordCounts};

/// The part of the notes, as one in so many, that may change before it costs less to count everything again.
const FEW_CHANGES: usize = 8;

/// A note of the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexEntry {
    pub(super) slot: u32,
    pub(super) id: NoteId,
}

/// An entry of the dictionary: a word, a name, or a word that is a name.
pub(super) struct DictionaryEntry<'i> {
    pub(super) key: &'i str,
    /// The stems of the word, each with the number of notes that hold the word with that stem.
    pub(super) stems: Option<&'i Vec<(&'static str, u32)>>,
    /// The owner of the name.
    pub(super) owner: Option<&'i NameOwner>,
}

/// The stems of each word, each with how many notes hold the word with that stem.
type WordStems = OrdMap<&'static str, Vec<(&'static str, u32)>>;

/// The words and stems whose entries in the index changed.
#[derive(Debug, Default)]
pub struct TouchedKeys {
    pub(super) words: BTreeSet<&'static str>,
    pub(super) stems: BTreeSet<&'static str>,
    /// The stems that more notes hold, or fewer.
    counts: BTreeSet<TermId>,
}

/// The words and stems by which the notes of a book can be found. A copy costs next to nothing, and shares
/// with the original all that is not changed afterwards.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    /// The number of binary digits of a slot.
    pub(super) bits: u32,
    /// The notes in the order of their slots.
    pub(super) entries: Arc<[IndexEntry]>,
    /// The notes of the site, by their place.
    notes: Arc<Vec<Arc<Note>>>,
    /// The notes that hold each stem.
    pub(super) lists: OrdMap<&'static str, PostingList>,
    /// The words.
    pub(super) words: WordStems,
    /// The names of notes.
    pub(super) called: NameOwners,
    /// The sizes of `words` and `called` together.
    word_sizes: PrefixSizes,
    /// The sizes of `lists`.
    stem_sizes: PrefixSizes,
}

impl SearchIndex {
    /// Takes the notes of `site` in place of those before. If few changed, the rest is kept; the result is
    /// the same either way.
    pub fn update(&mut self, site: &Site) {
        let (bits, entries) = places(site);
        let before = std::mem::replace(&mut self.entries, entries);
        let notes = std::mem::replace(&mut self.notes, Arc::clone(&site.notes));
        let changes = if self.bits == bits {
            changes((&before, &notes), (&self.entries, &self.notes))
        } else {
            Vec::new()
        };
        if self.bits != bits || changes.len() * FEW_CHANGES > self.entries.len() {
            self.bits = bits;
            self.count();
        } else {
            for (slot, old, new) in &changes {
                let [old, new] = [old, new].map(|note| note.as_ref().map(|note| note.terms()));
                self.change(*slot, old, new, &mut TouchedKeys::default());
            }
            self.rename(&changes);
        }
        self.sum();
    }

    /// An index of which only the slots of the notes are known.
    pub fn of_slots(site: &Site) -> Self {
        Self { entries: places(site).1, ..Self::default() }
    }

    /// Takes other texts of some notes, whose facts are as they were, and returns the entries that changed.
    pub fn refresh(&mut self, site: &Site, changed: &[NoteId]) -> TouchedKeys {
        let mut touched = TouchedKeys::default();
        let before = std::mem::replace(&mut self.notes, Arc::clone(&site.notes));
        for IndexEntry { slot, id } in self.entries_of(changed) {
            let [old, new] = [&before, &site.notes].map(|notes| Some(notes[id.index()].terms()));
            self.change(slot, old, new, &mut touched);
        }
        // With each word the index says how many notes hold its stems.
        touched.words.extend(Interner::read().words_of(&touched.counts));
        self.sum();
        touched
    }

    /// Returns the entries of some notes, in the order of their slots.
    pub(super) fn entries_of(&self, ids: &[NoteId]) -> Vec<IndexEntry> {
        let ids: BTreeSet<&NoteId> = ids.iter().collect();
        self.entries.iter().filter(|entry| ids.contains(&entry.id)).copied().collect()
    }

    /// Cuts the dictionary and the stems into shards.
    pub(super) fn leaves(&self) -> [Vec<IndexShard>; 2] {
        [&self.word_sizes, &self.stem_sizes].map(|sizes| sizes.leaves(limit(self.bits)))
    }

    /// Returns a part of the dictionary, which is the words and the names of more than one word.
    pub(super) fn dictionary(
        &self,
        leaf: &IndexShard,
    ) -> impl Iterator<Item = DictionaryEntry<'_>> {
        meanings(&self.words, &self.called, leaf.range())
    }

    /// Returns a part of the stems, each with its list.
    pub(super) fn held(
        &self,
        leaf: &IndexShard,
    ) -> impl Iterator<Item = (&'static str, &PostingList)> {
        self.lists.range::<_, str>(leaf.range()).map(|(stem, list)| (*stem, list))
    }

    /// Sums the sizes that were not needed before.
    fn sum(&mut self) {
        let mut of_words = std::mem::take(&mut self.word_sizes);
        let mut of_stems = std::mem::take(&mut self.stem_sizes);
        let Self { words, called, lists, .. } = &*self;
        of_words.open(limit(self.bits), |start| {
            let entries = meanings(words, called, (Bound::Included(start), Bound::Unbounded));
            entries.map(|entry| (entry.key, size(&entry)))
        });
        of_stems.open(limit(self.bits), |start| {
            let lists = lists.range::<_, str>((Bound::Included(start), Bound::Unbounded));
            lists.map(|(stem, list)| (*stem, list.size()))
        });
        (self.word_sizes, self.stem_sizes) = (of_words, of_stems);
    }

    /// Returns the size of an entry of the dictionary, if there is one.
    fn size_of(&self, key: &str) -> Option<usize> {
        let (stems, owner) = (self.words.get(key), self.called.get(key));
        let is_there = stems.is_some() || owner.is_some();
        is_there.then(|| size(&DictionaryEntry { key, stems, owner }))
    }

    /// Counts everything again.
    fn count(&mut self) {
        let (terms, forms) = Interner::all();
        // The number of notes that hold each stem; below, the place of the first of them in one long list.
        let mut counts = vec![0u32; terms.len()];
        let mut shown = vec![0u32; forms.len()];
        for IndexEntry { id, .. } in self.entries.iter() {
            let terms = self.notes[id.index()].terms();
            for (stem, _) in terms.stems() {
                counts[stem.0 as usize] += 1;
            }
            for form in terms.forms() {
                shown[form.0 as usize] += 1;
            }
        }
        let mut total = 0;
        for count in &mut counts {
            total += std::mem::replace(count, total);
        }
        let mut ends = counts.clone();
        let mut postings = vec![0; total as usize];
        for IndexEntry { slot, id } in self.entries.iter() {
            for (stem, level) in self.notes[id.index()].terms().stems() {
                let end = &mut ends[stem.0 as usize];
                postings[*end as usize] = Posting { slot: *slot, level }.packed();
                *end += 1;
            }
        }
        // All words and stems in the order of their letters, of which the first eight mostly tell.
        let mut order: Vec<(u64, &str, usize)> =
            terms.iter().enumerate().map(|(at, text)| (first_letters(text), *text, at)).collect();
        order.par_sort_unstable();
        let held = |(_, _, at): &&(u64, &str, usize)| ends[*at] > counts[*at];
        let lists: Vec<(&'static str, PostingList)> = order
            .par_iter()
            .filter(held)
            .map(|(_, _, at)| {
                let postings = postings[counts[*at] as usize..ends[*at] as usize].iter();
                (terms[*at], PostingList::new(postings.map(|number| Posting::unpacked(*number))))
            })
            .collect();
        // It is large, and what follows needs room too.
        drop(postings);
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
            (text(forms[0].0), stems.collect::<Vec<_>>())
        });
        self.words = words.collect();
        (self.word_sizes, self.stem_sizes) = Default::default();
        self.called.clear();
        let names = Interner::read();
        for IndexEntry { slot, id } in self.entries.iter() {
            let terms = self.notes[id.index()].terms();
            names::add(&mut self.called, &names, *slot, terms, |_| true);
        }
    }

    /// Takes other names of some notes.
    fn rename(&mut self, changes: &[SlotChange]) {
        let names = Interner::read();
        let mut keys: BTreeSet<String> = BTreeSet::new();
        let mut slots: BTreeSet<u32> = BTreeSet::new();
        for (slot, old, new) in changes {
            let [old, new] =
                [old, new].map(|note| note.as_ref().map_or(&[][..], |n| n.terms().names()));
            if old != new {
                slots.insert(*slot);
                keys.extend(old.iter().chain(new).map(|name| names::key(&names, name)));
            }
        }
        // The owner of a name, and its other names, follow from all notes of that name.
        let before: Vec<Option<usize>> = keys.iter().map(|key| self.size_of(key)).collect();
        for key in &keys {
            slots.extend(self.called.remove(key).into_iter().flat_map(|named| named.slots));
        }
        for slot in slots {
            let at = self.entries.binary_search_by_key(&slot, |entry| entry.slot);
            if let Ok(at) = at {
                let terms = self.notes[self.entries[at].id.index()].terms();
                names::add(&mut self.called, &names, slot, terms, |key| keys.contains(key));
            }
        }
        for (key, before) in keys.iter().zip(before) {
            self.word_sizes.change(key, before, self.size_of(key));
        }
    }

    /// Takes out of the lists what `old` held and `new` does not, and puts in the reverse.
    fn change(
        &mut self,
        slot: u32,
        old: Option<&WordCounts>,
        new: Option<&WordCounts>,
        touched: &mut TouchedKeys,
    ) {
        let names = Interner::read();
        let (before, after) =
            [old, new].map(|terms| terms.into_iter().flat_map(WordCounts::stems)).into();
        for (id, before, level) in differences(before, after, u8::eq) {
            let stem = names.term(id);
            touched.stems.insert(stem);
            if before.is_some() != level.is_some() {
                touched.counts.insert(id);
            }
            let before = self.lists.get(stem).map(PostingList::size);
            let list = self.lists.entry(stem).or_default();
            list.set(slot, level);
            if list.count == 0 {
                self.lists.remove(stem);
            }
            self.stem_sizes.change(stem, before, self.lists.get(stem).map(PostingList::size));
        }
        let forms = [old, new].map(|terms| terms.into_iter().flat_map(WordCounts::forms));
        let (before, after) = forms.map(|forms| forms.map(|form| (form, ()))).into();
        for (form, _, there) in differences(before, after, |(), ()| true) {
            let (word, stem) = names.form(form);
            touched.words.insert(word);
            let before = self.size_of(word);
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
            self.word_sizes.change(word, before, self.size_of(word));
        }
    }
}

/// Returns the number of binary digits of a slot, and the notes in the order of their slots.
fn places(site: &Site) -> (u32, Arc<[IndexEntry]>) {
    // A text is found in the languages that it is written in.
    let is_found = |(_, note): &(NoteId, &Note)| !note.facts.origin.is_untranslated();
    let found: Vec<(NoteId, &Note)> = site.notes().filter(is_found).collect();
    let addresses = found.iter().map(|(_, note)| note.facts.place.output.as_str());
    let bits = bits(found.len());
    let entry = |(slot, at): (u32, u32)| IndexEntry { slot, id: found[at as usize].0 };
    (bits, slots(addresses, bits).into_iter().map(entry).collect())
}

/// Estimates the size of an entry of the dictionary, in bytes.
fn size(entry: &DictionaryEntry<'_>) -> usize {
    let stems = entry.stems.map_or(0, |stems| 6 * stems.len());
    let names = entry.owner.map_or(0, |owner| {
        owner.others.iter().map(|name| 1 + name.len()).sum::<usize>() + 4 * owner.slots.len()
    });
    3 + entry.key.len() / 2 + stems + names
}

/// Returns the words and names in a range, in the order of their letters.
fn meanings<'i>(
    words: &'i WordStems,
    called: &'i NameOwners,
    range: (Bound<&str>, Bound<&str>),
) -> impl Iterator<Item = DictionaryEntry<'i>> + use<'i> {
    let mut words = words.range::<_, str>(range).peekable();
    let mut names = called.range::<_, str>(range).peekable();
    std::iter::from_fn(move || {
        let order = match (words.peek(), names.peek()) {
            (Some((word, _)), Some((name, _))) => (**word).cmp(name.as_str()),
            (Some(_), None) => Ordering::Less,
            (None, _) => Ordering::Greater,
        };
        let word = if order.is_le() { words.next() } else { None };
        let name = if order.is_ge() { names.next() } else { None };
        let key = word.map(|(word, _)| *word).or(name.map(|(name, _)| name.as_str()))?;
        let (stems, owner) = (word.map(|(_, stems)| stems), name.map(|(_, owner)| owner));
        Some(DictionaryEntry { key, stems, owner })
    })
}

/// Returns the first eight bytes of a text, as a number that is in the order of the texts.
fn first_letters(text: &str) -> u64 {
    let mut first = [0; 8];
    for (to, from) in first.iter_mut().zip(text.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(first)
}

/// A slot whose note or whose words changed: the note before, and the note now.
type SlotChange = (u32, Option<Arc<Note>>, Option<Arc<Note>>);

/// Entries, and the notes they are of.
type AddedEntries<'e> = (&'e [IndexEntry], &'e [Arc<Note>]);

fn changes(before: AddedEntries<'_>, after: AddedEntries<'_>) -> Vec<SlotChange> {
    differences(of_slots(before), of_slots(after), |old, new| {
        Arc::ptr_eq(old, new) || old.terms() == new.terms()
    })
}

fn of_slots<'e>((entries, notes): AddedEntries<'e>) -> impl Iterator<Item = (u32, Arc<Note>)> + 'e {
    entries.iter().map(move |entry| (entry.slot, Arc::clone(&notes[entry.id.index()])))
}

/// Compares two lists, both in the order of their keys, and returns each key at which they differ, with its
/// value in each.
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
