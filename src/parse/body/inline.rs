//! The elements within a line: links, pictures, embeds, emphasis, notes, formulas.

use std::ops::Range;

use math_core::MathDisplay;
use percent_encoding::percent_decode_str;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::escape_href;

use super::math;
use super::open_inlines::ClosingTag;
use super::parser::BodyParser;
use crate::note::{HoleKind, LinkRole};
use crate::parse::destination::{self, LinkDestination};
use crate::parse::findings::report_scheme;
use crate::parse::rules::{bad_math, broken_link, remote_image};
use crate::parse::text::as_typed;
use crate::parse::text::formula_in_code;
use crate::parse::text_rule::TextEvent;

/// Endings of files that are shown as pictures.
const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// Endings of other files that a link may lead to.
const FILES: &[&str] = &[
    "csv", "doc", "docx", "epub", "ics", "json", "kml", "mp3", "mp4", "odp", "ods", "odt", "ogg",
    "pdf", "ppt", "pptx", "txt", "webm", "xls", "xlsx", "xml", "zip",
];

impl<'t> BodyParser<'t, '_> {
    /// Writes an event that has no start or end.
    pub(crate) fn inline(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Text(text) => {
                self.visit_words(&range);
                if self.to.in_raw_code() {
                    self.to.text(&as_typed(&text, &self.events.markdown[range]))
                } else {
                    self.to.prose(&text)
                }
            }
            Event::Code(code) => match formula_in_code(&code) {
                Some((formula, true)) => self.formula(formula, MathDisplay::Block, &range),
                Some((formula, false)) => self.formula(formula, MathDisplay::Inline, &range),
                None => {
                    self.to.markup("<code>");
                    self.to.code(&code);
                    self.to.markup("</code>");
                }
            },
            Event::SoftBreak => {
                self.to.markup("\n");
                self.to.unseen(" ");
            }
            Event::HardBreak => {
                self.to.markup("<br>\n");
                self.to.unseen(" ");
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            _ => {}
        }
    }

    fn formula(&mut self, formula: &str, display: MathDisplay, at: &Range<usize>) {
        let formula = self.to.tidied(formula);
        match math::to_mathml(&formula, display) {
            Ok(mathml) => {
                self.to.markup(&mathml);
                self.to.unseen(&formula);
            }
            Err(why) => bad_math::report(self.to.findings(), at, &why.to_string()),
        }
    }

    pub(crate) fn start_inline(&mut self, tag: Tag<'t>, at: usize, range: Range<usize>) {
        let (open, close) = match tag {
            Tag::Emphasis => ("em", "</em>"),
            Tag::Strong => ("strong", "</strong>"),
            Tag::Strikethrough => ("del", "</del>"),
            Tag::Superscript => ("sup", "</sup>"),
            Tag::Subscript => ("sub", "</sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                return self.start_link(link_type, &dest_url, &title, at, &range);
            }
            _ => return,
        };
        self.open(open);
        self.inlines.closing.push(ClosingTag::With(close));
    }

    pub(crate) fn end_inline(&mut self, _tag: TagEnd) {
        match self.inlines.closing.pop() {
            Some(ClosingTag::With(close)) => {
                self.inlines.links -= usize::from(close == "</a>");
                self.to.close(close);
            }
            Some(ClosingTag::Link { number, start, shown }) => {
                self.inlines.links -= 1;
                self.to.place_link(number, start, shown);
                self.to.close("</a>");
            }
            None => {}
        }
    }

    fn start_link(
        &mut self,
        link_type: LinkType,
        written: &CowStr<'t>,
        title: &str,
        at: usize,
        range: &Range<usize>,
    ) {
        let destination = match link_type {
            LinkType::WikiLink { .. } => destination::of_wiki_link(written),
            LinkType::Email => LinkDestination::Elsewhere,
            _ => destination::of_address(written),
        };
        let text = self.events.plain_text(at + 1..self.events.end_of(at));
        if !self.events.has_picture(at) {
            self.to.visit(&TextEvent::Link { words: &text, at: range });
        }
        self.inlines.links += usize::from(!matches!(destination, LinkDestination::Refused { .. }));
        match destination {
            LinkDestination::Elsewhere => {
                self.to.visit(&TextEvent::Elsewhere { address: written, at: range });
                self.to.open("a");
                self.to.markup(" href=\"");
                self.to.markup(if link_type == LinkType::Email { "mailto:" } else { "" });
                let _ = escape_href(&mut self.to.html, written);
                self.to.markup("\"");
                self.title(title);
                self.inlines.closing.push(ClosingTag::With("</a>"));
            }
            LinkDestination::Refused { scheme } => {
                report_scheme(self.to.findings(), range, &scheme);
                self.open("span");
                self.inlines.closing.push(ClosingTag::With("</span>"));
            }
            LinkDestination::Book(target) => {
                let bare = link_type == LinkType::WikiLink { has_pothole: false };
                if target.is_nothing() {
                    broken_link::report_empty(self.to.findings(), range);
                }
                let number = self.to.link(target, LinkRole::Link, range);
                self.to.open("a");
                self.to.hole(HoleKind::Href(number));
                self.title(title);
                let start = self.to.passage_end();
                let shown = !bare && (!text.trim().is_empty() || self.events.has_picture(at));
                if !shown {
                    self.drop_text(at);
                    self.to.hole(HoleKind::Text(number));
                    self.to.unseen(&spoken(&text));
                }
                self.inlines.closing.push(ClosingTag::Link { number, start, shown });
            }
        }
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.to.attribute("title", title);
        }
        self.to.markup(">");
    }

    /// Says whether a link is open.
    pub(crate) fn in_link(&self) -> bool {
        self.inlines.links > 0
    }

    fn drop_text(&mut self, at: usize) {
        for inner in at + 1..self.events.end_of(at) {
            self.events.list[inner].0 = Event::Text(CowStr::Borrowed(""));
        }
    }

    /// Says whether the events in `range` are one embedded note, and nothing else.
    pub(crate) fn is_lone_embed(&self, range: Range<usize>) -> bool {
        match self.events.list.get(range.start) {
            Some((Event::Start(Tag::Image { link_type, dest_url, .. }), _)) => {
                is_embed(*link_type, dest_url) && self.events.end_of(range.start) + 1 == range.end
            }
            _ => false,
        }
    }

    /// Writes a picture, an embedded note, or a link to a file: `![…](…)` or `![[…]]`.
    pub(crate) fn image(
        &mut self,
        link_type: LinkType,
        written: &CowStr<'t>,
        title: &str,
        at: usize,
        range: Range<usize>,
    ) -> usize {
        let end = self.events.end_of(at);
        let text = self.events.plain_text(at + 1..end);
        let wiki = matches!(link_type, LinkType::WikiLink { .. });
        let destination = if wiki {
            destination::of_wiki_link(written)
        } else {
            destination::of_address(written)
        };
        let bare = link_type == LinkType::WikiLink { has_pothole: false };
        match destination {
            LinkDestination::Refused { scheme } => {
                report_scheme(self.to.findings(), &range, &scheme);
            }
            LinkDestination::Elsewhere => {
                let text = if bare { "" } else { &text };
                self.remote_picture(written, text, &range);
            }
            LinkDestination::Book(target) if is_picture(&target.path) => {
                let (alt, width, height) = picture_size(if bare { "" } else { &text });
                self.to.visit(&TextEvent::Picture { alt, at: &range });
                let start = self.to.passage_end();
                let number = self.to.link(target, LinkRole::Image, &range);
                self.to.markup("<img");
                self.to.hole(HoleKind::Src(number));
                self.to.attribute("alt", alt);
                if width.is_none() && height.is_none() {
                    self.to.hole(HoleKind::Size(number));
                }
                for (name, value) in [("width", width), ("height", height), ("title", Some(title))]
                {
                    if let Some(value) = value.filter(|value| !value.is_empty()) {
                        self.to.attribute(name, value);
                    }
                }
                self.to.markup(" loading=\"lazy\">");
                self.to.unseen(alt);
                self.to.place_link(number, start, true);
            }
            LinkDestination::Book(target) => {
                if target.is_nothing() {
                    broken_link::report_empty(self.to.findings(), &range);
                }
                let alone = self.lone_embeds.remove(&at);
                let role = if alone { LinkRole::Embed } else { LinkRole::Link };
                let shown = !alone && !bare && !text.trim().is_empty();
                let start = self.to.passage_end();
                let number = self.to.link(target, role, &range);
                if alone {
                    let (caption, ..) = picture_size(if bare { "" } else { text.trim() });
                    let caption = (!caption.is_empty()).then(|| self.to.tidied(caption).into());
                    self.to.hole(HoleKind::Embed(number, caption));
                    // So that the hole lies within the part it ends.
                    self.to.markup("\n");
                } else {
                    self.to.markup("<a");
                    self.to.hole(HoleKind::Href(number));
                    self.to.markup(">");
                    if shown {
                        self.to.text(&text)
                    } else {
                        self.to.hole(HoleKind::Text(number))
                    }
                    self.to.markup("</a>");
                }
                self.to.place_link(number, start, shown);
            }
        }
        end + 1
    }

    /// Writes a link in place of a picture on another site. A page shows nothing from other sites: it must work
    /// without a network, and tell nobody who reads it.
    pub(crate) fn remote_picture(&mut self, written: &str, text: &str, at: &Range<usize>) {
        remote_image::report(self.to.findings(), at);
        self.to.visit(&TextEvent::Elsewhere { address: written, at });
        self.to.markup("<a href=\"");
        let _ = escape_href(&mut self.to.html, written);
        self.to.markup("\">");
        let name = written.split(['?', '#']).next().unwrap_or(written).trim_end_matches('/');
        let name = name.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(written);
        let name = percent_decode_str(name).decode_utf8_lossy();
        let (words, ..) = picture_size(text);
        self.to.text(if words.trim().is_empty() { &name } else { words });
        self.to.markup("</a>");
    }
}

