//! Anchors, and the parts of a text that have one.

use std::ops::Range;

use super::writer::BodyWriter;
use crate::note::{BodySection, Hole, HoleKind, ListKind, NotePart};
use crate::parse::rules::duplicate_anchor;
use crate::slug::OF_PAGE;

impl BodyWriter<'_> {
    /// Gives the element just opened an id, under which it can be embedded, and returns the index of its anchor.
    pub(crate) fn anchor_block(&mut self, id: &str) -> u32 {
        self.hole(HoleKind::Id(id.into()));
        let at = self.anchors.len() as u32;
        if let Some(frame) = self.frames.last_mut() {
            frame.anchor = Some(id.into());
            frame.part = Some(NotePart::Anchor(at));
        }
        self.anchors.push(id.into());
        at
    }

    /// Gives the block before this place an id, if there is a block.
    pub(crate) fn anchor_last_block(&mut self, id: &str) {
        let last = self.frames.last().and_then(|frame| frame.last_block);
        let Some((start, id_at, end)) = last else { return };
        self.late_holes.push(Hole { at: id_at as u32, what: HoleKind::Id(id.into()) });
        self.section(id.into(), start, end, None);
        let cited = HoleKind::CitedBy(NotePart::Anchor(self.anchors.len() as u32));
        self.late_holes.push(Hole { at: end as u32, what: cited });
        self.anchors.push(id.into());
    }

    /// Records that the element just opened is the heading with this index.
    pub(crate) fn heading_of(&mut self, heading: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.part = Some(NotePart::Heading(heading as u32));
        }
    }

    /// Records that the element just opened is an entry of `list`.
    pub(crate) fn entry_of(&mut self, list: Option<ListKind>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.list = list;
        }
    }

    pub(crate) fn section(
        &mut self,
        anchor: Box<str>,
        start: usize,
        end: usize,
        list: Option<ListKind>,
    ) {
        let (start, end, list) = (start as u32, end as u32, list.map(Box::new));
        self.sections.push(BodySection { anchor, start, end, list });
    }

    /// Begins a section with a heading, and ends those of its level and below.
    pub(crate) fn begin_section(&mut self, level: u8, anchor: &str) {
        let end = self.html.len();
        let Some(frame) = self.frames.last_mut() else { return };
        // A part that would cut raw HTML in two can't be embedded.
        let clean = frame.raw.is_empty();
        while frame.sections.last().is_some_and(|section| section.0 >= level) {
            let Some((_, anchor, start)) = frame.sections.pop() else { break };
            if clean {
                let (start, end) = (start as u32, end as u32);
                self.sections.push(BodySection { anchor, start, end, list: None });
            }
        }
        if clean {
            frame.sections.push((level, anchor.into(), end));
        }
    }

    /// Takes an id that the writer chose; reports it if the note has it already, or the page may.
    pub(crate) fn reserve(&mut self, id: &str, at: &Range<usize>) -> bool {
        if id.starts_with(OF_PAGE) {
            duplicate_anchor::report_of_page(self.findings(), at, id);
            return false;
        }
        let free = self.ids.reserve(id);
        if !free {
            duplicate_anchor::report(self.findings(), at, id);
        }
        free
    }
}
