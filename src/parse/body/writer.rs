//! HTML in the making: text, holes, open elements, anchors, and the passage that is being read.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::placed_control::{PlacedControl, tidied};
use super::raw_elements::RawElements;
use super::sentence;
use crate::bidi;
use crate::fingerprint::Hashed;
use crate::note::{
    BodySection, CodeBlock, Excerpt, Hole, HoleKind, LinkRole, LinkTarget, ListKind, NoteLink,
    NotePart,
};
use crate::parse::findings::Findings;
use crate::parse::text::EditedText;
use crate::parse::text_checker::TextChecker;
use crate::parse::text_rule::TextEvent;
use crate::slug::Anchors;
use crate::span::Span;
use crate::token::{WordCounter, WordWeight};

/// The length of the first paragraph that stands in for a summary, in bytes.
const LEAD: usize = 160;

/// Elements in whose text no terms are marked.
const QUIET: &[&str] = &["a", "h1", "h2", "h3", "h4", "h5", "h6", "dt"];

/// The HTML of a note as far as it is written.
pub(crate) struct BodyWriter<'a> {
    /// The text that is read, with its places in the file.
    pub(crate) edited: &'a EditedText<'a>,
    /// The rules over the text, with their findings.
    checker: TextChecker<'a>,
    /// The place of what is being written.
    pub(crate) at: Range<usize>,
    pub(crate) html: String,
    pub(crate) holes: Vec<Hole>,
    /// Holes that were cut into what was written already.
    pub(crate) late_holes: Vec<Hole>,
    pub(crate) links: Vec<NoteLink>,
    pub(crate) excerpts: Vec<Hashed<Excerpt>>,
    pub(crate) link_spans: Vec<Span>,
    pub(crate) target_spans: Vec<Span>,
    pub(crate) blocks: Vec<(u32, u32)>,
    pub(crate) sections: Vec<BodySection>,
    pub(crate) ids: Anchors,
    pub(crate) anchors: Vec<Box<str>>,
    pub(crate) lead: Option<String>,
    /// The words of what has been read, if they are counted.
    pub(crate) words: Option<WordCounter>,
    pub(crate) frames: Vec<OpenElement>,
    /// The number of open raw HTML elements.
    pub(crate) open_raw: usize,
    /// The number of those that are links.
    pub(crate) open_raw_links: usize,
    /// The places of plain text, if they are asked for.
    pub(crate) prose: Option<Vec<(u32, u32)>>,
    pub(crate) passage: String,
    passage_links: Vec<(usize, Range<usize>, bool)>,
    /// True if there may be controls of direction in the note.
    pub(crate) may_turn: bool,
    /// The controls of direction in the passage.
    pub(crate) controls: Vec<PlacedControl>,
}

/// An element that Markdown opened, with what is open within it.
#[derive(Default)]
pub(crate) struct OpenElement {
    pub(crate) start: usize,
    /// Just after the name of the element, where an id goes.
    pub(crate) id_at: usize,
    pub(crate) anchor: Option<Box<str>>,
    /// The part of the note that it is, beside which the notes stand that cite it.
    pub(crate) part: Option<NotePart>,
    /// The list it is an entry of.
    pub(crate) list: Option<ListKind>,
    /// True if its text is that of a link or heading.
    quiet: bool,
    /// Raw HTML elements that were opened in it and are still open.
    pub(crate) raw: RawElements,
    /// Headings in it whose sections still go on.
    pub(crate) sections: Vec<(u8, Box<str>, usize)>,
    /// The last block that was closed in it: where it starts, where its id goes, where it ends.
    pub(crate) last_block: Option<(usize, usize, usize)>,
}

impl<'a> BodyWriter<'a> {
    pub(crate) fn new(
        edited: &'a EditedText<'a>,
        words: Option<WordCounter>,
        checker: TextChecker<'a>,
    ) -> Self {
        Self {
            edited,
            checker,
            at: 0..0,
            html: String::with_capacity(edited.text.len() + edited.text.len() / 2),
            holes: Vec::new(),
            late_holes: Vec::new(),
            links: Vec::new(),
            excerpts: Vec::new(),
            link_spans: Vec::new(),
            target_spans: Vec::new(),
            blocks: Vec::new(),
            sections: Vec::new(),
            ids: Anchors::default(),
            anchors: Vec::new(),
            lead: None,
            words,
            frames: vec![OpenElement::default()],
            open_raw: 0,
            open_raw_links: 0,
            prose: None,
            passage: String::new(),
            passage_links: Vec::new(),
            // Written as they are, or by their numbers: none of them has a name in HTML.
            may_turn: bidi::controls(&edited.text).next().is_some()
                || memchr::memchr_iter(b'&', edited.text.as_bytes())
                    .any(|at| edited.text[at..].starts_with("&#")),
            controls: Vec::new(),
        }
    }

