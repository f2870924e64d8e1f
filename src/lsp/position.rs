//! Positions as the protocol has them: lines and columns from zero, columns in the units that editor and server agreed on.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::span::Span;

/// The unit of columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ColumnUnit {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16, which every editor knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl ColumnUnit {
    /// Returns the unit that costs the server least among those that an editor offers.
    pub(super) fn among<'n>(offered: impl IntoIterator<Item = &'n str>) -> Self {
        let mut best = Self::Utf16;
        for name in offered {
            match name {
                "utf-8" => return Self::Utf8,
                "utf-32" => best = Self::Utf32,
                _ => {}
            }
        }
        best
    }

    /// Returns the name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// The start of each line of a text. A line ends with `\n`, `\r\n` or `\r`, as the protocol has it.
#[derive(Clone, Debug)]
pub(super) struct LineStarts(Vec<u32>);

impl LineStarts {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        Self(starts)
    }

    /// Returns the position of a byte offset.
    pub(super) fn position(&self, text: &str, offset: u32, unit: ColumnUnit) -> Position {
        let offset = text.floor_char_boundary(offset as usize);
        let line = self.0.partition_point(|start| *start as usize <= offset) - 1;
        let before = &text[self.0[line] as usize..offset];
        let character = match unit {
            ColumnUnit::Utf8 => before.len(),
            _ if before.is_ascii() => before.len(),
            _ => before.chars().map(|c| unit.width(c)).sum(),
        };
        Position { line: line as u32, character: character as u32 }
    }

    /// Returns the range of a part of a text.
    pub(super) fn range(&self, text: &str, span: Span, unit: ColumnUnit) -> Range {
        let range = span.within(text);
        let position = |at: usize| self.position(text, at as u32, unit);
        Range { start: position(range.start), end: position(range.end) }
    }

    /// Returns the byte offset of a position. One beyond the end of its line is that end, as the protocol has it.
    pub(super) fn offset(&self, text: &str, position: Position, unit: ColumnUnit) -> u32 {
        let Some(start) = self.0.get(position.line as usize) else { return text.len() as u32 };
        let start = *start as usize;
        let end = self.0.get(position.line as usize + 1).map_or(text.len(), |next| *next as usize);
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let (mut column, wanted) = (0, position.character as usize);
        for (at, c) in line.char_indices() {
            if column >= wanted {
                return (start + at) as u32;
            }
            column += unit.width(c);
            if column > wanted {
                return (start + at) as u32;
            }
        }
        (start + line.len()) as u32
    }

    /// Returns a range as a part of a text.
    pub(super) fn span(&self, text: &str, range: Range, unit: ColumnUnit) -> Span {
        let start = self.offset(text, range.start, unit);
        Span { start, end: self.offset(text, range.end, unit).max(start) }
    }
}
