//! The words of one note, counted: how much each stem weighs in it.

use std::cell::Cell;
use std::fmt;

use rustc_hash::FxHashMap;

use super::fold::{fold, fold_run, pairs};
use super::segment::{Piece, segment};
use super::stem::Stemming;
use super::table::{FormId, TermId, enter};
use crate::language::Language;

/// How much a word counts where it stands; once in the text is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
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

/// How soon more of the same word counts no more (`k1` of BM25).
const SATURATION: f64 = 1.6;

/// How much the length of a note counts against it (`b` of BM25).
const LENGTH: f64 = 0.5;

/// The length that a note is compared with, in words. BM25 takes the mean of all notes; then a note
/// more would change the weight of every word in every other, and the whole index.
const USUAL: f64 = 400.0;

/// The words of a note. They are packed: a book has millions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The forms, in the order of their numbers, as differences.
    forms: Box<[u8]>,
    /// The stems in the order of their numbers, as differences, each with its level.
    stems: Box<[u8]>,
}

impl Terms {
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
pub struct Counter {
    stemming: Stemming,
    desk: Box<Desk>,
    known: Known,
    length: u32,
}

/// The words that were met before, as written.
type Known = FxHashMap<Box<str>, (FormId, TermId)>;

/// What counting needs and is made once for each thread: each word is folded and stemmed once.
#[derive(Default)]
struct Desk {
    known: FxHashMap<Stemming, Known>,
    /// By stem; all zero between notes.
    weights: Vec<u16>,
    /// The stems that weigh something.
    stems: Vec<TermId>,
    /// By form; all false between notes.
    seen: Vec<bool>,
    /// The forms that were seen.
    forms: Vec<FormId>,
}

thread_local! {
    static DESK: Cell<Option<Box<Desk>>> = const { Cell::new(None) };
}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counter").field("length", &self.length).finish_non_exhaustive()
    }
}

impl Counter {
    /// Nothing counted yet of a note in `language`.
    pub fn new(language: &Language) -> Self {
        let mut desk = DESK.take().unwrap_or_default();
        let stemming = Stemming::of(language);
        let known = desk.known.remove(&stemming).unwrap_or_default();
        Self { stemming, desk, known, length: 0 }
    }

    /// Counts the words of `text`.
    pub fn add(&mut self, text: &str, weight: Weight) {
        segment(text, |piece| match piece {
            Piece::Word(word) => {
                self.length += 1;
                self.count(word, weight);
            }
            Piece::Joined(words) => self.count(words, weight),
            Piece::Run(run) => {
                for pair in pairs(&fold_run(run)) {
                    self.length += 1;
                    self.count(pair, weight);
                }
            }
        });
    }

    fn count(&mut self, word: &str, weight: Weight) {
        let (form, stem) = match self.known.get(word) {
            Some(known) => *known,
            None => {
                let folded = fold(word);
                if folded.is_empty() {
                    return;
                }
                let known = enter(&folded, &self.stemming.stem(word));
                self.known.insert(word.into(), known);
                known
            }
        };
        let desk = &mut *self.desk;
        let (at, shown) = (stem.0 as usize, form.0 as usize);
        if at >= desk.weights.len() {
            desk.weights.resize(at + 1024, 0);
        }
        if shown >= desk.seen.len() {
            desk.seen.resize(shown + 1024, false);
        }
        if desk.weights[at] == 0 {
            desk.stems.push(stem);
        }
        desk.weights[at] = desk.weights[at].saturating_add(weight as u16);
        if !std::mem::replace(&mut desk.seen[shown], true) {
            desk.forms.push(form);
        }
    }

    /// What was counted.
    pub fn finish(mut self) -> Terms {
        let desk = &mut *self.desk;
        let usual = 1.0 - LENGTH + LENGTH * f64::from(self.length) / USUAL;
        desk.stems.sort_unstable();
        desk.forms.sort_unstable();
        let (mut stems, mut last) = (Vec::with_capacity(3 * desk.stems.len()), 0);
        for stem in desk.stems.drain(..) {
            let weight = f64::from(std::mem::take(&mut desk.weights[stem.0 as usize]));
            let part = weight / (weight + SATURATION * usual);
            pack(stem.0 - last, &mut stems);
            last = stem.0;
            stems.push(1 + (part * f64::from(LEVELS - 1)).round() as u8);
        }
        let (mut forms, mut last) = (Vec::with_capacity(2 * desk.forms.len()), 0);
        for form in desk.forms.drain(..) {
            desk.seen[form.0 as usize] = false;
            pack(form.0 - last, &mut forms);
            last = form.0;
        }
        self.desk.known.insert(self.stemming, self.known);
        DESK.set(Some(self.desk));
        Terms { forms: forms.into(), stems: stems.into() }
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
