//! The events of a text, by their places in a list.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::parse::text::{LocatedEvent, formula_in_code, is_inline};

/// The events of a text, each of which is taken once, and the text itself.
pub(crate) struct EventList<'t> {
    pub(crate) markdown: &'t str,
    pub(crate) list: Vec<LocatedEvent<'t>>,
}

impl<'t> EventList<'t> {
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Takes the event at `at`; each is written once.
    pub(crate) fn take(&mut self, at: usize) -> LocatedEvent<'t> {
        let range = self.list[at].1.clone();
        (std::mem::replace(&mut self.list[at].0, Event::SoftBreak), range)
    }

    /// Returns the index at which the element ends that starts at `at`.
    pub(crate) fn end_of(&self, at: usize) -> usize {
        let mut open = 1usize;
        for (offset, (event, _)) in self.list[at + 1..].iter().enumerate() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) if open == 1 => return at + 1 + offset,
                Event::End(_) => open -= 1,
                _ => {}
            }
        }
        self.list.len()
    }

    /// Returns the indexes of what stands within the element that starts at `at`.
    pub(crate) fn within(&self, at: usize) -> Range<usize> {
        at + 1..self.end_of(at)
    }

    /// Says whether the text at `at` is the last of a paragraph or list item.
    pub(crate) fn ends_block(&self, at: usize) -> bool {
        match self.list.get(at + 1).map(|(event, _)| event) {
            Some(Event::End(end)) => matches!(end, TagEnd::Paragraph | TagEnd::Item),
            Some(Event::Start(tag)) => !is_inline(tag),
            _ => false,
        }
    }

    /// Says whether a picture stands within the element that starts at `at`.
    pub(crate) fn has_picture(&self, at: usize) -> bool {
        let is_picture =
            |(event, _): &LocatedEvent<'_>| matches!(event, Event::Start(Tag::Image { .. }));
        self.list[self.within(at)].iter().any(is_picture)
    }

    /// Returns the place in the Markdown of the block at `at`, without the line break at its end.
    pub(crate) fn place_of(&self, at: usize) -> Range<usize> {
        let range = self.list[at].1.clone();
        range.start..range.start + self.markdown[range].trim_end().len()
    }

    /// Returns the text of the events in `range`, without markup.
    pub(crate) fn plain_text(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for (event, _) in &self.list[range] {
            match event {
                Event::Text(part) => text.push_str(part),
                Event::Code(code) => {
                    text.push_str(formula_in_code(code).map_or(&**code, |(formula, _)| formula));
                }
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }

    /// Returns the lines of the text in `inner`, without the breaks between them.
    pub(crate) fn lines(&self, inner: Range<usize>) -> Vec<Range<usize>> {
        lines(&self.list, inner)
    }
}

/// Returns the lines of the text in the events of `inner`, without the breaks between them.
pub(crate) fn lines(events: &[LocatedEvent<'_>], inner: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut from, mut open) = (inner.start, 0u32);
    for at in inner.clone() {
        match &events[at].0 {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if open == 0 => {
                lines.push(from..at);
                from = at + 1;
            }
            _ => {}
        }
    }
    lines.push(from..inner.end);
    lines
}
