//! Everything notes are called, by letter.

use unicode_segmentation::UnicodeSegmentation;

use super::IndexInput;
use crate::language::Language;
use crate::note::NoteId;
use crate::slug::sort_key;

/// A letter with the names that begin with it.
#[derive(Debug)]
pub struct Letter {
    /// The letter; `0–9` for numbers.
    pub letter: String,
    /// The names, in the order of the alphabet.
    pub names: Vec<LetterEntry>,
}

/// Something a note is called.
#[derive(Debug)]
pub struct LetterEntry {
    /// The note.
    pub note: NoteId,
    /// Its place in the names of the note, if it is another name than the title.
    pub other: Option<u32>,
}

/// How many letters, or groups of them, the index has at most. Alphabets have fewer; scripts that have
/// a sign for each word have thousands.
const MOST: usize = 100;

/// What numbers stand under.
const NUMBERS: &str = "0–9";

pub(super) fn letters(book: &IndexInput<'_>, language: &Language) -> Vec<Letter> {
    let mut names: Vec<(String, LetterEntry)> = Vec::new();
    for id in book.written(language) {
        let facts = &book.note(id).facts;
        names.push((facts.sort_key.clone(), LetterEntry { note: id, other: None }));
        // The first name is the stem of the file, which is for writers.
        for (at, name) in (0u32..).zip(&facts.names).skip(1) {
            if name.written != facts.card.title {
                names.push((sort_key(&name.written), LetterEntry { note: id, other: Some(at) }));
            }
        }
    }
    names.sort_by(|a, b| (&a.0, a.1.note, a.1.other).cmp(&(&b.0, b.1.note, b.1.other)));
    let mut letters: Vec<Letter> = Vec::new();
    for (key, name) in names {
        let letter = letter(&key);
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.names.push(name),
            None => letters.push(Letter { letter, names: vec![name] }),
        }
    }
    merged(letters)
}

/// The letters, several together where they are too many for each to stand by itself: every page of the
/// index leads to all of them.
fn merged(letters: Vec<Letter>) -> Vec<Letter> {
    let together = letters.len().div_ceil(MOST);
    if together < 2 {
        return letters;
    }
    let mut merged: Vec<Letter> = Vec::with_capacity(MOST);
    for (at, letter) in letters.into_iter().enumerate() {
        match merged.last_mut().filter(|_| at % together > 0) {
            Some(first) => {
                let begins = first.letter.split('–').next().unwrap_or_default();
                first.letter = format!("{begins}–{}", letter.letter);
                first.names.extend(letter.names);
            }
            None => merged.push(letter),
        }
    }
    merged
}

/// What a name that is sorted as `key` stands under.
fn letter(key: &str) -> String {
    let first = key.trim_start().graphemes(true).next().unwrap_or("#");
    if first.starts_with(|c: char| c.is_numeric()) {
        return NUMBERS.to_owned();
    }
    first.to_uppercase()
}
