//! The words of one note, counted: how much each stem weighs in it.

use std::cell::Cell;
use std::fmt;

use rustc_hash::FxHashMap;

use super::fold::{fold, fold_run, pairs};
use super::known::WordTable;
use super::order::NumberSet;
use super::segment::{WordPiece, segment};
use super::stem::Stemming;
use super::table::{FormId, TermId, enter};
use crate::language::Language;

/// How much a word counts where it stands; once in the text is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordWeight {
    /// In the text.
    Text = 1,
    /// In a heading, besides standing in the text.
    Heading = 2,
    /// In a field of the front matter.
    Field = 3,
    /// In the summary.
    Summary = 4,
    /// In another name of the note.
    Alias = 9,
    /// In the title.
    Title = 10,
}

/// The levels that the weight of a stem in a note is rounded to, from 1 on.
pub const LEVELS: u32 = 31;

/// The longest name that is looked for in texts, in words.
pub const LONGEST_NAME: usize = 6;

/// How soon more of the same word counts no more (`k1` of BM25).
const SATURATION: f64 = 1.6;

/// How much the length of a note counts against it (`b` of BM25).
const LENGTH: f64 = 0.5;

/// The length that a note is compared with, in words. BM25 takes the mean of all notes; then a note
/// more would change the weight of every word in every other, and the whole index.
const USUAL: f64 = 400.0;

/// The words of a note. They are packed: a book has millions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    /// The forms, in the order of their numbers, as differences.
    forms: Box<[u8]>,
    /// The stems in the order of their numbers, as differences, each with its level.
    stems: Box<[u8]>,
    /// What the note is called.
    names: Box<[Box<[FormId]>]>,
}

impl WordCounts {
    /// What the note is called, each name as its words; none that is longer than [`LONGEST_NAME`].
    pub fn names(&self) -> &[Box<[FormId]>] {
        &self.names
    }

    /// The words with their stems, each once.
    pub fn forms(&self) -> impl Iterator<Item = FormId> {
        let (mut bytes, mut last) = (&*self.forms, 0);
        std::iter::from_fn(move || {
            last += unpack(&mut bytes)?;
            Some(FormId(last))
        })
    }

    /// The stems, each with its level, from 1 to [`LEVELS`].
    pub fn stems(&self) -> impl Iterator<Item = (TermId, u8)> {
        let (mut bytes, mut last) = (&*self.stems, 0);
        std::iter::from_fn(move || {
            last += unpack(&mut bytes)?;
            let (level, rest) = bytes.split_first()?;
            bytes = rest;
            Some((TermId(last), *level))
        })
    }
}

/// Counts the words of one note.
pub struct WordCounter {
    stemming: Stemming,
    desk: Box<CounterBuffers>,
    known: WordTable,
    names: Vec<Box<[FormId]>>,
    length: u32,
}

/// What counting needs and is made once for each thread: each word is folded and stemmed once.
#[derive(Default)]
struct CounterBuffers {
    known: FxHashMap<Stemming, WordTable>,
    /// What each form weighs; nothing between notes.
    forms: WeightTable,
    /// What each stem weighs; nothing between notes.
    stems: WeightTable,
    /// By form.
    stem_of: Vec<TermId>,
    order: NumberSet,
    packed: Vec<u8>,
}

/// What some numbers weigh.
#[derive(Default)]
struct WeightTable {
    /// By number.
    by_number: Vec<u16>,
    /// The numbers that weigh something.
    numbers: Vec<u32>,
}

thread_local! {
    static DESK: Cell<Option<Box<CounterBuffers>>> = const { Cell::new(None) };
}

impl fmt::Debug for WordCounter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counter").field("length", &self.length).finish_non_exhaustive()
    }
}

impl WordCounter {
    /// Nothing counted yet of a note in `language`.
    pub fn new(language: &Language) -> Self {
        let mut desk = DESK.take().unwrap_or_default();
        let stemming = Stemming::of(language);
        let known = desk.known.remove(&stemming).unwrap_or_default();
        Self { stemming, desk, known, names: Vec::new(), length: 0 }
    }

