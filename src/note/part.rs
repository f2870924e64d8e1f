//! The parts that a translator works on: the title, the summary, the texts of fields, and the blocks of the text.

use std::fmt;

use crate::config::FieldConfig;
use crate::config::note_keys::{SUMMARY, TITLE};
use crate::fingerprint::short_hash;
use crate::span::Span;

/// A part of a note that a translation renders as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The place of the part in the note.
    pub place: PartPlace,
    /// The position in the file: of a value with its quotes, of a block without the signs before and after it.
    pub span: Span,
    /// The number of the line in which it begins.
    pub line: u32,
    /// The hash of what it says.
    pub hash: PartHash,
}

impl Part {
    /// Returns whether the part is a heading.
    pub fn is_heading(&self) -> bool {
        self.place == PartPlace::Block(PartBlock::Heading)
    }
}

/// The place of a part in its note. Within a note, parts stand in the order of these, and blocks in that of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartPlace {
    /// The title.
    Title,
    /// The summary.
    Summary,
    /// A text of the field of the note's kind with this index.
    Field(u16),
    /// A block of the text.
    Block(PartBlock),
}

/// The form of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartBlock {
    /// A heading.
    Heading,
    /// A paragraph, an entry of a list, or another passage of text.
    Passage,
    /// A row of a table.
    Row,
    /// A block of code.
    Code,
    /// A block of raw HTML.
    Html,
}

impl PartPlace {
    /// Returns whether the part is a block of the text.
    pub fn is_block(self) -> bool {
        matches!(self, Self::Block(_))
    }

    /// Returns the key of front matter that holds the part, in a note of a kind with these fields; `None` for a block.
    pub fn key(self, fields: &[FieldConfig]) -> Option<&str> {
        match self {
            Self::Title => Some(TITLE.name),
            Self::Summary => Some(SUMMARY.name),
            Self::Field(at) => fields.get(usize::from(at)).map(|field| field.name.as_str()),
            Self::Block(_) => None,
        }
    }
}

/// The hash of what a part says, without its white space and the targets of its links. It stands in files, so it must be
/// the same on every machine and in every version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartHash(u32);

/// The number of hexadecimal digits of a hash.
const DIGITS: usize = 6;

impl PartHash {
    /// Hashes a text whose white space doesn't matter.
    pub fn of(text: &str) -> Self {
        Self::of_folded(&text.split_whitespace().collect::<String>())
    }

    /// Hashes a text without the white space that doesn't matter.
    pub fn of_folded(text: &str) -> Self {
        Self(short_hash(text.as_bytes()) >> (u32::BITS - 4 * DIGITS as u32))
    }

    /// Parses the output of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_hash = text.len() == DIGITS && text.bytes().all(is_digit);
        u32::from_str_radix(text, 16).ok().filter(|_| is_hash).map(Self)
    }
}

impl fmt::Display for PartHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0DIGITS$x}", self.0)
    }
}

/// A part of an original, as its translation recorded it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordedPart {
    /// The key of the front matter that held the part; `None` for a block of the text.
    pub key: Option<Box<str>>,
    /// The hash of what it said.
    pub hash: PartHash,
}

impl RecordedPart {
    /// Parses the output of `Display`.
    pub fn parse(text: &str) -> Option<Self> {
        let (key, hash) = match text.rsplit_once(':') {
            Some(("", _)) => return None,
            Some((key, hash)) => (Some(key.into()), hash),
            None => (None, text),
        };
        Some(Self { key, hash: PartHash::parse(hash)? })
    }
}

impl fmt::Display for RecordedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(key) = &self.key {
            write!(f, "{key}:")?;
        }
        self.hash.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_the_same_everywhere() {
        // Translations have recorded them.
        let hash = PartHash::of("Survey the ground first.");
        assert_eq!(hash.to_string(), "799c16");
        assert_eq!(PartHash::of(" Survey the\n\tground  first. "), hash);
        assert_ne!(PartHash::of("Survey the ground."), hash);
    }

    #[test]
    fn only_six_digits_are_a_hash() {
        assert_eq!(
            PartHash::parse("0a1b2c").map(|hash| hash.to_string()).as_deref(),
            Some("0a1b2c")
        );
        for other in ["", "0a1b2", "0a1b2c3", "0A1B2C", "+a1b2c", "0a1b2é"] {
            assert_eq!(PartHash::parse(other), None, "{other}");
        }
    }
}
