//! The text of a note as HTML with holes, which are filled once the targets of its links are known.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use crate::fingerprint::Fingerprint;

/// The text of a note.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The HTML without the content of the holes.
    pub html: String,
    /// The holes, in the order of their offsets.
    pub holes: Vec<Hole>,
    /// The parts that can be embedded by their anchor, in the order in which they begin.
    pub sections: Vec<BodySection>,
    /// The start and end of each piece of plain text outside links, headings and code; empty unless
    /// the book marks glossary terms.
    pub prose: Vec<(u32, u32)>,
    /// The length of the main text within `html`; footnotes follow.
    pub text_end: u32,
    /// The beginning of the text, for pages that have no summary.
    pub lead: String,
    /// The fingerprint of all of the above, once it is needed.
    pub(crate) print: OnceLock<Fingerprint>,
    /// The indexes of `sections` sorted by anchor, once they are needed.
    pub(crate) by_anchor: OnceLock<Vec<u32>>,
}

/// A place in the HTML where content is filled in later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hole {
    /// The offset in the HTML.
    pub at: u32,
    /// The content that is filled in.
    pub what: HoleKind,
}

/// The content of a hole. Numbers are indexes in [`Facts::links`](super::Facts::links).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HoleKind {
    /// ` href="…"` of a link.
    Href(u32),
    /// ` src="…"` of a picture.
    Src(u32),
    /// The address of a picture, among other attributes.
    Address(u32),
    /// ` width="…" height="…"` of a picture, so that the page doesn't shift when the picture loads.
    Size(u32),
    /// The text of a link that was written without one.
    Text(u32),
    /// An embedded note or part, and the label that its writer gave it, if any.
    Embed(u32, Option<Box<str>>),
    /// ` id="…"`, filled only on the note's own page, so that no id occurs twice.
    Id(Box<str>),
    /// ` href="#…"`, a link to a part of the note's own page, wherever the text is shown.
    Own(Box<str>),
    /// The notes that cite a part, filled only on the note's own page.
    CitedBy(NotePart),
    /// The beginning of a block that translators work on, by its number among those of the note.
    Part(u32),
    /// A string of the interface.
    Word(&'static str),
    /// A block of code.
    Code(Box<CodeBlock>),
}

/// A part of a note, by its index in the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotePart {
    /// A heading, with the text below it.
    Heading(u32),
    /// The part with an anchor that is not that of a heading.
    Anchor(u32),
}

/// A part of a note that has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NumberedPart {
    /// The number.
    pub number: u32,
    /// The index of its anchor in [`Facts::anchors`](super::Facts::anchors).
    pub anchor: u32,
    /// The index of the heading above the list of which the part is an entry; `None` for a paragraph.
    pub below: Option<u32>,
}

/// A block of code, which begins at the hole. It is highlighted when it is first shown, because
/// highlighting takes longer than all other work on a note.
#[derive(Clone, Debug)]
pub struct CodeBlock {
    /// The offset of the end in the HTML.
    pub end: u32,
    /// The programming language.
    pub language: Box<str>,
    /// The highlighted HTML, once it is needed; `None` if the language is unknown.
    pub(crate) marked: OnceLock<Option<Box<str>>>,
}

impl CodeBlock {
    /// Creates a block of code in `language` whose end is not known yet.
    pub fn new(language: &str) -> Self {
        Self { end: 0, language: language.into(), marked: OnceLock::new() }
    }
}

// `marked` isn't compared or hashed, because it follows from the HTML of the body.

impl PartialEq for CodeBlock {
    fn eq(&self, other: &Self) -> bool {
        (self.end, &self.language) == (other.end, &other.language)
    }
}

impl Eq for CodeBlock {}

impl Hash for CodeBlock {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.end, &self.language).hash(state);
    }
}

/// A part of a body: a heading with the text under it, or a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BodySection {
    /// The anchor.
    pub anchor: Box<str>,
    /// The offset of its beginning in the HTML.
    pub start: u32,
    /// The offset of its end.
    pub end: u32,
    /// The list that the part is an item of; the item can't be shown alone without it.
    pub list: Option<Box<ListKind>>,
}

/// The list around an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListKind {
    /// The number of the item, if the list is numbered.
    pub number: Option<u64>,
    /// True if the list is a task list.
    pub tasks: bool,
}

impl Body {
    /// Returns the finished body without spare capacity.
    pub fn sealed(mut self) -> Self {
        self.html = String::from(self.html.as_str());
        self.holes = exact(self.holes);
        self.sections = exact(self.sections);
        self.prose = exact(self.prose);
        self
    }

    /// Returns the fingerprint of the text.
    pub fn fingerprint(&self) -> Fingerprint {
        let content = (&self.html, &self.holes, &self.sections, self.text_end, &self.lead);
        *self.print.get_or_init(|| Fingerprint::of(&content))
    }

    /// Returns the part with the anchor `anchor`.
    pub fn section(&self, anchor: &str) -> Option<&BodySection> {
        let anchor_of = |at: &u32| &*self.sections[*at as usize].anchor;
        let by_anchor = self.by_anchor.get_or_init(|| {
            let mut places: Vec<u32> = (0..self.sections.len() as u32).collect();
            places.sort_by_key(anchor_of);
            places
        });
        let first = by_anchor.get(by_anchor.partition_point(|at| anchor_of(at) < anchor))?;
        Some(&self.sections[*first as usize]).filter(|section| &*section.anchor == anchor)
    }

    /// Returns the list around the range `start..end`, if that range is one item of a list.
    pub fn list_around(&self, start: u32, end: u32) -> Option<ListKind> {
        let first = self.sections.partition_point(|part| part.start < start);
        let mut parts = self.sections[first..].iter().take_while(|part| part.start == start);
        parts.find(|part| part.end == end)?.list.as_deref().copied()
    }

    /// Returns the holes from `start` up to, not including, `end`.
    pub fn holes_within(&self, start: u32, end: u32) -> &[Hole] {
        let first = self.holes.partition_point(|hole| hole.at < start);
        let last = self.holes.partition_point(|hole| hole.at < end);
        &self.holes[first..last]
    }
}

/// Returns the vector without spare capacity. Allocators don't move a vector that shrinks by less
/// than half, and thousands of notes stay in memory.
pub(crate) fn exact<T>(all: Vec<T>) -> Vec<T> {
    let mut exact = Vec::with_capacity(all.len());
    exact.extend(all);
    exact
}
