//! All titles and other names of notes, by letter.

use super::IndexInput;
use crate::collation::{LetterHeading, LetterHeadings, SortKey};
use crate::language::Language;
use crate::note::NoteId;

/// A letter with the names that begin with it.
#[derive(Debug)]
pub struct Letter {
    /// The letter, or several such as `A–C`; `0–9` for numbers.
    pub letter: String,
    /// The names, in the order of the alphabet.
    pub names: Vec<LetterEntry>,
}

/// A name of a note.
#[derive(Debug)]
pub struct LetterEntry {
    /// The note.
    pub note: NoteId,
    /// The place of the name among those of the note; `None` if it is the title.
    pub other: Option<u32>,
}

/// The most letters, or groups of them, of a book. Alphabets have fewer; scripts that have a sign for
/// each word have thousands.
const MOST: usize = 100;

/// All names of the notes of a language, by letter.
pub(super) fn letters(book: &IndexInput<'_>, language: &Language) -> Vec<Letter> {
    let headings = LetterHeadings::new(language);
    let mut names: Vec<(LetterHeading, SortKey, LetterEntry)> = Vec::new();
    for id in book.written(language) {
        let facts = &book.note(id).facts;
        let written = &facts.card.language;
        let heading = headings.of(&facts.card.title, written, &facts.sort_key);
        names.push((heading, facts.sort_key.clone(), LetterEntry { note: id, other: None }));
        // The first name is the stem of the file, which is for writers.
        for (at, name) in (0u32..).zip(&facts.names).skip(1) {
            if name.written != facts.card.title {
                let key = SortKey::new(&name.written, written, language);
                let heading = headings.of(&name.written, written, &key);
                names.push((heading, key, LetterEntry { note: id, other: Some(at) }));
            }
        }
    }
    names.sort_by(|a, b| {
        (&a.0.rank, &a.1, a.2.note, a.2.other).cmp(&(&b.0.rank, &b.1, b.2.note, b.2.other))
    });
    let mut letters: Vec<Letter> = Vec::new();
    for (LetterHeading { letter, .. }, _, name) in names {
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.names.push(name),
            None => letters.push(Letter { letter, names: vec![name] }),
        }
    }
    merged(letters)
}

/// Puts several letters together if they are too many for each to stand by itself: every page of the
/// index links to all of them.
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
