//! A text as its Markdown is read: without comments, with signs around bare addresses. It knows where
//! each place of it stands in the text as it was written.

use std::borrow::Cow;
use std::ops::Range;

use crate::span::Span;

/// What is written in place of a part of a text.
#[derive(Clone, Debug)]
pub(super) struct Replacement {
    /// The part.
    pub(super) at: Range<usize>,
    /// What stands there.
    pub(super) with: String,
}

/// A text after edits.
pub(super) struct EditedText<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where what was written begins in its file.
    base: usize,
    /// What was written, and in place of what, from first to last.
    seams: Vec<EditPoint>,
}

struct EditPoint {
    new: Range<usize>,
    old: Range<usize>,
}

impl<'t> EditedText<'t> {
    /// Makes the edits of what is written from `base` on, which stand in the order of the text and do not overlap.
    pub(super) fn new(written: &'t str, base: usize, edits: &[Replacement]) -> Self {
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

    /// Where a range of the text stands in the file.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::shifted(self.written(range), self.base)
    }

    /// Where a range of the text stands in what was written.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
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
    pub(super) fn exact_span(&self, range: Range<usize>) -> Option<Span> {
        let next = self.seams.partition_point(|seam| seam.new.end <= range.start);
        let is_same = self.seams.get(next).is_none_or(|seam| seam.new.start >= range.end);
        let written = self.written(range.clone());
        (is_same && written.len() == range.len()).then(|| Span::shifted(written, self.base))
    }

    /// The last seam that `is_before` a place, and how far behind it the place is if not within.
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
