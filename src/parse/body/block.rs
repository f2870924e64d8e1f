//! Blocks: paragraphs with their numbers and ids, headings, lists, tables, code.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::block_id::id_of;
use super::parser::BodyParser;
use crate::bidi::tidied;
use crate::note::{Heading, HoleKind, ListKind, NumberedPart};
use crate::parse::text::{LocatedEvent, is_inline};
use crate::parse::text_rule::TextEvent;
use crate::slug::{OF_PAGE, slug};

impl<'t> BodyParser<'t, '_> {
    pub(crate) fn paragraph(&mut self, at: usize) -> usize {
        let end = self.events.end_of(at);
        if let Some(id) = lone_block_id(&self.events.list[at + 1..end]) {
            self.to.anchor_last_block(&id);
            return end + 1;
        }
        self.paragraph_with_embeds(at + 1..end)
    }

    /// Writes a paragraph that consists of the events in `inner`, or opens it, and returns where to go on. Embeds
    /// that stand alone on their lines are shown in place, and the lines between them are paragraphs of
    /// their own.
    pub(crate) fn paragraph_with_embeds(&mut self, inner: Range<usize>) -> usize {
        if !self.find_lone_embeds(inner.clone()) {
            return self.open_paragraph(inner);
        }
        let mut text = inner.start..inner.start;
        for line in self.events.lines(inner.clone()) {
            if !self.lone_embeds.contains(&line.start) {
                text.end = line.end;
                continue;
            }
            self.paragraph_of(text);
            self.run(line.clone());
            self.to.end_passage();
            text = line.end + 1..line.end + 1;
        }
        self.paragraph_of(text);
        inner.end + 1
    }

    /// Writes a paragraph that consists of some lines, if there are any.
    fn paragraph_of(&mut self, lines: Range<usize>) {
        if !lines.is_empty() {
            let start = self.open_paragraph(lines.clone());
            self.run(start..lines.end);
            self.to.end_passage();
            self.to.close("</p>\n");
        }
    }

    /// Finds the lines of a text that are an embed and nothing else, and says whether there are any.
    fn find_lone_embeds(&mut self, inner: Range<usize>) -> bool {
        let has_picture =
            |(event, _): &LocatedEvent<'_>| matches!(event, Event::Start(Tag::Image { .. }));
        if !self.events.list[inner.clone()].iter().any(has_picture) {
            return false;
        }
        let lines = self.events.lines(inner).into_iter();
        let alone: Vec<_> = lines.filter(|line| self.is_lone_embed(line.clone())).collect();
        self.lone_embeds.extend(alone.iter().map(|line| line.start));
        !alone.is_empty()
    }

    /// Opens a paragraph that consists of the events in `inner`, and returns where its text begins: after
    /// the number, if its writer gave it one.
    pub(crate) fn open_paragraph(&mut self, inner: Range<usize>) -> usize {
        let top = self.to.is_top();
        self.to.open("p");
        let own = self.block_id(inner.clone());
        let (number, start) = match self.number.as_mut() {
            Some(number) if top => {
                *number += 1;
                (Some(*number), inner.start)
            }
            Some(_) => (None, inner.start),
            None => self.written_number(inner, own.is_some()),
        };
        match number {
            Some(number) => self.number_paragraph(number, own),
            None => self.to.markup(">"),
        }
        start
    }

    /// Writes the number of the paragraph just opened, which leads to itself. `own` is the index of the anchor that
    /// its writer gave it.
    fn number_paragraph(&mut self, number: u32, own: Option<u32>) {
        // That of an own number may be taken; those of the others are reserved.
        let made = format!("p-{number}");
        let is_counted = self.number.is_some();
        let part = own.unwrap_or_else(|| self.to.anchor_block(&made));
        let anchor = match own {
            Some(own) if !is_counted => self.to.anchors[own as usize].clone(),
            _ => made.as_str().into(),
        };
        self.to.markup(" class=\"numbered\"><a class=\"number\"");
        if own.is_some() && is_counted {
            self.to.hole(HoleKind::Id(made.as_str().into()));
            self.to.anchors.push(made.into());
        }
        self.to.hole(HoleKind::Own(anchor));
        self.to.markup(" aria-label=\"");
        self.to.hole(HoleKind::Word("paragraph"));
        self.to.markup(&format!(" {number}\">{number}</a> "));
        self.numbered.push(NumberedPart { number, anchor: part, below: None });
    }

    /// Takes the number from the beginning of a paragraph such as `¶9. Text` or `**¶9.** Text`, and returns it
    /// with the place where the text goes on. Where the anchor of that number is taken, the paragraph has none.
    fn written_number(&mut self, inner: Range<usize>, has_anchor: bool) -> (Option<u32>, usize) {
        let none = (None, inner.start);
        let is_strong = match self.events.list.get(inner.start) {
            Some((Event::Start(Tag::Strong | Tag::Emphasis), _)) => true,
            Some((Event::Text(_), _)) => false,
            _ => return none,
        };
        let at = inner.start + usize::from(is_strong);
        let Some((Event::Text(text), _)) = self.events.list.get(at) else { return none };
        let Some((number, has_sign, rest)) = number_of_paragraph(text) else { return none };
        let is_alone = matches!(self.events.list.get(at + 1), Some((Event::End(_), _)));
        let is_number = if is_strong { rest.is_empty() && is_alone } else { has_sign };
        if !is_number {
            return none;
        }
        if !has_anchor && !self.to.ids.reserve(&format!("p-{number}")) {
            return none;
        }
        let rest = rest.to_owned();
        let start = if is_strong { at + 2 } else { at };
        if let Some((Event::Text(text), _)) = self.events.list.get_mut(start) {
            let rest = if is_strong { text.trim_start().to_owned() } else { rest };
            *text = rest.into();
        }
        (Some(number), start)
    }

    /// Takes ` ^id` from the end of the text in `inner`, or from a last line of its own, and gives it to
    /// the element just opened. Returns the index of its anchor.
    pub(crate) fn block_id(&mut self, inner: Range<usize>) -> Option<u32> {
        let last = inner.end.checked_sub(1).filter(|last| *last >= inner.start)?;
        let Event::Text(text) = &self.events.list[last].0 else { return None };
        let id = id_of(text).map(str::to_owned)?;
        if text.len() == id.len() + 1 {
            let before = last.checked_sub(1).filter(|before| *before > inner.start);
            match before.map(|before| &mut self.events.list[before].0) {
                Some(event @ Event::SoftBreak) => *event = Event::Text("".into()),
                _ => return None,
            }
        }
        let Event::Text(text) = &self.events.list[last].0 else { return None };
        let rest = text[..text.len() - id.len() - 1].trim_end().to_owned();
        self.events.list[last].0 = Event::Text(rest.into());
        Some(self.to.anchor_block(&id))
    }

    pub(crate) fn heading(&mut self, level: HeadingLevel, id: Option<CowStr<'t>>, at: usize) {
        let text = self.events.plain_text(at + 1..self.events.end_of(at));
        let is_empty =
            text.trim().is_empty() && self.events.list[at + 1..self.events.end_of(at)].is_empty();
        let place = self.events.place_of(at);
        self.to.visit(&TextEvent::Heading {
            level: level as u8,
            words: &text,
            is_empty,
            at: place,
        });
        if is_empty {
            self.to.open(["h1", "h2", "h3", "h4", "h5", "h6"][level as usize - 1]);
            return self.to.markup(">");
        }
        let slug = slug(&text);
        let anchor = match id.filter(|id| !id.starts_with(OF_PAGE)) {
            Some(id) => id.to_string(),
            None => self.to.ids.take(&slug),
        };
        let text = tidied(&text).text.into_owned();
        self.to.begin_section(level as u8, &anchor);
        self.to.open(["h1", "h2", "h3", "h4", "h5", "h6"][level as usize - 1]);
        self.to.hole(HoleKind::Id(anchor.as_str().into()));
        self.to.heading_of(self.headings.len());
        self.to.markup(">");
        let heading =
            Heading { level: level as u8, anchor: anchor.into(), text, slug: slug.into() };
        self.headings.push(heading);
        self.heading_spans.push(self.to.edited.span(self.events.list[at].1.clone()));
    }

    pub(crate) fn list(&mut self, start: Option<u64>, at: usize) {
        // The first item begins with its text, or with a paragraph where blank lines stand between.
        let mut first = self.events.list[at + 1..].iter().skip(1).map(|(event, _)| event);
        let is_paragraph = |event: &&Event<'_>| matches!(event, Event::Start(Tag::Paragraph));
        let tasks =
            matches!(first.find(|event| !is_paragraph(event)), Some(Event::TaskListMarker(_)));
        self.lists.push(ListKind { number: start, tasks });
        self.to.open(if start.is_some() { "ol" } else { "ul" });
        if let Some(start) = start.filter(|start| *start != 1) {
            self.to.attribute("start", &start.to_string());
        }
        self.to.markup(if tasks { " class=\"tasks\">\n" } else { ">\n" });
    }

    pub(crate) fn entry(&mut self, at: usize) {
        self.to.open("li");
        let list = self.lists.last().copied();
        let number = list.and_then(|list| list.number);
        if let Some(number) = self.lists.last_mut().and_then(|list| list.number.as_mut()) {
            *number = number.saturating_add(1);
        }
        self.to.entry_of(list);
        let direct = self.events.list[at + 1..].iter();
        let text = direct.take_while(|(event, _)| is_text_of_item(event)).count();
        let own = self.block_id(at + 1..at + 1 + text);
        self.number_entry(number.and_then(|number| number.try_into().ok()), own);
        self.to.markup(">");
        self.find_lone_embeds(at + 1..at + 1 + text);
    }

    /// Gives the entry just opened an anchor, if it is of a numbered list that stands below a heading and in nothing
    /// else. `own` is the index of the one that its writer gave it.
    fn number_entry(&mut self, number: Option<u32>, own: Option<u32>) {
        let below = self.headings.len().checked_sub(1).filter(|_| self.to.is_in_list_alone());
        let Some((number, below)) = number.zip(below) else { return };
        let part = own.or_else(|| {
            // No anchor made from a title holds a point, so only that of another such list can be taken.
            let anchor = format!("{}.{number}", self.headings[below].anchor);
            self.to.ids.reserve(&anchor).then(|| self.to.anchor_block(&anchor))
        });
        let below = Some(below as u32);
        self.numbered.extend(part.map(|anchor| NumberedPart { number, anchor, below }));
    }

    pub(crate) fn cell(&mut self) {
        let align = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Left | Alignment::None) | None => ">",
        };
        self.table.column += 1;
        if self.table.in_head {
            self.to.open("th");
            self.to.markup(" scope=\"col\"");
        } else {
            self.to.open("td")
        }
        self.to.markup(align);
    }

    pub(crate) fn code(&mut self, kind: CodeBlockKind<'t>, at: usize) -> usize {
        let end = self.events.end_of(at);
        let mut code = String::new();
        for inner in at + 1..end {
            if let (Event::Text(text), _) = self.events.take(inner) {
                code.push_str(&text);
            }
        }
        let language = match &kind {
            // A space would begin a second class, and classes are the theme's.
            CodeBlockKind::Fenced(info) => {
                let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '{');
                info.split(ends).next().unwrap_or_default()
            }
            CodeBlockKind::Indented => "",
        };
        if let CodeBlockKind::Fenced(_) = kind {
            let range = self.events.list[at].1.clone();
            self.to.visit(&TextEvent::CodeBlock { language, at: &range });
        }
        self.to.open("pre");
        self.to.markup(" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.to.attribute("class", &format!("language-{language}"));
        }
        self.to.markup(">");
        self.to.code_block(&code, language);
        self.to.end_passage();
        self.to.close("</code></pre>\n");
        end + 1
    }
}

/// Says whether the event belongs to the text of a list item, not to a block in it.
fn is_text_of_item(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline(tag),
        Event::End(end) => !matches!(end, TagEnd::Item),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

/// Returns the number that a text begins with, such as `¶9.`, whether a sign stands after it, and what follows.
fn number_of_paragraph(text: &str) -> Option<(u32, bool, &str)> {
    let rest = text.strip_prefix('¶')?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok().filter(|_| digits <= 6)?;
    let rest = &rest[digits..];
    let signed = rest.strip_prefix(['.', ':', ')']);
    let after = signed.unwrap_or(rest);
    let stands_apart = after.is_empty() || after.starts_with(char::is_whitespace);
    stands_apart.then(|| (number, signed.is_some(), after.trim_start()))
}

/// Returns the id of a paragraph of `^id` alone, which names the block before it.
fn lone_block_id(inner: &[LocatedEvent<'_>]) -> Option<String> {
    let [(Event::Text(text), _)] = inner else { return None };
    id_of(text).filter(|id| text.len() == id.len() + 1).map(str::to_owned)
}
