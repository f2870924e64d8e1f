//! A text with its events, and the places of both in the file.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::parse::text::{EditedText, LocatedEvent};

/// A text with its events.
pub(super) struct EventText<'t> {
    pub(super) file: &'t str,
    pub(super) edited: &'t EditedText<'t>,
    pub(super) events: &'t [LocatedEvent<'t>],
    /// The ranges of comments in the file.
    pub(super) hidden: Vec<Range<usize>>,
}

impl EventText<'_> {
    /// Returns the index of the event that ends the element opened at `at`.
    pub(super) fn end_of(&self, at: usize) -> usize {
        let mut open = 0usize;
        for (offset, (event, _)) in self.events[at..].iter().enumerate() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) if open == 1 => return at + offset,
                Event::End(_) => open -= 1,
                _ => {}
            }
        }
        self.events.len() - 1
    }

    /// Returns the range in the file of a range of the text.
    pub(super) fn in_file(&self, range: Range<usize>) -> Range<usize> {
        let span = self.edited.span(range);
        span.start as usize..span.end as usize
    }
}
