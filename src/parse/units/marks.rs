//! The parts of a unit that are not for translators: the targets of links, code, references to footnotes, embeds, raw HTML
//! and comments.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::event_text::EventText;
use super::{TextUnit, UnitForm};

/// A part of a unit that is not for translators. It stands alone, or around a text.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The range in the file: of all of it, or of what stands before the text.
    pub open: Range<usize>,
    /// The range of what stands behind the text.
    pub close: Option<Range<usize>>,
    /// The text as it is written.
    pub text: MarkText,
}

/// The writing of a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkText {
    /// All of it, or what stands before the text.
    pub open: String,
    /// The part behind the text.
    pub close: Option<String>,
    /// Its writing around a text, if it stands alone and need not.
    pub as_pair: Option<[String; 2]>,
    /// Its writing alone, if it stands around a text and need not.
    pub as_lone: Option<String>,
    /// The text that is also its name, and what stands behind another text then.
    pub named: Option<[String; 2]>,
    /// The same for the same mark in another version of the note.
    pub key: String,
    /// True if readers don't see it, so that a translation can do without.
    pub is_hidden: bool,
}

/// The state while the marks of a unit are read.
pub(super) struct MarkReader<'r, 't> {
    text: &'r EventText<'t>,
    range: Range<usize>,
    /// The number of quotations around the unit.
    quotes: usize,
    marks: Vec<Mark>,
    breaks: Vec<(Range<usize>, bool)>,
    /// The indexes of elements of raw HTML that are open, with their names.
    elements: Vec<(usize, String)>,
}

