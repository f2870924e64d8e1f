//! Raw HTML: read by a tokenizer of the HTML standard, and written again from an allow list, so
//! that nothing else can come through. What is left out is reported.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Span, Spanned, StartTag, Token, Tokenizer};
use pulldown_cmark::Event;

use super::parser::BodyParser;
use super::raw_elements::RawElement;
use super::writer::{BodyWriter, OpenElement};
use crate::note::{HoleKind, LinkRole};
use crate::parse::destination::{self, LinkDestination};
use crate::parse::findings::report_scheme;
use crate::parse::rules::{broken_link, remote_image, unclosed_comment};
use crate::parse::text_rule::{RefusedPiece, TextEvent};

/// Elements that may be used, with the attributes each may have besides [`ANYWHERE`].
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "name"]),
    ("abbr", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["src", "srcset", "sizes", "alt", "width", "height"]),
    ("ins", &["datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["start", "reversed", "type"]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "headers", "scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Attributes that every element may have. Classes and styles are the theme's: with them a note
/// could dress up as something it is not.
const ANYWHERE: &[&str] = &["dir", "id", "lang", "title"];

/// Elements that have no end tag.
const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];

/// Elements whose content is left out with them.
const LEFT_OUT: &[&str] = &[
    "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea", "title", "xmp",
];

impl<'t> BodyParser<'t, '_> {
    /// Writes a block of raw HTML whose lines start at event `at`, and returns where to go on.
    pub(crate) fn raw_block(&mut self, at: usize) -> usize {
        let end = self.events.end_of(at);
        let mut html = String::new();
        let mut lines = Vec::new();
        for inner in at + 1..end {
            if let (Event::Html(line) | Event::Text(line), range) = self.events.take(inner) {
                lines.push((html.len(), range.start));
                html.push_str(&line);
            }
        }
        let place = self.events.place_of(at);
        self.to.visit(&TextEvent::HtmlBlock { html: &html, at: place });
        self.raw_html(&html, &lines);
        self.to.markup("\n");
        end + 1
    }

    /// Reserves the ids in the raw HTML of the events in `range`.
    pub(crate) fn reserve_raw(&mut self, range: Range<usize>) {
        let mut html = String::new();
        for (event, _) in &self.events.list[range.clone()] {
            if let Event::Html(part) | Event::InlineHtml(part) | Event::Text(part) = event {
                html.push_str(part);
            }
        }
        if !html.contains("id") && !html.contains("name") && !html.contains("ID") {
            return;
        }
        let start = self.events.list.get(range.start).map_or(0, |(_, range)| range.start);
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(&html, emitter) {
            let Token::StartTag(tag) = token else { continue };
            let is_known = ELEMENTS.iter().any(|known| *known.0.as_bytes() == **tag.name);
            let ids = ["id", "name"].iter().take(if **tag.name == *b"a" { 2 } else { 1 });
            let mut values = ids.filter_map(|wanted| {
                tag.attributes.iter().find(|(key, _)| ***key == *wanted.as_bytes())
            });
            let Some((_, value)) = values.next().filter(|_| is_known) else { continue };
            let id = String::from_utf8_lossy(value);
            let at = start + value.span.start..start + value.span.end;
            if is_id(&id) && self.to.reserve(&id, &at) {
                self.raw_ids.insert(id.into_owned());
            }
        }
    }

    /// Writes raw HTML. `lines` are offsets in it with their places in the Markdown.
    pub(crate) fn raw_html(&mut self, html: &str, lines: &[(usize, usize)]) {
        let place = |span: Span| {
            let source = |offset: usize| {
                let line = lines.partition_point(|line| line.0 <= offset).saturating_sub(1);
                lines.get(line).map_or(0, |(start, source)| source + offset - start)
            };
            source(span.start)..source(span.end)
        };
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut left_out: Option<String> = None;
        // Within a line Markdown is read between the elements; in a block it is not.
        let is_block = lines.len() > 1 || html.contains('\n');
        let html_at = lines.first().map_or(0, |line| line.1);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if left_out.as_deref() == Some(&name) {
                        left_out = None
                    } else {
                        self.to.close_raw_element(&name)
                    }
                }
                _ if left_out.is_some() => {}
                Token::StartTag(tag) => {
                    let at = place(tag.span);
                    left_out = self.open_raw(&tag, &at, &place);
                }
                Token::String(text) => {
                    let at = place(text.span);
                    let text = String::from_utf8_lossy(&text);
                    if is_block && !self.to.in_raw_code() {
                        self.to.visit(&TextEvent::HtmlWords { words: &text, at, html_at });
                    }
                    self.to.text(&text);
                }
                Token::Error(error) if *error == html5gum::Error::EofInComment => {
                    let start = html.rfind("<!--").unwrap_or_default();
                    let at = place(Span { start, end: start + 4 });
                    unclosed_comment::report_in_html(self.to.findings(), &at);
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    /// Opens an element, and returns its name if all up to its end is to be left out.
    fn open_raw(
        &mut self,
        tag: &StartTag<usize>,
        at: &Range<usize>,
        place: &impl Fn(Span) -> Range<usize>,
    ) -> Option<String> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let Some((element, attributes)) = ELEMENTS.iter().find(|known| known.0 == name) else {
            let piece = RefusedPiece::Element(&name);
            self.to.visit(&TextEvent::RefusedHtml { piece, at });
            return LEFT_OUT.contains(&name.as_str()).then_some(name);
        };
        let nested_link = name == "a" && (self.to.in_raw_link() || self.in_link());
        if nested_link {
            let piece = RefusedPiece::NestedLink;
            self.to.visit(&TextEvent::RefusedHtml { piece, at });
            return None;
        }
        let of = |wanted: &str| {
            let mut attributes = tag.attributes.iter();
            let found = attributes.find(|(key, _)| ***key == *wanted.as_bytes());
            found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
        };
        if let Some(src) = of("src").filter(|_| name == "img")
            && let LinkDestination::Elsewhere = destination::of_address(&src)
        {
            self.remote_picture(&src, &of("alt").unwrap_or_default(), at);
            return None;
        }
        self.to.markup("<");
        self.to.markup(element);
        if name == "img" && !tag.attributes.keys().any(|key| **key == *b"alt") {
            self.to.visit(&TextEvent::Picture { alt: "", at });
        }
        let mut link = None;
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key);
            let at = place(value.span);
            if !attributes.contains(&&*key) && !ANYWHERE.contains(&&*key) {
                let piece = RefusedPiece::Attribute { key: &key, element: &name };
                self.to.visit(&TextEvent::RefusedHtml { piece, at: &at });
                continue;
            }
            link = self.raw_attribute(&key, value, &at).or(link);
        }
        self.to.markup(">");
        if VOID.contains(element) {
            link.into_iter().for_each(|(number, start)| self.to.place_link(number, start, true))
        } else {
            self.to.opened_raw(element, link)
        }
        None
    }

    /// Writes an attribute, and returns the number of the link it makes with the place in the passage where the text
    /// of the link begins.
    fn raw_attribute(
        &mut self,
        key: &str,
        value: &Spanned<HtmlString>,
        at: &Range<usize>,
    ) -> Option<(u32, usize)> {
        let text = String::from_utf8_lossy(value);
        match key {
            // The name of a link is what an id was in HTML 4.
            "id" | "name" => {
                if !is_id(&text) {
                    let piece = RefusedPiece::Id;
                    self.to.visit(&TextEvent::RefusedHtml { piece, at });
                } else if self.raw_ids.remove(&*text) {
                    self.to.hole(HoleKind::Id((*text).into()));
                    self.to.anchors.push((*text).into());
                }
            }
            "srcset" => self.pictures(&text, at),
            "href" | "src" => match destination::of_address(&text) {
                LinkDestination::Refused { scheme } => {
                    report_scheme(self.to.findings(), at, &scheme)
                }
                LinkDestination::Elsewhere if key == "src" => {
                    remote_image::report_left_out(self.to.findings(), at)
                }
                LinkDestination::Elsewhere => {
                    self.to.visit(&TextEvent::Elsewhere { address: &text, at });
                    self.to.attribute(key, &text);
                }
                LinkDestination::Book(target) => {
                    if target.is_nothing() {
                        broken_link::report_empty(self.to.findings(), at);
                    }
                    let role = if key == "src" { LinkRole::Image } else { LinkRole::Link };
                    let number = self.to.link(target, role, at);
                    self.to.hole(if key == "src" {
                        HoleKind::Src(number)
                    } else {
                        HoleKind::Href(number)
                    });
                    return Some((number, self.to.passage_end()));
                }
            },
            _ => self.to.attribute(key, &text),
        }
        None
    }

    /// Writes a `srcset`: pictures to choose from, each with what it is for
    /// (<https://html.spec.whatwg.org/multipage/images.html#srcset-attributes>).
    fn pictures(&mut self, set: &str, at: &Range<usize>) {
        let mut rest = set;
        let mut between = " srcset=\"";
        // Where the next address is looked for in the Markdown; none once one was not found, as where
        // it is written with signs of its own.
        let mut from = Some(at.start);
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (address, after) = rest.split_at(end);
            if address.is_empty() {
                break;
            }
            let alone = address.trim_end_matches(',');
            let end = if alone == address { after.find(',').unwrap_or(after.len()) } else { 0 };
            let (purpose, after) = after.split_at(end);
            rest = after;
            let start = from.and_then(|from| {
                self.events.markdown.get(from..at.end)?.find(alone).map(|length| from + length)
            });
            from = start.map(|start| start + alone.len());
            let at = start.zip(from).map_or(at.clone(), |(start, end)| start..end);
            match destination::of_address(alone) {
                LinkDestination::Refused { scheme } => {
                    report_scheme(self.to.findings(), &at, &scheme)
                }
                LinkDestination::Elsewhere => {
                    remote_image::report_left_out(self.to.findings(), &at)
                }
                LinkDestination::Book(target) => {
                    let number = self.to.link(target, LinkRole::Image, &at);
                    self.to.markup(std::mem::replace(&mut between, ", "));
                    self.to.hole(HoleKind::Address(number));
                    self.to.escaped(purpose.trim_end());
                }
            }
        }
        self.to.markup(if between == ", " { "\"" } else { "" });
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

