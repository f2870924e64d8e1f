//! The Markdown of a note → HTML with holes, headings and links.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd};

use super::addresses;
use super::block;
use super::comments;
use super::conflict;
use super::edited::{EditedText, Replacement};
use super::events::{LocatedEvent, ParsedEvents, is_inline};
use super::findings::Findings;
use super::footnotes::Footnotes;
use super::formulas;
use super::mends;
use super::nesting::too_deep;
use super::text_checker::TextChecker;
use super::text_events::LeftoverSigns;
use super::text_rule::{TextContext, TextEvent};
use super::writer::BodyWriter;
use crate::config::Strictness;
use crate::diagnostic::Diagnostic;
use crate::note::{Body, Heading, Hole, HoleKind, ListKind, NoteLink};
use crate::parse::rules::{deep_nesting, merge_conflict, unclosed_comment, undefined_reference};
use crate::path::SourcePath;
use crate::span::Span;
use crate::token::WordCounter;

/// What the body of a note holds.
pub(super) struct ParsedBody {
    pub(super) body: Body,
    pub(super) headings: Vec<Heading>,
    pub(super) anchors: Vec<Box<str>>,
    pub(super) links: Vec<NoteLink>,
    pub(super) link_spans: Vec<Span>,
    pub(super) target_spans: Vec<Span>,
    pub(super) blocks: Vec<(u32, u32)>,
    pub(super) words: Option<WordCounter>,
}

/// What is kept of a text besides what every note has.
#[derive(Clone, Copy)]
pub(super) struct BodyOptions<'a> {
    /// How strict the book is.
    pub(super) check: &'a Strictness,
    /// The title of the note.
    pub(super) title: &'a str,
    /// The numbers of paragraphs.
    pub(super) numbers: bool,
    /// Whether the beginning of the text is wanted, for want of a summary.
    pub(super) lead: bool,
    /// Where plain text stands.
    pub(super) prose: bool,
}

/// The state of reading one note.
pub(super) struct BodyParser<'t, 'a> {
    pub(super) markdown: &'t str,
    pub(super) events: Vec<LocatedEvent<'t>>,
    pub(super) to: BodyWriter<'a>,
    pub(super) footnotes: Footnotes,
    /// What closes each link and emphasis that is open.
    pub(super) closing: Vec<super::inline::ClosingTag>,
    /// How many of those are links.
    pub(super) open_links: usize,
    /// The embeds that stand alone on their lines, so that they can be shown in place.
    pub(super) lone_embeds: BTreeSet<usize>,
    pub(super) left_over: LeftoverSigns,
    /// The ids that raw HTML has, of those that are still to be written.
    pub(super) raw_ids: BTreeSet<String>,
    pub(super) headings: Vec<Heading>,
    /// The number of the last numbered paragraph, where they are numbered.
    pub(super) number: Option<u32>,
    /// The lists that are open; their numbers are those of the entries to come.
    pub(super) lists: Vec<ListKind>,
    pub(super) table: TableState,
}

#[derive(Default)]
pub(super) struct TableState {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
}