    /// Shows the rules over texts the next part of the text.
    pub(crate) fn visit(&mut self, event: &TextEvent<'_>) {
        self.checker.visit(event);
    }

    /// Returns where findings are reported.
    pub(crate) fn findings(&mut self) -> &mut Findings<'a> {
        &mut self.checker.findings
    }

    pub(crate) fn markup(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Writes a part of the passage.
    pub(crate) fn text(&mut self, text: &str) {
        let text = self.noted(text);
        let _ = escape_html_body_text(&mut self.html, &text);
        self.passage.push_str(&text);
    }

    /// Writes a block of code.
    pub(crate) fn code_block(&mut self, code: &str, language: &str) {
        let hole = self.holes.len();
        if !language.is_empty() {
            self.hole(HoleKind::Code(Box::new(CodeBlock::new(language))));
        }
        self.code(code);
        if let Some(Hole { what: HoleKind::Code(code), .. }) = self.holes.get_mut(hole) {
            code.end = self.html.len() as u32;
        }
    }

    /// Writes text of the note that is read as such, in which terms may be marked.
    pub(crate) fn prose(&mut self, text: &str) {
        let start = self.html.len() as u32;
        self.text(text);
        let is_quiet = self.frames.last().is_some_and(|frame| frame.quiet) || self.open_raw > 0;
        let Some(prose) = self.prose.as_mut().filter(|_| !is_quiet) else { return };
        let end = self.html.len() as u32;
        // Lines of one paragraph are one piece, unless something is filled in between.
        let cut = self.holes.last().map_or(0, |hole| hole.at);
        match prose.last_mut().filter(|last| cut <= last.0 || cut < last.1) {
            Some(last) if self.html[last.1 as usize..start as usize].trim().is_empty() => {
                last.1 = end;
            }
            _ => prose.push((start, end)),
        }
    }

    pub(crate) fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        self.escaped(value);
        self.html.push('"');
    }

    /// Writes a part of the value of an attribute.
    pub(crate) fn escaped(&mut self, value: &str) {
        let value = self.tidied(value);
        let _ = escape_html(&mut self.html, &value);
    }

    pub(crate) fn hole(&mut self, what: HoleKind) {
        self.holes.push(Hole { at: self.html.len() as u32, what });
    }

    /// Adds text to the passage that is not shown as text, such as the name of a link without one.
    pub(crate) fn unseen(&mut self, text: &str) {
        if self.may_turn {
            self.passage.push_str(&bidi::tidied(text).text)
        } else {
            self.passage.push_str(text)
        }
    }

    /// Records that the block at `at` of the Markdown is written next.
    pub(crate) fn block(&mut self, at: usize) {
        self.blocks.push((self.html.len() as u32, self.edited.span(at..at).start));
    }

    // Elements.

    /// Opens an element; what is written next goes into it.
    pub(crate) fn open(&mut self, name: &str) {
        let start = self.html.len();
        self.html.push('<');
        self.html.push_str(name);
        let around = self.frames.last().is_some_and(|frame| frame.quiet);
        let quiet = around || QUIET.contains(&name);
        let frame = OpenElement { start, id_at: self.html.len(), quiet, ..OpenElement::default() };
        self.frames.push(frame);
    }

    /// Closes what `open` opened, and what raw HTML left open in it.
    pub(crate) fn close(&mut self, end: &str) {
        let Some(mut frame) = self.frames.pop() else { return };
        self.close_raw(&mut frame);
        let cited = frame.part.map(HoleKind::CitedBy);
        let (within, after) = if end.starts_with("</li") { (cited, None) } else { (None, cited) };
        within.into_iter().for_each(|cited| self.hole(cited));
        self.html.push_str(end);
        let end = self.html.len();
        after.into_iter().for_each(|cited| self.hole(cited));
        if let Some(anchor) = frame.anchor {
            self.section(anchor, frame.start, end, frame.list);
        }
        if let Some(parent) = self.frames.last_mut() {
            parent.last_block = Some((frame.start, frame.id_at, end));
        }
    }

    /// Closes what raw HTML and headings left open at the end of the text.
    pub(crate) fn finish(&mut self) {
        let mut root = self.frames.pop().unwrap_or_default();
        self.close_raw(&mut root);
        self.frames.push(OpenElement::default());
        self.end_passage();
    }

    fn close_raw(&mut self, frame: &mut OpenElement) {
        let end = self.html.len();
        let clean = frame.raw.is_empty();
        for (_, anchor, start) in std::mem::take(&mut frame.sections) {
            if clean {
                self.section(anchor, start, end, None);
            }
        }
        let raw = frame.raw.close_all();
        self.end_raw(raw);
    }

    /// Says whether nothing is open but the note itself.
    pub(crate) fn is_top(&self) -> bool {
        self.frames.len() == 1
    }

    /// Says whether nothing is open but a list and an entry of it.
    pub(crate) fn is_in_list_alone(&self) -> bool {
        self.frames.len() == 3
    }

    /// Says whether a link is open that was written as raw HTML.
    pub(crate) fn in_raw_link(&self) -> bool {
        self.open_raw_links > 0
    }

    // Links and the sentences they stand in.

    /// Adds a link into the book and returns its number.
    pub(crate) fn link(&mut self, target: LinkTarget, role: LinkRole, at: &Range<usize>) -> u32 {
        self.target_spans.push(self.target_span(&target, at).unwrap_or_default());
        self.links.push(NoteLink { target, role });
        self.excerpts.push(Hashed::new(Excerpt::default()));
        self.link_spans.push(self.edited.span(at.clone()));
        self.links.len() as u32 - 1
    }

    /// Returns the place of the name or path in a link at `at`, or in the definition that the link refers to, if it is
    /// written there just once.
    fn target_span(&self, target: &LinkTarget, at: &Range<usize>) -> Option<Span> {
        let (link, written) = (&self.edited.text[at.clone()], target.written.as_bytes());
        let path = target.written.find('#').map_or(&*target.written, |end| &target.written[..end]);
        if path.is_empty() {
            return None;
        }
        let start = match memmem::find(link.as_bytes(), written) {
            Some(offset) => {
                let is_once = memmem::find(&link.as_bytes()[offset + 1..], written).is_none();
                let place =
                    if is_once { Some(offset) } else { place_in_link(link, &target.written) };
                at.start + place?
            }
            None => defined_at(&self.edited.text, link, &target.written)?,
        };
        self.edited.exact_span(start..start + path.len())
    }

    /// Returns the length of the passage so far.
    pub(crate) fn passage_end(&self) -> usize {
        self.passage.len()
    }

    /// Records that the text of link `number` is the passage from `start` on; `shown` tells whether readers
    /// see that text, or the title of what it leads to.
    pub(crate) fn place_link(&mut self, number: u32, start: usize, shown: bool) {
        let start = start.min(self.passage.len());
        self.passage_links.push((number as usize, start..self.passage.len(), shown));
    }

    /// Ends the passage, since a block begins or ends, and gives its links their sentences.
    pub(crate) fn end_passage(&mut self) {
        self.checker.visit(&TextEvent::PassageEnd { words: &self.passage });
        self.judge_controls();
        let turns = self.may_turn && bidi::controls(&self.passage).next().is_some();
        for (number, range, shown) in std::mem::take(&mut self.passage_links) {
            let excerpt = sentence::around(&self.passage, range, shown);
            self.excerpts[number] = Hashed::new(if turns { tidied(excerpt) } else { excerpt });
        }
        // A paragraph that lies in nothing else, while it is still open.
        let frame = self.frames.last().filter(|_| self.frames.len() == 2);
        if let Some(lead) = self.lead.as_mut().filter(|lead| lead.is_empty())
            && frame.is_some_and(|frame| self.html[frame.start..].starts_with("<p"))
        {
            *lead = sentence::beginning(self.passage.trim(), LEAD);
            if turns {
                *lead = bidi::tidied(lead).text.into_owned();
            }
        }
        if let Some(words) = &mut self.words {
            words.add(&self.passage, WordWeight::Text);
        }
        self.passage.clear();
    }
}