impl BodyWriter<'_> {
    /// Says whether what is written now stands in an element for code, so that it stays as it is typed.
    pub(crate) fn in_raw_code(&self) -> bool {
        let has_code = |frame: &OpenElement| frame.raw.has(&["code", "kbd", "pre", "samp", "var"]);
        self.open_raw > 0 && self.frames.iter().any(has_code)
    }

    /// Records that a raw HTML element was opened. `link` is the number of the link it is, and the place in the
    /// passage where its text began.
    pub(crate) fn opened_raw(&mut self, name: &'static str, link: Option<(u32, usize)>) {
        self.open_raw += 1;
        self.open_raw_links += usize::from(name == "a");
        if let Some(frame) = self.frames.last_mut() {
            frame.raw.open(name, link);
        }
    }

    /// Closes a raw HTML element that was opened in the innermost element of Markdown, with all that
    /// was opened in it; an end tag of nothing is left out.
    pub(crate) fn close_raw_element(&mut self, name: &str) {
        let closed = self.frames.last_mut().map(|frame| frame.raw.close(name));
        self.end_raw(closed.unwrap_or_default());
    }

    pub(crate) fn end_raw(&mut self, closed: Vec<RawElement>) {
        for element in closed.into_iter().rev() {
            self.open_raw -= 1;
            self.open_raw_links -= usize::from(element.name == "a");
            if let Some((number, start)) = element.link {
                self.place_link(number, start, true);
            }
            self.html.push_str("</");
            self.html.push_str(element.name);
            self.html.push('>');
        }
    }
}
