//! The loop over the events of a text that cuts it into units.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::event_text::EventText;
use super::marks::MarkReader;
use super::{TextUnit, UnitForm};
use crate::parse::body::{id_of, lines};
use crate::parse::text::{LocatedEvent, is_inline, is_inline_end};

/// The state while a text is cut into units.
pub(super) struct UnitReader<'t> {
    text: &'t EventText<'t>,
    /// The elements that are open.
    around: Vec<Around>,
    units: Vec<TextUnit>,
}

/// An element that is open: its sign, and the form of the text that stands in it directly.
struct Around {
    sign: char,
    form: UnitForm,
}

impl<'t> UnitReader<'t> {
    pub(super) fn new(text: &'t EventText<'t>) -> Self {
        Self { text, around: Vec::new(), units: Vec::new() }
    }

    pub(super) fn read(mut self) -> Vec<TextUnit> {
        let mut at = 0;
        while let Some((event, _)) = self.text.events.get(at) {
            match event {
                Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => {
                    at = self.text.end_of(at)
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = self.text.end_of(at);
                    self.html(at + 1..end);
                    at = end;
                }
                Event::Start(tag) if !is_inline(tag) => self.around.push(Around::of(tag)),
                Event::End(end) if !is_inline_end(*end) => drop(self.around.pop()),
                Event::Rule | Event::Html(_) | Event::TaskListMarker(_) => {}
                _ => {
                    let end = self.end_of_run(at);
                    self.run(at..end);
                    at = end;
                    continue;
                }
            }
            at += 1;
        }
        self.units
    }

    fn end_of_run(&self, at: usize) -> usize {
        let is_block = |(event, _): &LocatedEvent<'_>| match event {
            Event::Start(tag) => !is_inline(tag),
            Event::End(end) => !is_inline_end(*end),
            Event::Rule | Event::Html(_) => true,
            _ => false,
        };
        let rest = &self.text.events[at..];
        at + rest.iter().position(is_block).unwrap_or(rest.len())
    }

    /// Cuts the text in the events of `run`, which stand directly in one element.
    fn run(&mut self, run: Range<usize>) {
        let form = self.around.last().map_or(UnitForm::Paragraph, |around| around.form);
        let mut lines = lines(self.text.events, run.clone());
        let title = self.title_of_callout(run.start);
        if let Some(start) = title {
            let first = lines.remove(0);
            self.unit(first, UnitForm::CalloutTitle, Some(start));
        }
        // A picture or embed that stands alone in its line stays there.
        let is_alone = |line: &Range<usize>| {
            matches!(self.text.events[line.start].0, Event::Start(Tag::Image { .. }))
                && self.text.end_of(line.start) + 1 == line.end
        };
        let alone: Vec<bool> =
            lines.iter().map(|line| !line.is_empty() && is_alone(line)).collect();
        let mut from = 0;
        while from < lines.len() {
            let mut to = from + 1;
            while !alone[from] && to < lines.len() && !alone[to] {
                to += 1;
            }
            self.unit(lines[from].start..lines[to - 1].end, form, None);
            from = to;
        }
    }

    /// Returns the place in the text at which the title of a callout begins, if `at` is the first event of one.
    fn title_of_callout(&self, at: usize) -> Option<usize> {
        let above = at.checked_sub(2).map(|above| &self.text.events[above..at]);
        let opens = matches!(
            above,
            Some([(Event::Start(Tag::BlockQuote(None)), _), (Event::Start(Tag::Paragraph), _)])
        );
        let (Event::Text(text), range) = &self.text.events[at] else { return None };
        let rest = text.strip_prefix("[!").filter(|_| opens)?.split_once(']')?.1;
        let rest = rest.strip_prefix(['-', '+']).unwrap_or(rest).trim_start();
        (self.text.edited.text.get(range.clone()) == Some(&**text)).then(|| range.end - rest.len())
    }

    /// Adds the unit that consists of the events in `inner`, from `start` on if the first is not whole.
    fn unit(&mut self, inner: Range<usize>, form: UnitForm, start: Option<usize>) {
        let Some(((_, first), (last, end))) =
            self.text.events.get(inner.start).zip(self.text.events[inner.clone()].last())
        else {
            return;
        };
        let text = &*self.text.edited.text;
        // In a table, a bar is escaped whatever stands before its backslash.
        let before = text.as_bytes()[..first.start].iter().rev();
        let backslashes = before.take_while(|byte| **byte == b'\\').count();
        let own = if form == UnitForm::Cell { backslashes } else { backslashes % 2 };
        let start = start.unwrap_or(first.start - own);
        let mut range = self.text.in_file(start..end.end.max(start));
        let mut name = None;
        if let Event::Text(text) = last
            && let Some(id) = id_of(text)
            && !matches!(form, UnitForm::Heading(_) | UnitForm::Cell)
            && let Some(rest) = self.text.file[range.clone()].strip_suffix(id)
        {
            name = Some(id.to_owned());
            let rest = rest[..rest.len() - 1].trim_end_matches([' ', '\t', '\r', '\n', '>']);
            range.end = range.start + rest.len();
        }
        self.push(range, inner, form, name);
    }

    /// Adds a block of raw HTML.
    fn html(&mut self, inner: Range<usize>) {
        let Some(((_, first), (_, last))) =
            self.text.events.get(inner.start).zip(self.text.events[inner.clone()].last())
        else {
            return;
        };
        let mut range = self.text.in_file(first.start..last.end);
        range.end = range.start + self.text.file[range.clone()].trim_end().len();
        self.push(range, inner, UnitForm::Html, None);
    }

    fn push(
        &mut self,
        range: Range<usize>,
        inner: Range<usize>,
        form: UnitForm,
        name: Option<String>,
    ) {
        let within: String = self.around.iter().map(|around| around.sign).collect();
        let quotes = within.matches('>').count();
        let (marks, breaks) = MarkReader::new(self.text, range.clone(), quotes).read(inner, form);
        let line = self.text.file[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let margin = self.text.file[line..range.start].chars();
        let margin = margin.map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect();
        let mut unit =
            TextUnit { form, within, range, marks, breaks, margin, name, has_words: false };
        unit.has_words = unit.words(self.text.file);
        self.units.push(unit);
    }
}

impl Around {
    fn of(tag: &Tag<'_>) -> Self {
        let (sign, form) = match tag {
            Tag::BlockQuote(_) => ('>', UnitForm::Paragraph),
            Tag::List(None) => ('-', UnitForm::Entry),
            Tag::List(Some(_)) => ('1', UnitForm::Entry),
            Tag::Item => ('*', UnitForm::Entry),
            Tag::FootnoteDefinition(_) => ('^', UnitForm::Paragraph),
            Tag::Table(_) => ('|', UnitForm::Cell),
            Tag::TableHead => ('h', UnitForm::Cell),
            Tag::TableRow => ('r', UnitForm::Cell),
            Tag::TableCell => ('c', UnitForm::Cell),
            Tag::DefinitionList => (':', UnitForm::Definition),
            Tag::DefinitionListTitle => ('t', UnitForm::Term),
            Tag::DefinitionListDefinition => ('d', UnitForm::Definition),
            Tag::Heading { level, .. } => ('#', UnitForm::Heading(*level as u8)),
            _ => ('p', UnitForm::Paragraph),
        };
        Self { sign, form }
    }
}
