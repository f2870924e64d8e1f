//! The text of a note → HTML with holes, headings and links.

mod anchors;
mod block;
mod block_id;
mod callout;
mod controls;
mod event_list;
mod footnote_list;
mod footnotes;
mod inline;
mod leftover_signs;
mod math;
mod open_inlines;
mod parser;
mod parts;
mod placed_control;
mod raw_elements;
mod raw_html;
mod sentence;
mod text_events;
mod writer;

pub(crate) use block_id::id_of;
pub(crate) use callout::{callout_names, callout_words};
pub(crate) use event_list::lines;

use parser::BodyParser;
use parts::TextParts;
use writer::BodyWriter;

use super::findings::Findings;
use super::rules::undefined_reference;
use super::text::{ParsedEvents, as_meant, without_comments};
use super::text_checker::TextChecker;
use super::text_rule::{TextContext, TextEvent};
use crate::config::Strictness;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Hashed;
use crate::note::{Body, Excerpt, Heading, Hole, NoteLink, NumberedPart, Part, PartPlace};
use crate::path::SourcePath;
use crate::span::Span;
use crate::token::WordCounter;

/// The body of a note, and what was found in it.
pub(crate) struct ParsedBody {
    pub(crate) body: Body,
    pub(crate) headings: Vec<Heading>,
    pub(crate) anchors: Vec<Box<str>>,
    pub(crate) numbered: Vec<NumberedPart>,
    pub(crate) links: Vec<NoteLink>,
    pub(crate) excerpts: Vec<Hashed<Excerpt>>,
    pub(crate) heading_spans: Vec<Span>,
    pub(crate) link_spans: Vec<Span>,
    pub(crate) target_spans: Vec<Span>,
    pub(crate) blocks: Vec<(u32, u32)>,
    pub(crate) parts: Vec<Part>,
    pub(crate) words: Option<WordCounter>,
}

/// The things that are asked about the text of one note.
#[derive(Clone, Copy)]
pub(crate) struct BodyOptions<'a> {
    /// The settings of the rules.
    pub(crate) check: &'a Strictness,
    /// The title of the note.
    pub(crate) title: &'a str,
    /// True if paragraphs have numbers.
    pub(crate) numbers: bool,
    /// True if the beginning of the text is kept, since there is no summary.
    pub(crate) lead: bool,
    /// True if the places of plain text are kept.
    pub(crate) prose: bool,
    /// True if the blocks that translators work on are kept.
    pub(crate) parts: bool,
}

/// Reads the Markdown of `text` from `start` on, and counts its words into `words`.
pub(crate) fn read(
    path: &SourcePath,
    text: &str,
    start: usize,
    kept: BodyOptions<'_>,
    words: Option<WordCounter>,
    out: &mut Vec<Diagnostic>,
) -> ParsedBody {
    let written = &text[start..];
    let (without, edits) = without_comments(path, written, start, out);
    let first = ParsedEvents::new(&without.text);
    let meant = as_meant(written, start, &without, &first, edits);
    let (edited, parsed) = match &meant {
        Some(meant) => (meant, ParsedEvents::new(&meant.text)),
        None => (&without, first),
    };
    let ParsedEvents { events, labels, undefined } = parsed;
    undefined_reference::report(path, edited, &labels, undefined, out);
    let note = TextContext { markdown: &edited.text, check: kept.check, title: kept.title };
    let checker = TextChecker::new(note, Findings::new(path, edited, out));
    let to = BodyWriter::new(edited, words, checker);
    let mut reading = BodyParser::new(&edited.text, events, to, kept.numbers);
    if kept.parts {
        reading.parts = TextParts::find(&edited.text, &reading.events.list);
    }
    reading.to.prose = kept.prose.then(Vec::new);
    reading.to.lead = kept.lead.then(String::new);
    reading.reserve_ids();
    reading.run(0..reading.events.len());
    reading.to.finish();
    let text_end = reading.to.html.len() as u32;
    reading.write_footnotes();
    reading.visit_footnotes();
    reading.to.visit(&TextEvent::End);
    let (to, parts) = (reading.to, reading.parts.list.into_iter());
    let parts = parts.map(|part| Part {
        place: PartPlace::Block(part.block),
        span: edited.span(part.at),
        line: 0,
        hash: part.hash,
    });
    let prose = to.prose.unwrap_or_default();
    let lead = to.lead.unwrap_or_default();
    let (html, holes, mut sections) = (to.html, in_order(to.holes, to.late_holes), to.sections);
    sections.sort_by_key(|section| section.start);
    let body = Body { html, holes, sections, prose, text_end, lead, ..Body::default() };
    ParsedBody {
        body: body.sealed(),
        headings: reading.headings,
        heading_spans: reading.heading_spans,
        anchors: to.anchors,
        numbered: reading.numbered,
        links: to.links,
        excerpts: to.excerpts,
        link_spans: to.link_spans,
        target_spans: to.target_spans,
        blocks: to.blocks,
        parts: parts.collect(),
        words: to.words,
    }
}

/// Returns all holes in the order of their places. Of those that were cut later into what was written before,
/// the last stands first.
fn in_order(holes: Vec<Hole>, mut late: Vec<Hole>) -> Vec<Hole> {
    if late.is_empty() {
        return holes;
    }
    late.reverse();
    late.extend(holes);
    late.sort_by_key(|hole| hole.at);
    late
}
