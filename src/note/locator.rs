//! Locators: the places in a source that a note cites, as its writer put them. Nothing here knows the source.

use super::exact;
use crate::slug::fold;

/// The most digits of a number that can be that of a place.
const MAX_DIGITS: usize = 6;

/// Signs that stand before the number of a paragraph.
const SIGNS: &[char] = &['¶', '§'];

/// Words that stand before the number of a paragraph, in small letters: in English, French, Spanish, Portuguese,
/// Italian, German, Russian and Arabic.
#[rustfmt::skip]
const PARAGRAPH: &[&str] = &[
    "paragraphs", "paragraph", "paras.", "paras", "para.", "para", "pars.", "par.",
    "paragraphes", "paragraphe",
    "párrafos", "párrafo", "párrs.", "párr.",
    "parágrafos", "parágrafo",
    "paragrafi", "paragrafo",
    "absätze", "absatz", "abs.", "randnummern", "randnummer", "rn.",
    "пункты", "пункт", "пп.", "п.",
    "الفقرات", "الفقرة", "فقرات", "فقرة",
];

/// The signs and words between the first and the last number of a range.
const UP_TO: &[&str] = &["-", "–", "—", "‑", "to ", "bis ", "à ", "a "];

/// Words between the last two numbers of a list.
const AND: &[&str] = &["and ", "& ", "et ", "y ", "e ", "und ", "и ", "و"];

/// The places in a source that a note cites.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Locator {
    /// The text of the writer, cut so that each place is a piece of its own.
    pub pieces: Vec<LocatorPiece>,
}

/// A piece of a locator.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LocatorPiece {
    /// The text as written.
    pub text: String,
    /// The place that it names; `None` for the text between places.
    pub place: Option<PlaceName>,
}

/// The name of a place, as a locator has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlaceName {
    /// Numbered paragraphs: `¶9`, or `¶12-¶17`.
    Paragraphs {
        /// The number of the first.
        first: u32,
        /// The number of the last.
        last: u32,
    },
    /// Parts with a label and a number: "Quick win 7". The label is carried on: "Quick wins 6, 7" names two places.
    Parts {
        /// The label, folded.
        label: Box<str>,
        /// The number of the first.
        first: u32,
        /// The number of the last.
        last: u32,
    },
    /// Another name, folded, such as that of a heading: "Introduction".
    Named(Box<str>),
}

/// The label of a number to which further numbers may follow.
enum CarriedLabel {
    Paragraph,
    Part(Box<str>),
}

impl Locator {
    /// Cuts a locator into places and the text between them.
    pub fn new(written: &str) -> Self {
        let mut locator = Self::default();
        let (mut rest, mut label) = (written, None);
        while !rest.is_empty() {
            let start = start_of_segment(rest);
            if rest[..start].contains([';', '؛']) {
                label = None;
            }
            locator.push(&rest[..start], None);
            let end = start + end_of_segment(&rest[start..]);
            label = locator.segment(&rest[start..end], label);
            rest = &rest[end..];
        }
        locator.pieces = exact(locator.pieces);
        locator
    }

    /// Returns the locator as written.
    pub fn written(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Adds a piece; text that names no place is joined to such text before it.
    fn push(&mut self, text: &str, place: Option<PlaceName>) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.place.is_none() && place.is_none() => {
                last.text.push_str(text);
            }
            _ => self.pieces.push(LocatorPiece { text: text.to_owned(), place }),
        }
    }

    /// Reads the text between two separators, and returns the label that is carried on from it.
    fn segment(&mut self, text: &str, label: Option<CarriedLabel>) -> Option<CarriedLabel> {
        if let Some((first, last, length)) =
            range(text).filter(|(.., length)| *length == text.len())
        {
            let place = match &label {
                Some(CarriedLabel::Paragraph) => Some(PlaceName::Paragraphs { first, last }),
                Some(CarriedLabel::Part(label)) => {
                    Some(PlaceName::Parts { label: label.clone(), first, last })
                }
                None => None,
            };
            self.push(&text[..length], place);
            return label;
        }
        let (mut rest, mut found) = (text, None);
        while let Some((start, end, first, last)) = paragraph_in(rest) {
            self.push(&rest[..start], None);
            self.push(&rest[start..end], Some(PlaceName::Paragraphs { first, last }));
            (rest, found) = (&rest[end..], Some(CarriedLabel::Paragraph));
        }
        if found.is_some() {
            self.push(rest, None);
            return found;
        }
        let numbered = label_and_number(text);
        let place = match &numbered {
            Some((label, first, last)) => {
                PlaceName::Parts { label: label.clone(), first: *first, last: *last }
            }
            None => PlaceName::Named(fold(text).into()),
        };
        self.push(text, Some(place));
        numbered.map(|(label, ..)| CarriedLabel::Part(label))
    }
}