/// Reads the Markdown of `text` from `start` on, and counts its words into `words`.
pub(super) fn read(
    path: &SourcePath,
    text: &str,
    start: usize,
    kept: BodyOptions<'_>,
    words: Option<WordCounter>,
    out: &mut Vec<Diagnostic>,
) -> ParsedBody {
    let (with_links, mut edited);
    let written = &text[start..];
    let mut comments = comments::find(written);
    if let Some(first) = conflict::take_out(written, &mut comments.edits) {
        out.push(merge_conflict::finding(path, Span::shifted(first, start)));
    }
    let mut without = EditedText::new(written, start, &comments.edits);
    if let Some(at) = too_deep(&without.text) {
        deep_nesting::report(&mut Findings::new(path, &without, out), &at);
        comments.edits.clear();
        without = EditedText::new("", start, &[]);
    }
    edited = &without;
    let mut parsed = ParsedEvents::new(&edited.text);
    let links = addresses::find(&edited.text, &parsed.events);
    let edits = mends::find(&edited.text, &parsed, links);
    if !edits.is_empty() {
        let edits =
            edits.into_iter().map(|edit| Replacement { at: edited.written(edit.at), ..edit });
        comments.edits.extend(edits);
        comments.edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
        with_links = EditedText::new(written, start, &comments.edits);
        edited = &with_links;
        parsed = ParsedEvents::new(&edited.text);
    }
    if let Some(at) = comments.unclosed {
        let as_written = EditedText::new(written, start, &[]);
        unclosed_comment::report(&mut Findings::new(path, &as_written, out), &at);
    }
    let ParsedEvents { events, labels, undefined } = parsed;
    undefined_reference::report(path, edited, &labels, undefined, out);
    let note = TextContext { markdown: &edited.text, check: kept.check, title: kept.title };
    let checker = TextChecker::new(note, Findings::new(path, edited, out));
    let mut reading = BodyParser {
        to: BodyWriter::new(edited, words, checker),
        markdown: &edited.text,
        footnotes: Footnotes::find(&events),
        left_over: LeftoverSigns::new(&edited.text, &events),
        events,
        closing: Vec::new(),
        open_links: 0,
        lone_embeds: BTreeSet::new(),
        raw_ids: BTreeSet::new(),
        headings: Vec::new(),
        number: kept.numbers.then_some(0),
        lists: Vec::new(),
        table: TableState::default(),
    };
    reading.to.prose = kept.prose.then(Vec::new);
    reading.to.lead = kept.lead.then(String::new);
    reading.reserve_ids();
    reading.run(0..reading.events.len());
    reading.to.finish();
    let text_end = reading.to.html.len() as u32;
    reading.write_footnotes();
    reading.visit_footnotes();
    let to = reading.to;
    let prose = to.prose.unwrap_or_default();
    let lead = to.lead.unwrap_or_default();
    let (html, holes, mut sections) = (to.html, in_order(to.holes, to.late_holes), to.sections);
    sections.sort_by_key(|section| section.start);
    let body = Body { html, holes, sections, prose, text_end, lead, ..Body::default() };
    ParsedBody {
        body: body.sealed(),
        headings: reading.headings,
        anchors: to.anchors,
        links: to.links,
        link_spans: to.link_spans,
        target_spans: to.target_spans,
        blocks: to.blocks,
        words: to.words,
    }
}