/// Returns the words for a link without a text: `lessons/the-name.md#A part` is "the name". The title that the
/// page shows in its place is known only when all notes are.
fn spoken(written: &str) -> String {
    let (path, part) = written.split_once('#').unwrap_or((written, ""));
    let name = if path.is_empty() { part.trim_start_matches('^') } else { path };
    let name = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
    let name = name.strip_suffix(".md").unwrap_or(name);
    if name.contains(' ') { name.to_owned() } else { name.replace('-', " ") }
}

/// Says whether a picture's syntax stands for an embedded note.
fn is_embed(link_type: LinkType, written: &str) -> bool {
    let path = written.split('#').next().unwrap_or_default();
    let wiki = matches!(link_type, LinkType::WikiLink { .. });
    !is_picture(path) && !has_ending(path, FILES) && (wiki || path.ends_with(".md"))
}

fn is_picture(path: &str) -> bool {
    has_ending(path, PICTURES)
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// Splits `text|300x200`, as Obsidian writes the size of a picture, into alternative text, width and height.
fn picture_size(text: &str) -> (&str, Option<&str>, Option<&str>) {
    let (alt, size) = text
        .rsplit_once('|')
        .unwrap_or_else(|| if is_size(text) { ("", text) } else { (text, "") });
    match size.split_once('x') {
        _ if !is_size(size) => (text, None, None),
        Some((width, height)) => (alt, Some(width), Some(height)),
        None => (alt, Some(size), None),
    }
}

fn is_size(text: &str) -> bool {
    let number =
        |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('x') {
        Some((width, height)) => number(width) && number(height),
        None => number(text),
    }
}