/// Returns the number of bytes before the next segment: signs and words that part segments.
fn start_of_segment(text: &str) -> usize {
    let is_between = |c: char| c.is_whitespace() || is_separator(c);
    let start = text.len() - text.trim_start_matches(is_between).len();
    conjunction(&text[start..]).map_or(start, |length| start + length)
}

/// Returns the number of bytes of a text up to what parts it from the next segment.
fn end_of_segment(text: &str) -> usize {
    let ends = |(at, c): &(usize, char)| {
        let is_first_space = c.is_whitespace() && !text[..*at].ends_with(char::is_whitespace);
        is_separator(*c) || is_first_space && conjunction(text[*at..].trim_start()).is_some()
    };
    let end = text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end().len().max(1).min(text.len())
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '،' | '؛' | '、')
}

/// Returns the length of a word that joins a number to those before it, if one begins the text.
fn conjunction(text: &str) -> Option<usize> {
    let word = AND.iter().find(|word| text.starts_with(**word))?;
    let rest = text[word.len()..].trim_start();
    let is_number = range(rest).is_some() || paragraph_at(rest).is_some();
    is_number.then(|| text.len() - rest.len())
}

/// Returns the label and the numbers of a text such as "Quick wins 6-9".
fn label_and_number(text: &str) -> Option<(Box<str>, u32, u32)> {
    let digit = text.char_indices().find(|(at, c)| {
        digit(*c).is_some()
            && text[..*at].ends_with(char::is_whitespace)
            && range(&text[*at..]).is_some_and(|(.., length)| at + length == text.len())
    });
    let (at, _) = digit?;
    let (first, last, _) = range(&text[at..])?;
    let label = fold(&text[..at]);
    (!label.is_empty()).then(|| (label.into(), first, last))
}

/// Finds the first numbered paragraph that a text names: where its name begins and ends, and its numbers.
fn paragraph_in(text: &str) -> Option<(usize, usize, u32, u32)> {
    let begins = |(at, c): &(usize, char)| {
        SIGNS.contains(c) || c.is_alphabetic() && !text[..*at].ends_with(char::is_alphanumeric)
    };
    let mut places = text.char_indices().filter(begins);
    places.find_map(|(at, _)| {
        let (first, last, length) = paragraph_at(&text[at..])?;
        Some((at, at + length, first, last))
    })
}

/// Returns the numbers of the paragraphs that a text names at its beginning, and the length of their name.
fn paragraph_at(text: &str) -> Option<(u32, u32, usize)> {
    let rest = after_name_of_paragraph(text)?;
    let (first, last, length) = range(rest)?;
    Some((first, last, text.len() - rest.len() + length))
}

/// Returns what follows a sign or word for paragraphs, if one begins the text.
fn after_name_of_paragraph(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(SIGNS) {
        // Twice for several paragraphs.
        return Some(rest.strip_prefix(SIGNS).unwrap_or(rest).trim_start());
    }
    let is_word = |word: &&&str| {
        let mut letters = text.chars().flat_map(char::to_lowercase);
        word.chars().all(|letter| letters.next() == Some(letter))
    };
    let word = PARAGRAPH.iter().find(is_word)?;
    let length: usize = text.chars().take(word.chars().count()).map(char::len_utf8).sum();
    let rest = &text[length..];
    let stands_apart = rest.starts_with(char::is_whitespace) || word.ends_with('.');
    stands_apart.then(|| rest.trim_start())
}

/// Returns the first and the last number of a text that begins with one, and their length.
fn range(text: &str) -> Option<(u32, u32, usize)> {
    let (first, length) = number(text)?;
    let rest = text[length..].trim_start();
    let second = UP_TO.iter().find_map(|sign| {
        let rest = rest.strip_prefix(sign)?.trim_start();
        let rest = after_name_of_paragraph(rest).unwrap_or(rest);
        let (last, length) = number(rest)?;
        Some((last, text.len() - rest.len() + length))
    });
    match second.filter(|(last, _)| *last >= first) {
        Some((last, length)) => Some((first, last, length)),
        None => Some((first, first, length)),
    }
}

/// Returns the whole number that a text begins with, and its length. `9a` and `3.2` are none.
fn number(text: &str) -> Option<(u32, usize)> {
    let digits: Vec<u32> = text.chars().map_while(digit).take(MAX_DIGITS + 1).collect();
    let length: usize = text.chars().take(digits.len()).map(char::len_utf8).sum();
    let mut rest = text[length..].chars();
    let goes_on = match rest.next() {
        Some('.' | ':') => rest.next().is_some_and(|c| digit(c).is_some()),
        Some(c) => c.is_alphanumeric() || c == '/',
        None => false,
    };
    let is_number = (1..=MAX_DIGITS).contains(&digits.len()) && !goes_on;
    is_number.then(|| (digits.iter().fold(0, |number, digit| number * 10 + digit), length))
}

/// Returns the value of a digit of Europe, Arabia or Persia.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}
