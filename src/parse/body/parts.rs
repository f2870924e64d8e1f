//! The blocks of a text that translators work on, with the hashes of what they say.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::block_id::id_of;
use crate::note::{PartBlock, PartHash};
use crate::parse::text::{LocatedEvent, is_inline, is_inline_end};

/// A block of a text.
pub(crate) struct TextPart {
    pub(crate) block: PartBlock,
    /// The place in the Markdown.
    pub(crate) at: Range<usize>,
    /// The events of its content.
    pub(crate) events: Range<usize>,
    pub(crate) hash: PartHash,
    /// True if its content has begun to be written.
    pub(crate) is_begun: bool,
}

/// The blocks of a text, in their order; none in a book of one language.
#[derive(Default)]
pub(crate) struct TextParts {
    pub(crate) list: Vec<TextPart>,
}

impl TextParts {
    /// Returns the number of the block whose content begins with the event at `at`, which is written next.
    pub(crate) fn begin(&mut self, at: usize) -> Option<u32> {
        if self.list.is_empty() {
            return None;
        }
        let number = self.list.partition_point(|part| part.events.end <= at);
        let part = self.list.get_mut(number).filter(|part| part.events.start <= at)?;
        let is_first = !std::mem::replace(&mut part.is_begun, true);
        is_first.then_some(number as u32)
    }

    /// Finds the blocks of a text with these events.
    pub(crate) fn find(markdown: &str, events: &[LocatedEvent<'_>]) -> Self {
        let mut finder = PartFinder { markdown, ..PartFinder::default() };
        for (at, (event, range)) in events.iter().enumerate() {
            finder.take(at, event, range);
        }
        finder.end(events.len());
        Self { list: finder.found }
    }
}

/// The state while blocks are looked for.
#[derive(Default)]
struct PartFinder<'t> {
    markdown: &'t str,
    found: Vec<TextPart>,
    /// The form and the place of an element around the content, if the block is the whole of it.
    whole: Option<(PartBlock, Range<usize>)>,
    /// The first event of the content, and its place in the Markdown so far.
    content: Option<(usize, Range<usize>)>,
    /// The content, with a sign for each element and without white space and targets of links.
    folded: String,
    /// The last event, if it is text.
    last_text: Option<&'t str>,
    /// The number of open elements within a link that shows the name of its target.
    unnamed: usize,
}

impl<'t> PartFinder<'t> {
    fn take(&mut self, at: usize, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) if is_inline(tag) => self.begin_inline(at, tag, range),
            Event::End(tag) if is_inline_end(*tag) => {
                self.unnamed = self.unnamed.saturating_sub(1);
                self.add(at, range, ">");
            }
            Event::Start(tag) => self.begin_block(at, tag, range),
            // The cells of a row are one block.
            Event::End(TagEnd::TableCell) => {}
            Event::End(_) | Event::Rule => self.end(at),
            Event::Text(text) | Event::Html(text) if self.is_literal() => self.add(at, range, text),
            Event::Text(_) if self.unnamed > 0 => {}
            Event::Text(_) => {
                let text = &self.markdown[range.clone()];
                self.add_words(at, range, text);
                self.last_text = Some(text);
            }
            Event::Code(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {
                let text = &self.markdown[range.clone()];
                self.add_words(at, range, text);
            }
            Event::Html(text) => self.add(at, range, text),
            Event::FootnoteReference(_) => self.add(at, range, "<f>"),
            Event::TaskListMarker(done) => self.folded.push_str(if *done { "[x]" } else { "[]" }),
            Event::SoftBreak | Event::HardBreak => {}
        }
    }

    fn begin_inline(&mut self, at: usize, tag: &Tag<'_>, range: &Range<usize>) {
        if let Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. } = tag {
            self.unnamed = 1;
        } else if self.unnamed > 0 {
            self.unnamed += 1;
        }
        self.add(
            at,
            range,
            match tag {
                Tag::Strong => "<s",
                Tag::Emphasis => "<e",
                Tag::Link { .. } => "<a",
                Tag::Image { .. } => "<i",
                Tag::Strikethrough => "<d",
                Tag::Superscript => "<p",
                _ => "<b",
            },
        );
    }

    fn begin_block(&mut self, at: usize, tag: &Tag<'_>, range: &Range<usize>) {
        if let Tag::TableCell = tag {
            return self.folded.push('|');
        }
        self.end(at);
        let block = match tag {
            Tag::Heading { .. } => return self.whole = Some((PartBlock::Heading, 0..0)),
            Tag::TableHead | Tag::TableRow => PartBlock::Row,
            Tag::CodeBlock(_) => PartBlock::Code,
            Tag::HtmlBlock => PartBlock::Html,
            _ => return,
        };
        let length = self.markdown[range.clone()].trim_end().len();
        self.whole = Some((block, range.start..range.start + length));
        if self.is_literal() {
            self.content = Some((at, range.clone()));
        }
    }

    /// Says whether the content is shown as it is written.
    fn is_literal(&self) -> bool {
        matches!(self.whole, Some((PartBlock::Code | PartBlock::Html, _)))
    }

    fn add_words(&mut self, at: usize, range: &Range<usize>, text: &str) {
        self.add(at, range, "");
        self.folded.extend(text.split_whitespace());
    }

    fn add(&mut self, at: usize, range: &Range<usize>, folded: &str) {
        self.last_text = None;
        self.folded.push_str(folded);
        match &mut self.content {
            Some((_, place)) => place.end = place.end.max(range.end),
            None => self.content = Some((at, range.clone())),
        }
    }

    /// Ends the block before the event at `at`.
    fn end(&mut self, at: usize) {
        // An id that its writer gave a block says nothing to readers.
        if let Some(id) = self.last_text.take().and_then(id_of) {
            self.folded.truncate(self.folded.len() - id.len() - "^".len());
        }
        let whole = self.whole.take();
        let content = self.content.take().filter(|_| !self.folded.is_empty());
        if let Some((first, place)) = content {
            let (block, around) = whole.unwrap_or((PartBlock::Passage, 0..0));
            self.found.push(TextPart {
                block,
                at: if around.is_empty() { place } else { around },
                events: first..at,
                hash: PartHash::of_folded(&self.folded),
                is_begun: false,
            });
        }
        self.folded.clear();
        self.unnamed = 0;
    }
}