/// Returns the place in a link of its target, which its text says too: after the brackets of a wiki link, or in the
/// parentheses of a Markdown link.
fn place_in_link(link: &str, written: &str) -> Option<usize> {
    let inner = link.strip_prefix("![[").or_else(|| link.strip_prefix("[["));
    let rest = match inner {
        Some(inner) => inner,
        None => &link[link.rfind("](")? + 2..],
    };
    let rest = rest.trim_start().trim_start_matches('<');
    rest.starts_with(written).then(|| link.len() - rest.len())
}

/// Returns the place of `written` in the definition to which `link` refers, such as `[a][b]` or `[b]`.
fn defined_at(text: &str, link: &str, written: &str) -> Option<usize> {
    let label = link.strip_suffix("[]").unwrap_or(link).strip_suffix(']')?;
    let label = &label[label.rfind('[')? + 1..];
    let is_definition = |at: &usize| {
        let line = &text[text[..*at].rfind('\n').map_or(0, |start| start + 1)..*at];
        let defined = line.trim_end_matches('<').trim_end().strip_suffix("]:");
        let defined = defined.and_then(|defined| defined.trim_start().strip_prefix('['));
        defined.is_some_and(|defined| defined.to_lowercase() == label.to_lowercase())
    };
    memmem::find_iter(text.as_bytes(), written.as_bytes()).find(is_definition)
}
