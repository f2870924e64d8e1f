//! Positions in a text: byte offsets internally, lines and columns where they are shown.

use std::ops::Range;

/// A range of bytes in one file, counted from the beginning of the file, front matter included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Creates a span from `range`, moved `base` bytes towards the end of the file.
    pub fn shifted(range: Range<usize>, base: usize) -> Self {
        Self { start: (range.start + base) as u32, end: (range.end + base) as u32 }
    }

    /// Returns the span as a range within `text`, on character boundaries.
    pub fn within(self, text: &str) -> Range<usize> {
        let start = text.floor_char_boundary(self.start as usize);
        let end = text.ceil_char_boundary((self.end as usize).min(text.len()));
        start..end.max(start)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::shifted(range, 0)
    }
}

/// Counts the characters that begin in a part of a text.
fn begun(bytes: &[u8]) -> usize {
    let goes_on = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.iter().filter(|byte| !goes_on(byte)).count()
}

/// The start of each line of a text.
pub struct LineIndex {
    starts: Vec<usize>,
    /// The number of characters that begin before each multiple of [`INDEX_STEP`] bytes; empty if the
    /// text is ASCII. A line may be long and be looked at for many problems.
    characters: Vec<usize>,
}

/// The number of bytes between offsets for which the number of characters is stored.
const INDEX_STEP: usize = 256;

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(after_breaks).collect();
        let mut characters = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for part in text.as_bytes().chunks(INDEX_STEP) {
                characters.push(before);
                before += begun(part);
            }
            characters.push(before);
        }
        Self { starts, characters }
    }

    /// Returns the line and column of a byte offset; both count from one, columns in characters.
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let before = |offset| self.characters_before(text, offset);
        (line, before(offset) - before(self.starts[line - 1]) + 1)
    }

    /// Counts the characters before a byte offset.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        match self.characters.get(offset / INDEX_STEP) {
            Some(before) => {
                before + begun(&text.as_bytes()[offset / INDEX_STEP * INDEX_STEP..offset])
            }
            None => offset,
        }
    }

    /// Returns the number of the line around a byte offset, and the range of the line without its
    /// break.
    pub fn line_around(&self, text: &str, offset: usize) -> (usize, Range<usize>) {
        let line = self.starts.partition_point(|&start| start <= offset);
        let (start, next) = (self.starts[line - 1], self.starts.get(line));
        let end = next.map_or(text.len(), |next| next - "\n".len());
        let has_return = next.is_some() && text[start..end].ends_with('\r');
        (line, start..end - usize::from(has_return))
    }

    /// Returns the byte offset of a line and column; both count from one, columns in characters.
    pub fn offset(&self, text: &str, line: usize, column: usize) -> usize {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let rest = &text[start..];
        let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |c| c.0);
        start + within
    }
}