impl<'t> BodyParser<'t, '_> {
    /// Ids that the writer chose, and the numbers of paragraphs, win over those made from titles,
    /// wherever they stand.
    fn reserve_ids(&mut self) {
        let mut paragraphs = 0u32;
        for at in 0..self.events.len() {
            let (event, _) = &self.events[at];
            let chosen = match event {
                Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
                Event::Start(Tag::Paragraph) if self.number.is_some() => {
                    paragraphs += 1;
                    self.to.ids.reserve(&format!("p-{paragraphs}"));
                    None
                }
                // One that stands between lines of text parts them into two paragraphs.
                Event::Start(Tag::Image { .. }) if self.number.is_some() => {
                    paragraphs += 1;
                    self.to.ids.reserve(&format!("p-{paragraphs}"));
                    None
                }
                Event::Text(text) if self.ends_block(at) => block::id_of(text).map(str::to_owned),
                Event::Start(Tag::HtmlBlock) => {
                    self.reserve_raw(at + 1..self.end_of(at));
                    None
                }
                Event::InlineHtml(_) => {
                    self.reserve_raw(at..at + 1);
                    None
                }
                _ => None,
            };
            if let Some(id) = chosen {
                let range = self.place_of(at);
                self.to.reserve(&id, &range);
            }
        }
    }

    /// Whether the text at `at` is the last of a paragraph or list item.
    fn ends_block(&self, at: usize) -> bool {
        match self.events.get(at + 1).map(|(event, _)| event) {
            Some(Event::End(end)) => matches!(end, TagEnd::Paragraph | TagEnd::Item),
            Some(Event::Start(tag)) => !is_inline(tag),
            _ => false,
        }
    }

    /// Takes the event at `at`; each is written once.
    pub(super) fn take(&mut self, at: usize) -> LocatedEvent<'t> {
        let range = self.events[at].1.clone();
        (std::mem::replace(&mut self.events[at].0, Event::SoftBreak), range)
    }

    /// Writes the events in `range`.
    pub(super) fn run(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.step(at);
        }
    }

    /// Writes the event at `at`, and returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let (event, range) = self.take(at);
        self.to.at = range.clone();
        match event {
            Event::Start(tag) => self.start(tag, at, range),
            Event::End(tag) => {
                self.end(tag);
                at + 1
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw_html(&html, &[(0, range.start)]);
                at + 1
            }
            Event::Rule => {
                self.to.end_passage();
                self.to.markup("<hr>\n");
                at + 1
            }
            Event::TaskListMarker(done) => {
                self.to.markup("<input type=\"checkbox\" disabled");
                self.to.markup(if done { " checked aria-label=\"" } else { " aria-label=\"" });
                self.to.hole(HoleKind::Word(if done { "task-done" } else { "task-open" }));
                self.to.markup("\"> ");
                at + 1
            }
            inline => {
                self.inline(inline, range);
                at + 1
            }
        }
    }

    fn start(&mut self, tag: Tag<'t>, at: usize, range: Range<usize>) -> usize {
        if !is_inline(&tag) {
            self.to.end_passage();
            self.to.block(range.start);
        }
        match tag {
            Tag::Paragraph => return self.paragraph(at),
            Tag::Heading { level, id, .. } => self.heading(level, id, at),
            Tag::BlockQuote(kind) => return self.quote(kind, at),
            Tag::CodeBlock(kind) => return self.code(kind, at),
            Tag::FootnoteDefinition(_) => return self.end_of(at) + 1,
            Tag::HtmlBlock => return self.raw_block(at),
            Tag::MetadataBlock(_) => {}
            Tag::List(start) => self.list(start, at),
            Tag::Item => self.entry(at),
            Tag::DefinitionList => self.open("dl"),
            Tag::DefinitionListTitle => self.open("dt"),
            Tag::DefinitionListDefinition => self.open("dd"),
            Tag::Table(alignments) => {
                self.to.open("div");
                self.to.markup(" class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
                self.to.hole(HoleKind::Word("table"));
                self.to.markup("\"><table>");
                self.table = TableState { alignments, ..TableState::default() };
            }
            Tag::TableHead => {
                self.table.column = 0;
                self.table.in_head = true;
                let head = self.plain_text(at + 1..self.end_of(at));
                let place = self.place_of(at);
                self.to.visit(&TextEvent::Table { head: &head, at: place });
                let columns = self.table.alignments.len();
                self.to.visit(&TextEvent::TableRow { columns, at: &range });
                self.to.markup("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                let columns = self.table.alignments.len();
                self.to.visit(&TextEvent::TableRow { columns, at: &range });
                self.to.markup("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Image { link_type, dest_url, title, .. } => {
                return self.image(link_type, &dest_url, &title, at, range);
            }
            inline => self.start_inline(inline, at, range),
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        let end = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => closing_heading(level),
            TagEnd::BlockQuote(_) => return self.end_quote(),
            TagEnd::List(numbered) => {
                self.lists.pop();
                if numbered { "</ol>\n" } else { "</ul>\n" }
            }
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => {
                self.table = TableState::default();
                "</tbody></table></div>\n"
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                return self.to.markup("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => return self.to.markup("</tr>\n"),
            TagEnd::TableCell if self.table.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            inline => return self.end_inline(inline),
        };
        self.to.end_passage();
        self.to.close(end);
    }

    pub(super) fn open(&mut self, name: &str) {
        self.to.open(name);
        self.to.markup(">");
    }

    /// Where the element that starts at `at` ends.
    pub(super) fn end_of(&self, at: usize) -> usize {
        let mut open = 1usize;
        for (offset, (event, _)) in self.events[at + 1..].iter().enumerate() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) if open == 1 => return at + 1 + offset,
                Event::End(_) => open -= 1,
                _ => {}
            }
        }
        self.events.len()
    }

    /// The place of the block at event `at`, without the line break at its end.
    pub(super) fn place_of(&self, at: usize) -> Range<usize> {
        let range = self.events[at].1.clone();
        range.start..range.start + self.markdown[range].trim_end().len()
    }

    /// The text of the events in `range`, without markup.
    pub(super) fn plain_text(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for (event, _) in &self.events[range] {
            match event {
                Event::Text(part) => text.push_str(part),
                Event::Code(code) => {
                    text.push_str(formulas::in_code(code).map_or(&**code, |(formula, _)| formula))
                }
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }
}

/// All holes in the order they stand in. Of those that were cut later into what was written before,
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

fn closing_heading(level: HeadingLevel) -> &'static str {
    ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][level as usize - 1]
}
