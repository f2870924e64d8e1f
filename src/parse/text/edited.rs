//! A text after edits, such as comments taken out of it, and a map from its places to those in the text as it was
//! written.

use std::borrow::Cow;
use std::ops::Range;

use crate::span::Span;

/// A part of a text, and the text to put in its place.
#[derive(Clone, Debug)]
pub(crate) struct Replacement {
    /// The place of the part.
    pub(crate) at: Range<usize>,
    /// The new text.
    pub(crate) with: String,
}

/// A text after edits.
pub(crate) struct EditedText<'t> {
    pub(crate) text: Cow<'t, str>,
    /// The place in the file at which the written text begins.
    base: usize,
    /// The edits, from first to last.
    seams: Vec<EditPoint>,
}

struct EditPoint {
    new: Range<usize>,
    old: Range<usize>,
}

impl<'t> EditedText<'t> {
    /// Edits a text that begins at `base` in its file. The edits stand in the order of the text and do not overlap.
    pub(crate) fn new(written: &'t str, base: usize, edits: &[Replacement]) -> Self {
        let mut seams = Vec::with_capacity(edits.len());
        if edits.is_empty() {
            return Self { text: Cow::Borrowed(written), base, seams };
        }
        let mut text = String::with_capacity(written.len() + 4 * edits.len());
        let mut from = 0;
        for Replacement { at, with } in edits {
            text.push_str(&written[from..at.start]);
            let start = text.len();
            text.push_str(with);
            seams.push(EditPoint { new: start..text.len(), old: at.clone() });
            from = at.end;
        }
        text.push_str(&written[from..]);
        Self { text: Cow::Owned(text), base, seams }
    }

    /// Returns the place in the file of a range of the text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::shifted(self.written(range), self.base)
    }

    /// Returns the place in the written text of a range of the text.
    pub(crate) fn written(&self, range: Range<usize>) -> Range<usize> {
        let start = self.before(range.start, |seam| seam.new.start <= range.start);
        let start = start.map_or(range.start, |(seam, after)| match after {
            Some(after) => seam.old.end + after,
            None => seam.old.start,
        });
        let end = self.before(range.end, |seam| seam.new.start < range.end);
        let end = end.map_or(range.end, |(seam, after)| seam.old.end + after.unwrap_or(0));
        start..end.max(start)
    }

    /// Returns the place in the file of a range of the text, if the same stands there.
    pub(crate) fn exact_span(&self, range: Range<usize>) -> Option<Span> {
        let next = self.seams.partition_point(|seam| seam.new.end <= range.start);
        let is_same = self.seams.get(next).is_none_or(|seam| seam.new.start >= range.end);
        let written = self.written(range.clone());
        (is_same && written.len() == range.len()).then(|| Span::shifted(written, self.base))
    }

    /// Returns the last edit that `is_before` a place, and the distance to the place if it is not within.
    fn before(
        &self,
        place: usize,
        is_before: impl Fn(&EditPoint) -> bool,
    ) -> Option<(&EditPoint, Option<usize>)> {
        let at = self.seams.partition_point(is_before).checked_sub(1)?;
        let seam = &self.seams[at];
        Some((seam, place.checked_sub(seam.new.end)))
    }
}
