//! The words of one note, counted, with the weight of each stem in it.

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

/// The weight of a word by its place; once in the text is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordWeight {
    /// In the text.
    Text = 1,
    /// In a heading, besides standing in the text; or in the reference by which a field names another note.
    Heading = 2,
    /// In a field of the front matter.
    Field = 3,
    /// In the summary.
    Summary = 4,
    /// In the name of its file.
    FileName = 5,
}

/// The weight of a word by the name of the note that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameWeight {
    /// In the first letters of a name: "vfm" for "value for money".
    Initials = 5,
    /// In what readers may call the note, though it is not called so.
    Also = 7,
    /// In another name of the note.
    Alias = 9,
    /// In the title.
    Title = 10,
}

/// The levels that the weight of a stem in a note is rounded to, from 1 on.
pub const LEVELS: u32 = 31;

/// The longest name that is looked for in texts, in words.
pub const LONGEST_NAME: usize = 6;

/// The number by which more of the same word soon counts no more (`k1` of BM25).
const SATURATION: f64 = 5.0;

/// The factor of the length of a note, which counts against it (`b` of BM25).
const LENGTH_FACTOR: f64 = 0.5;

/// The length that a note is compared with, in words. BM25 takes the mean of all notes; then a note
/// more would change the weight of every word in every other, and the whole index.
const USUAL_LENGTH: f64 = 400.0;

/// The unit of weights, as a part of what a word counts that stands in the text once.
const UNITS: f64 = 8.0;

/// The part of its weight that a word has in a long name. In a name of `n` words it has one `n`th of
/// `SHORT_NAME` more: whoever asks for "gender" means "Gender and diversity" before a name of eight words.
const LONG_NAME: f64 = 0.5;

/// See `LONG_NAME`.
const SHORT_NAME: f64 = 1.5;

/// The letters of the shortest initials that stand for a name.
const SHORTEST_INITIALS: usize = 3;

impl NameWeight {
    /// Says whether the note is called so in texts too, so that a text with this name speaks of what another name
    /// of the note stands for.
    pub fn is_own(self) -> bool {
        matches!(self, Self::Title | Self::Alias)
    }
}

/// A name of a note, as its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameForms {
    /// The words.
    pub words: Box<[FormId]>,
    /// The part that the words have in the note.
    pub weight: NameWeight,
}

/// The words of a note. They are packed: a book has millions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    /// The forms, in the order of their numbers, as differences.
    forms: Box<[u8]>,
    /// The stems in the order of their numbers, as differences, each with its level.
    stems: Box<[u8]>,
    /// The names of the note.
    names: Box<[NameForms]>,
}

impl WordCounts {
    /// Returns the names of the note; none is longer than [`LONGEST_NAME`].
    pub fn names(&self) -> &[NameForms] {
        &self.names
    }

    /// Returns the words with their stems, each once.
    pub fn forms(&self) -> impl Iterator<Item = FormId> {
        let (mut bytes, mut last) = (&*self.forms, 0);
        std::iter::from_fn(move || {
            last += unpack(&mut bytes)?;
            Some(FormId(last))
        })
    }

    /// Returns the stems, each with its level, from 1 to [`LEVELS`].
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
    names: Vec<NameForms>,
    length: u32,
}

/// The buffers and tables for counting, made once for each thread, so that each word is folded and stemmed once.
#[derive(Default)]
struct CounterBuffers {
    known: FxHashMap<Stemming, WordTable>,
    /// The weight of each form; empty between notes.
    forms: WeightTable,
    /// The weight of each stem; empty between notes.
    stems: WeightTable,
    /// By form.
    stem_of: Vec<TermId>,
    order: NumberSet,
    packed: Vec<u8>,
}

/// The weights of some numbers.
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
    /// Begins to count a note in `language`.
    pub fn new(language: &Language) -> Self {
        let mut desk = DESK.take().unwrap_or_default();
        let stemming = Stemming::of(language);
        let known = desk.known.remove(&stemming).unwrap_or_default();
        Self { stemming, desk, known, names: Vec::new(), length: 0 }
    }

    /// Counts the words of `text`.
    pub fn add(&mut self, text: &str, weight: WordWeight) {
        self.add_units(text, (f64::from(weight as u16) * UNITS) as u16);
    }

    /// Counts the words of a name of the note, and adds the name. The length of the note does not count
    /// against them: a note is called the same however much it says.
    pub fn add_name(&mut self, name: &str, weight: NameWeight) {
        let mut words: Vec<FormId> = Vec::new();
        let mut initials = String::new();
        segment(name, |piece| match piece {
            WordPiece::Word(word) => {
                words.extend(self.form(word));
                let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
                initials.extend(word.chars().take(if is_number { word.len() } else { 1 }));
            }
            WordPiece::Run(run) => {
                words.extend(pairs(&fold_run(run)).map(|pair| enter(pair, pair).0));
            }
            WordPiece::Joined(_) => {}
        });
        self.add_units(name, self.units_of_name(weight, words.len()));
        if !(1..=LONGEST_NAME).contains(&words.len()) {
            return;
        }
        let is_short = words.len() > 1 && initials.chars().count() >= SHORTEST_INITIALS;
        self.names.push(NameForms { words: words.into(), weight });
        if weight.is_own()
            && is_short
            && let Some(form) = self.form(&initials)
        {
            let weight = NameWeight::Initials;
            self.desk.forms.add(form.0, self.units_of_name(weight, 1));
            self.names.push(NameForms { words: [form].into(), weight });
        }
    }

    /// Returns the units that each word of a name of so many words counts.
    fn units_of_name(&self, weight: NameWeight, words: usize) -> u16 {
        let part = LONG_NAME + SHORT_NAME / words.max(1) as f64;
        (f64::from(weight as u16) * part * self.usual() * UNITS).round() as u16
    }

    /// Returns how long the note is so far in comparison with the usual length.
    fn usual(&self) -> f64 {
        1.0 - LENGTH_FACTOR + LENGTH_FACTOR * f64::from(self.length) / USUAL_LENGTH
    }

    fn add_units(&mut self, text: &str, units: u16) {
        segment(text, |piece| match piece {
            WordPiece::Word(word) => {
                self.length += 1;
                self.count(word, units);
            }
            WordPiece::Joined(words) => self.count(words, units),
            WordPiece::Run(run) => {
                for pair in pairs(&fold_run(run)) {
                    self.length += 1;
                    self.count(pair, units);
                }
            }
        });
    }

    fn count(&mut self, word: &str, units: u16) {
        if let Some(form) = self.form(word) {
            self.desk.forms.add(form.0, units);
        }
    }

    /// Returns the number of a word; none if folding leaves nothing of it.
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

    /// Returns the counts.
    pub fn finish(mut self) -> WordCounts {
        let half = UNITS * SATURATION * self.usual();
        let desk = &mut *self.desk;
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
            let part = weight / (weight + half);
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

/// Reads a number that [`pack`] wrote.
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
