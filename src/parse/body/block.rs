//! Blocks: paragraphs with their numbers and ids, headings, lists, tables, code.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::block_id::id_of;
use super::parser::BodyParser;
use crate::bidi::tidied;
use crate::note::{Heading, HoleKind, ListKind};
use crate::parse::text::{LocatedEvent, is_inline};
use crate::parse::text_rule::TextEvent;
use crate::slug::{OF_PAGE, slug};

impl<'t> BodyParser<'t, '_> {
    pub(crate) fn paragraph(&mut self, at: usize) -> usize {
        let end = self.events.end_of(at);
        if let Some(id) = lone_block_id(&self.events.list[at + 1..end]) {
            if self.to.anchor_last_block(&id) {
                self.to.anchors.push(id.into());
            }
            return end + 1;
        }
        self.paragraph_with_embeds(at + 1..end)
    }

    /// Writes a paragraph that consists of the events in `inner`, or opens it, and returns where to go on. Embeds
    /// that stand alone on their lines are shown in place, and the lines between them are paragraphs of
    /// their own.
    pub(crate) fn paragraph_with_embeds(&mut self, inner: Range<usize>) -> usize {
        if !self.find_lone_embeds(inner.clone()) {
            self.open_paragraph(inner.clone());
            return inner.start;
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
            self.open_paragraph(lines.clone());
            self.run(lines);
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

    /// Opens a paragraph that consists of the events in `inner`.
    pub(crate) fn open_paragraph(&mut self, inner: Range<usize>) {
        let top = self.to.is_top();
        self.to.open("p");
        let has_id = self.block_id(inner);
        let Some(number) = self.number.as_mut().filter(|_| top) else {
            return self.to.markup(">");
        };
        *number += 1;
        let number = number.to_string();
        let anchor = format!("p-{number}");
        if !has_id {
            self.to.anchor_block(&anchor);
        }
        self.to.markup(" class=\"numbered\"><a class=\"number\"");
        if has_id {
            self.to.hole(HoleKind::Id(anchor.as_str().into()));
        }
        self.to.hole(HoleKind::Own(anchor.as_str().into()));
        self.to.markup(">");
        self.to.markup(&number);
        self.to.markup("</a> ");
        self.to.anchors.push(anchor.into());
    }

    /// Takes ` ^id` from the end of the text in `inner`, or from a last line of its own, and gives it to
    /// the element just opened.
    pub(crate) fn block_id(&mut self, inner: Range<usize>) -> bool {
        let Some(last) = inner.end.checked_sub(1).filter(|last| *last >= inner.start) else {
            return false;
        };
        let Event::Text(text) = &self.events.list[last].0 else { return false };
        let Some(id) = id_of(text).map(str::to_owned) else { return false };
        if text.len() == id.len() + 1 {
            let before = last.checked_sub(1).filter(|before| *before > inner.start);
            match before.map(|before| &mut self.events.list[before].0) {
                Some(event @ Event::SoftBreak) => *event = Event::Text("".into()),
                _ => return false,
            }
        }
        let Event::Text(text) = &self.events.list[last].0 else { return false };
        let rest = text[..text.len() - id.len() - 1].trim_end().to_owned();
        self.events.list[last].0 = Event::Text(rest.into());
        self.to.anchor_block(&id);
        self.to.anchors.push(id.into());
        true
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
        self.to.markup(">");
        let heading =
            Heading { level: level as u8, anchor: anchor.into(), text, slug: slug.into() };
        self.headings.push(heading);
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
        if let Some(number) = self.lists.last_mut().and_then(|list| list.number.as_mut()) {
            *number = number.saturating_add(1);
        }
        self.to.entry_of(list);
        let direct = self.events.list[at + 1..].iter();
        let text = direct.take_while(|(event, _)| is_text_of_item(event)).count();
        self.block_id(at + 1..at + 1 + text);
        self.to.markup(">");
        self.find_lone_embeds(at + 1..at + 1 + text);
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

/// Returns the id of a paragraph of `^id` alone, which names the block before it.
fn lone_block_id(inner: &[LocatedEvent<'_>]) -> Option<String> {
    let [(Event::Text(text), _)] = inner else { return None };
    id_of(text).filter(|id| text.len() == id.len() + 1).map(str::to_owned)
}