impl<'r, 't> MarkReader<'r, 't> {
    pub(super) fn new(text: &'r EventText<'t>, range: Range<usize>, quotes: usize) -> Self {
        let (marks, breaks, elements) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, range, quotes, marks, breaks, elements }
    }

    /// Reads the marks in the events of `inner`, and the breaks of lines.
    pub(super) fn read(
        mut self,
        inner: Range<usize>,
        form: UnitForm,
    ) -> (Vec<Mark>, Vec<(Range<usize>, bool)>) {
        let mut at = inner.start;
        while at < inner.end {
            let (event, range) = &self.text.events[at];
            let place = self.text.in_file(range.clone());
            match event {
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    let end = self.text.end_of(at);
                    let is_open = self.link(*link_type, dest_url, "[", at..end, form);
                    at = if is_open { at } else { end };
                }
                Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                    let end = self.text.end_of(at);
                    let is_open = self.link(*link_type, dest_url, "![", at..end, form);
                    at = if is_open { at } else { end };
                }
                Event::Code(_) => self.lone(place, '`', |written| written.to_owned()),
                Event::FootnoteReference(label) => self.lone(place, '^', |_| label.to_string()),
                Event::InlineHtml(_) => self.html(place),
                Event::Html(_) => self.html_lines(place),
                Event::SoftBreak => self.line_break(place.start, false),
                Event::HardBreak => self.line_break(place.start, true),
                _ => {}
            }
            at += 1;
        }
        for hidden in self.text.hidden.clone() {
            if hidden.start >= self.range.start && hidden.end <= self.range.end {
                self.lone(hidden, '%', |_| String::new());
            }
        }
        // What a comment holds, or what stands beyond the end of the unit, is not in it.
        let hidden = &self.text.hidden;
        let is_free = |place: &Range<usize>| {
            !hidden.iter().any(|comment| comment.start < place.end && place.start < comment.end)
        };
        let end = self.range.end;
        self.breaks.retain(|(place, _)| is_free(place) && place.end <= end);
        self.marks.retain(|mark| {
            let close = mark.close.as_ref().unwrap_or(&mark.open);
            close.end <= end && (mark.text.is_hidden || is_free(&mark.open) && is_free(close))
        });
        self.marks.sort_by_key(|mark| mark.open.start);
        (self.marks, self.breaks)
    }

    /// Adds a mark that stands alone. A place where nothing is written has none.
    fn lone(&mut self, place: Range<usize>, sort: char, key: impl Fn(&str) -> String) {
        let written = &self.text.file[place.clone()];
        if written.is_empty() {
            return;
        }
        let key = format!("{sort}{}", key(written));
        let text = MarkText {
            open: written.to_owned(),
            key,
            is_hidden: sort == '%',
            ..MarkText::default()
        };
        self.marks.push(Mark { open: place, close: None, text });
    }

    /// Adds a link or picture, and says whether its text is for translators.
    fn link(
        &mut self,
        link_type: LinkType,
        target: &str,
        sign: &str,
        events: Range<usize>,
        form: UnitForm,
    ) -> bool {
        let file = self.text.file;
        let mut place = self.text.in_file(self.text.events[events.start].1.clone());
        if link_type == LinkType::Collapsed && file[place.end..].starts_with("[]") {
            place.end += "[]".len();
        }
        let written = &file[place.clone()];
        let key = format!("{sign}{}", key_of(target));
        let bar = if form == UnitForm::Cell { "\\|" } else { "|" };
        let is_wiki = written.starts_with(sign) && written[sign.len()..].starts_with('[');
        let last = self.text.events[events.start + 1..events.end].last();
        let inner = match link_type {
            LinkType::WikiLink { has_pothole: true } if is_wiki && written.ends_with("]]") => {
                written.find('|').map(|bar| bar + 1..written.len() - 2)
            }
            LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. } => None,
            _ if !written.starts_with(sign) => None,
            _ => {
                let end = last.map(|(_, range)| self.text.in_file(range.clone()).end - place.start);
                let inner = sign.len()..end.unwrap_or(sign.len()).max(sign.len());
                Some(inner).filter(|inner| {
                    written.get(inner.end..).is_some_and(|rest| rest.starts_with(']'))
                })
            }
        };
        let Some(inner) = inner else {
            let name = written.strip_suffix("]]").filter(|_| is_wiki);
            let as_pair = name.map(|name| [format!("{name}{bar}"), "]]".to_owned()]);
            let text = MarkText { open: written.to_owned(), key, as_pair, ..MarkText::default() };
            if !written.is_empty() {
                self.marks.push(Mark { open: place, close: None, text });
            }
            return false;
        };
        let (open, text, close) =
            (&written[..inner.start], &written[inner.clone()], &written[inner.end..]);
        let name = open.strip_suffix('|').filter(|_| is_wiki && close == "]]");
        let as_lone = name.map(|name| format!("{}]]", name.trim_end_matches('\\')));
        let is_named = matches!(link_type, LinkType::Shortcut | LinkType::Collapsed);
        let named = is_named.then(|| [text.to_owned(), format!("][{text}]")]);
        let mark = MarkText {
            open: open.to_owned(),
            close: Some(close.to_owned()),
            as_lone,
            named,
            key,
            ..MarkText::default()
        };
        let (start, end) = (place.start + inner.start, place.start + inner.end);
        self.marks.push(Mark { open: place.start..start, close: Some(end..place.end), text: mark });
        true
    }

    /// Adds a tag or comment of raw HTML. A tag that ends an element makes one mark of its two tags.
    fn html(&mut self, place: Range<usize>) {
        let written = &self.text.file[place.clone()];
        if !written.starts_with('<') {
            // Signs that highlight are written by translators, too.
            return;
        }
        let is_end = written.starts_with("</");
        let name: String = written[1 + usize::from(is_end)..]
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let opened = self.elements.iter().rposition(|open| open.1 == name).filter(|_| is_end);
        if let Some(opened) = opened {
            let (at, _) = self.elements.remove(opened);
            self.elements.truncate(opened);
            let mark = &mut self.marks[at];
            mark.text.close = Some(written.to_owned());
            mark.close = Some(place);
            return;
        }
        if !is_end && !name.is_empty() {
            self.elements.push((self.marks.len(), name));
        }
        self.lone(place, '<', |written| written.to_owned());
    }

    /// Adds the tags in a line of a block of raw HTML, and the break at its end.
    fn html_lines(&mut self, line: Range<usize>) {
        let mut from = line.start;
        while let Some(start) = self.text.file[from..line.end].find('<').map(|at| from + at) {
            let rest = &self.text.file[start..line.end];
            let end = if rest.starts_with("<!--") {
                rest.find("-->").map(|at| at + 3)
            } else {
                end_of_tag(rest)
            };
            let end = start + end.unwrap_or(rest.len());
            self.html(start..end.min(self.range.end.max(start)));
            from = end;
        }
        let text = self.text.file[line.clone()].trim_end();
        self.line_break(line.start + text.len(), true);
    }

    /// Adds the break of a line at or soon after `start`, with the margin of the next line.
    fn line_break(&mut self, start: usize, is_seen: bool) {
        let file = self.text.file;
        let Some(end) = file[start..self.range.end.max(start)].find('\n').map(|at| start + at + 1)
        else {
            return;
        };
        let is_space = |c: char| c == ' ' || c == '\t';
        let mut rest = file[end..].trim_start_matches(is_space);
        for _ in 0..self.quotes {
            rest = rest.strip_prefix('>').map_or(rest, |rest| rest.trim_start_matches(is_space));
        }
        self.breaks.push((start..file.len() - rest.len(), is_seen));
    }
}

impl TextUnit {
    /// Returns whether anything stands in the unit beside its marks.
    pub(super) fn words(&self, file: &str) -> bool {
        let mut places: Vec<&Range<usize>> = self.marks.iter().map(|mark| &mark.open).collect();
        places.extend(self.marks.iter().filter_map(|mark| mark.close.as_ref()));
        places.sort_by_key(|place| place.start);
        let is_text = |range: Range<usize>| {
            file.get(range).is_some_and(|text| text.contains(char::is_alphanumeric))
        };
        let mut from = self.range.start;
        for place in places {
            if is_text(from..place.start) {
                return true;
            }
            from = from.max(place.end);
        }
        is_text(from..self.range.end)
    }
}

/// Returns the end of the tag with which a text begins.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Returns the part of a target that is the same in each version of a note, however the way to it is written.
fn key_of(target: &str) -> String {
    let (path, part) = target.split_once('#').map_or((target, ""), |(path, part)| (path, part));
    if path.contains("://") {
        return target.to_owned();
    }
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".md").unwrap_or(name);
    // Parts have names of their own in each language.
    let part = if part.starts_with('^') || path.is_empty() { part } else { "" };
    format!("{}#{part}", name.to_lowercase())
}
