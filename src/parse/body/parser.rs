//! The loop over the events of a text, and its state.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd};

use super::block_id::id_of;
use super::event_list::EventList;
use super::footnote_list::Footnotes;
use super::leftover_signs::LeftoverSigns;
use super::open_inlines::OpenInlines;
use super::parts::TextParts;
use super::writer::BodyWriter;
use crate::note::{Heading, HoleKind, ListKind, NumberedPart};
use crate::parse::text::{LocatedEvent, is_inline};
use crate::parse::text_rule::TextEvent;
use crate::span::Span;

/// The state while the text of one note is read.
pub(crate) struct BodyParser<'t, 'a> {
    pub(crate) events: EventList<'t>,
    pub(crate) to: BodyWriter<'a>,
    pub(crate) footnotes: Footnotes,
    pub(crate) inlines: OpenInlines,
    /// The embeds that stand alone on their lines, so that they can be shown in place.
    pub(crate) lone_embeds: BTreeSet<usize>,
    pub(crate) left_over: LeftoverSigns,
    /// The ids of raw HTML that are still to be written.
    pub(crate) raw_ids: BTreeSet<String>,
    pub(crate) headings: Vec<Heading>,
    /// The position of each of `headings` in the file.
    pub(crate) heading_spans: Vec<Span>,
    /// The parts that have numbers.
    pub(crate) numbered: Vec<NumberedPart>,
    /// The number of the last numbered paragraph, where they are numbered.
    pub(crate) number: Option<u32>,
    /// The lists that are open, with the numbers of their next entries.
    pub(crate) lists: Vec<ListKind>,
    pub(crate) table: TableState,
    pub(crate) parts: TextParts,
}

#[derive(Default)]
pub(crate) struct TableState {
    pub(crate) alignments: Vec<Alignment>,
    pub(crate) column: usize,
    pub(crate) in_head: bool,
}

impl<'t, 'a> BodyParser<'t, 'a> {
    /// Makes a parser of a text with these events. `is_numbered` tells whether its paragraphs have numbers.
    pub(crate) fn new(
        markdown: &'t str,
        events: Vec<LocatedEvent<'t>>,
        to: BodyWriter<'a>,
        is_numbered: bool,
    ) -> Self {
        Self {
            to,
            footnotes: Footnotes::find(&events),
            left_over: LeftoverSigns::new(markdown, &events),
            events: EventList { markdown, list: events },
            inlines: OpenInlines::default(),
            lone_embeds: BTreeSet::new(),
            raw_ids: BTreeSet::new(),
            headings: Vec::new(),
            heading_spans: Vec::new(),
            numbered: Vec::new(),
            number: is_numbered.then_some(0),
            lists: Vec::new(),
            table: TableState::default(),
            parts: TextParts::default(),
        }
    }
}

impl<'t> BodyParser<'t, '_> {
    /// Reserves the ids that the writer chose, and the numbers of paragraphs, so that they win over those made from
    /// titles.
    pub(crate) fn reserve_ids(&mut self) {
        let mut paragraphs = 0u32;
        for at in 0..self.events.list.len() {
            let (event, _) = &self.events.list[at];
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
                Event::Text(text) if self.events.ends_block(at) => id_of(text).map(str::to_owned),
                Event::Start(Tag::HtmlBlock) => {
                    self.reserve_raw(at + 1..self.events.end_of(at));
                    None
                }
                Event::InlineHtml(_) => {
                    self.reserve_raw(at..at + 1);
                    None
                }
                _ => None,
            };
            if let Some(id) = chosen {
                let range = self.events.place_of(at);
                self.to.reserve(&id, &range);
            }
        }
    }

    /// Writes the events in `range`.
    pub(crate) fn run(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.step(at);
        }
    }

    /// Writes the event at `at`, and returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let (event, range) = self.events.take(at);
        self.to.at = range.clone();
        if let Some(part) = self.parts.begin(at) {
            self.to.hole(HoleKind::Part(part));
        }
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
            Tag::FootnoteDefinition(_) => return self.events.end_of(at) + 1,
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
                let head = self.events.plain_text(at + 1..self.events.end_of(at));
                let place = self.events.place_of(at);
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

    pub(crate) fn open(&mut self, name: &str) {
        self.to.open(name);
        self.to.markup(">");
    }
}

fn closing_heading(level: HeadingLevel) -> &'static str {
    ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][level as usize - 1]
}