    /// Counts the words of `text`.
    pub fn add(&mut self, text: &str, weight: WordWeight) {
        segment(text, |piece| match piece {
            WordPiece::Word(word) => {
                self.length += 1;
                self.count(word, weight);
            }
            WordPiece::Joined(words) => self.count(words, weight),
            WordPiece::Run(run) => {
                for pair in pairs(&fold_run(run)) {
                    self.length += 1;
                    self.count(pair, weight);
                }
            }
        });
    }

    /// Takes what the note is called; counts nothing.
    pub fn name(&mut self, name: &str) {
        let mut words = Vec::new();
        segment(name, |piece| match piece {
            WordPiece::Word(word) => words.extend(self.form(word)),
            WordPiece::Run(run) => {
                words.extend(pairs(&fold_run(run)).map(|pair| enter(pair, pair).0));
            }
            WordPiece::Joined(_) => {}
        });
        if (1..=LONGEST_NAME).contains(&words.len()) {
            self.names.push(words.into());
        }
    }

    fn count(&mut self, word: &str, weight: WordWeight) {
        if let Some(form) = self.form(word) {
            self.desk.forms.add(form.0, weight as u16);
        }
    }

    /// The number of a word; none if nothing is left of it.
    fn form(&mut self, word: &str) -> Option<FormId> {
        if let Some(known) = self.known.get(word) {
            return Some(known);
        }
        let folded = fold(word);
        if folded.is_empty() {
            return None;
        }
        let (form, stem) = enter(&folded, &self.stemming.stem(word));
        self.known.insert(word, form);
        let (at, desk) = (form.0 as usize, &mut *self.desk);
        if at >= desk.stem_of.len() {
            desk.stem_of.resize(at + 1, stem);
        }
        desk.stem_of[at] = stem;
        desk.forms.reach(form.0);
        desk.stems.reach(stem.0);
        Some(form)
    }

    /// What was counted.
    pub fn finish(mut self) -> WordCounts {
        let desk = &mut *self.desk;
        let usual = 1.0 - LENGTH + LENGTH * f64::from(self.length) / USUAL;
        let mut last = 0;
        desk.order.sort(&mut desk.forms.numbers);
        for form in desk.forms.numbers.drain(..) {
            pack(form - last, &mut desk.packed);
            last = form;
            let weight = std::mem::take(&mut desk.forms.by_number[form as usize]);
            desk.stems.add(desk.stem_of[form as usize].0, weight);
        }
        let forms = Box::from(&*desk.packed);
        desk.packed.clear();
        let mut last = 0;
        desk.order.sort(&mut desk.stems.numbers);
        for stem in desk.stems.numbers.drain(..) {
            let weight = f64::from(std::mem::take(&mut desk.stems.by_number[stem as usize]));
            let part = weight / (weight + SATURATION * usual);
            pack(stem - last, &mut desk.packed);
            last = stem;
            desk.packed.push(1 + (part * f64::from(LEVELS - 1)).round() as u8);
        }
        let stems = Box::from(&*desk.packed);
        desk.packed.clear();
        self.desk.known.insert(self.stemming, self.known);
        DESK.set(Some(self.desk));
        WordCounts { forms, stems, names: self.names.into() }
    }
}

impl WeightTable {
    /// Makes room for a number.
    fn reach(&mut self, number: u32) {
        if number as usize >= self.by_number.len() {
            self.by_number.resize(number as usize + 1, 0);
        }
    }

    fn add(&mut self, number: u32, weight: u16) {
        let sum = &mut self.by_number[number as usize];
        if *sum == 0 {
            self.numbers.push(number);
        }
        *sum = sum.saturating_add(weight);
    }
}

/// Writes a number, seven bits a byte, the lowest first.
fn pack(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads what [`pack`] wrote.
fn unpack(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if *byte < 0x80 {
            return Some(number);
        }
    }
}
