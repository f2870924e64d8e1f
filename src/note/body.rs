//! The text of a note as HTML with holes, to be filled when it is known where the links lead.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use crate::fingerprint::Fingerprint;

/// The text of a note.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// HTML with the holes cut out.
    pub html: String,
    /// The holes in the order they stand in.
    pub holes: Vec<Hole>,
    /// The parts that can be embedded by their anchor, in the order in which they begin.
    pub sections: Vec<BodySection>,
    /// Where plain text stands, outside links, headings and code, if the book marks terms in it:
    /// the start and the end of each piece.
    pub prose: Vec<(u32, u32)>,
    /// How much of `html` is the text proper; footnotes follow.
    pub text_end: u32,
    /// The beginning of the text, for pages that have no summary.
    pub lead: String,
    /// The fingerprint of all of the above, once somebody asked for it.
    pub(crate) print: OnceLock<Fingerprint>,
    /// The places of `sections` in the order of their anchors, once somebody asked for one.
    pub(crate) by_anchor: OnceLock<Vec<u32>>,
}

/// A place where something is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hole {
    /// The offset in the HTML.
    pub at: u32,
    /// What goes there.
    pub what: HoleKind,
}

/// What goes into a hole. Numbers are places in [`Facts::links`](super::Facts::links).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HoleKind {
    /// ` href="…"` of a link.
    Href(u32),
    /// ` src="…"` of a picture.
    Src(u32),
    /// The address of a picture, where others stand beside it.
    Address(u32),
    /// ` width="…" height="…"` of a picture, so that nothing moves when it comes.
    Size(u32),
    /// The text of a link that was written without one.
    Text(u32),
    /// An embedded note or part, and what its writer calls it, if anything.
    Embed(u32, Option<Box<str>>),
    /// ` id="…"`, only on the note's own page, so that no id occurs twice.
    Id(Box<str>),
    /// ` href="#…"`, a link within the note's own page, wherever the text is shown.
    Own(Box<str>),
    /// A word of the interface.
    Word(&'static str),
    /// Code.
    Code(Box<CodeBlock>),
}

/// A block of code, which begins at the hole. Its words are marked when it is shown first, for that
/// takes longer than all else in a note.
#[derive(Clone, Debug)]
pub struct CodeBlock {
    /// Where it ends in the HTML.
    pub end: u32,
    /// Its language.
    pub language: Box<str>,
    /// Its HTML with its words marked, once somebody asked for it; none if the language is not known.
    pub(crate) marked: OnceLock<Option<Box<str>>>,
}

impl CodeBlock {
    /// Code in `language`, of which the end is not known yet.
    pub fn new(language: &str) -> Self {
        Self { end: 0, language: language.into(), marked: OnceLock::new() }
    }
}

// What is marked follows from the HTML around it.

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

/// A part of a body: a heading with what stands under it, or a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BodySection {
    /// The anchor.
    pub anchor: Box<str>,
    /// Where it begins in the HTML.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The list it is an entry of, without which it can't be shown alone.
    pub list: Option<ListKind>,
}

/// What an entry is an entry of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListKind {
    /// The number of the entry, if the list is numbered.
    pub number: Option<u64>,
    /// Whether it is a list of tasks.
    pub tasks: bool,
}

impl Body {
    /// The same in as much room as it takes, when all is there.
    pub fn sealed(mut self) -> Self {
        self.html = String::from(self.html.as_str());
        self.holes = exact(self.holes);
        self.sections = exact(self.sections);
        self.prose = exact(self.prose);
        self
    }

    /// The fingerprint of the text.
    pub fn fingerprint(&self) -> Fingerprint {
        let of = (&self.html, &self.holes, &self.sections, self.text_end, &self.lead);
        *self.print.get_or_init(|| Fingerprint::of(&of))
    }

    /// The part called `anchor`.
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

    /// The list of which the range from `start` to `end` is one entry, if it is one.
    pub fn list_around(&self, start: u32, end: u32) -> Option<ListKind> {
        let first = self.sections.partition_point(|part| part.start < start);
        let mut parts = self.sections[first..].iter().take_while(|part| part.start == start);
        parts.find(|part| part.end == end)?.list
    }

    /// The holes from `start` to `end`.
    pub fn holes_within(&self, start: u32, end: u32) -> &[Hole] {
        let first = self.holes.partition_point(|hole| hole.at < start);
        let last = self.holes.partition_point(|hole| hole.at < end);
        &self.holes[first..last]
    }
}

/// The same in as much room as it takes. Allocators leave a list where it is that shrinks by less than
/// half, and notes stay in memory by the thousand.
pub(crate) fn exact<T>(all: Vec<T>) -> Vec<T> {
    let mut exact = Vec::with_capacity(all.len());
    exact.extend(all);
    exact
}
