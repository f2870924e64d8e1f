//! A reader of YAML with places. It keeps each value as it is written and gives it no type: the key that takes it
//! says what it is. Of YAML's features, those that make one value stand for another are refused: anchors, aliases,
//! merge keys and tags. So a text costs time and memory in proportion to its length.

mod fault;
mod lines;

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{
    Event, Options, Parser, ScalarStyle, Span as EventSpan, StrInput, StructureStyle,
};
use rustc_hash::FxHashSet;

pub(super) use fault::YamlFault;
use fault::YamlFaultKind;
pub(super) use lines::{quoted_value, setting_around};

/// The most values of one text. Each takes about a hundred bytes of memory.
const MOST_NODES: usize = 100_000;

/// The longest text, in bytes. Each line of a text over several lines takes a hundred bytes of memory.
const LONGEST: usize = 1024 * 1024;

/// The greatest depth to which values lie in each other.
const DEEPEST: usize = 64;

/// A value and its place, which includes its quotes or brackets.
#[derive(Debug)]
pub(super) struct YamlNode<'t> {
    pub(super) place: Range<usize>,
    pub(super) value: YamlValue<'t>,
}

/// A value as it is written.
#[derive(Debug)]
pub(super) enum YamlValue<'t> {
    /// A text in quotes, or in a block of lines.
    Text(Cow<'t, str>),
    /// A value without quotes.
    Bare(Cow<'t, str>),
    /// Nothing, or the sign for it: `~` or `null`.
    Nothing,
    /// Several values.
    List(Vec<YamlNode<'t>>),
    /// A part with keys of its own.
    Part(Vec<YamlEntry<'t>>),
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct YamlEntry<'t> {
    pub(super) key: Cow<'t, str>,
    /// The place of the key.
    pub(super) place: Range<usize>,
    pub(super) node: YamlNode<'t>,
}

/// The settings of a text.
#[derive(Debug, Default)]
pub(super) struct YamlTree<'t> {
    pub(super) entries: Vec<YamlEntry<'t>>,
    /// The parts that are YAML, and that front matter may not hold.
    pub(super) refused: Vec<YamlFault>,
}

/// Reads the settings of a text; fails at the first place that is no YAML.
pub(super) fn tree(text: &str) -> Result<YamlTree<'_>, YamlFault> {
    if text.len() > LONGEST {
        return Err(YamlFault::new(YamlFaultKind::TooLong, 0..0));
    }
    let mut options = Options::default();
    options.disallow_directives = true;
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = DEEPEST;
    options.block_nesting_limit = DEEPEST;
    let events = Parser::new_from_str_with_options(text, options);
    let mut reading = TreeReader { text, events, end: 0, count: 0, refused: Vec::new() };
    let entries = reading.settings()?;
    Ok(YamlTree { entries, refused: reading.refused })
}

/// A reading of a text, event by event.
struct TreeReader<'t> {
    text: &'t str,
    events: Parser<'t, StrInput<'t>>,
    /// The end of what was read last.
    end: usize,
    /// The number of values so far.
    count: usize,
    refused: Vec<YamlFault>,
}

type ReadEvent<'t> = (Event<'t>, Range<usize>);

impl<'t> TreeReader<'t> {
    fn next(&mut self) -> Result<ReadEvent<'t>, YamlFault> {
        let place = |span: EventSpan| span.byte_range().unwrap_or_default();
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, place(span))),
            Some(Err(error)) => Err(YamlFault::of_parser(self.text, &error)),
            None => Ok((Event::StreamEnd, self.text.len()..self.text.len())),
        }
    }

    /// Reads the settings of the whole text.
    fn settings(&mut self) -> Result<Vec<YamlEntry<'t>>, YamlFault> {
        let mut entries = None;
        loop {
            let (event, place) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(entries.unwrap_or_default()),
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                _ if entries.is_some() => {
                    return Err(YamlFault::new(YamlFaultKind::SecondDocument, place));
                }
                event => {
                    let node = self.node(event, place)?;
                    entries = Some(match node.value {
                        YamlValue::Part(entries) => entries,
                        YamlValue::Nothing => Vec::new(),
                        _ => return Err(YamlFault::new(YamlFaultKind::Line, node.place)),
                    });
                }
            }
        }
    }

    /// Reads the value that begins with `event`.
    fn node(&mut self, event: Event<'t>, place: Range<usize>) -> Result<YamlNode<'t>, YamlFault> {
        self.count += 1;
        if self.count > MOST_NODES {
            return Err(YamlFault::new(YamlFaultKind::TooMany, place));
        }
        let from = std::mem::replace(&mut self.end, place.end);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), from, place.start);
                Ok(self.scalar(text, style, from, place))
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), from, place.start);
                self.list(style, place)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), from, place.start);
                self.part(style, place)
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refused.push(YamlFault::new(YamlFaultKind::Alias, place.clone()));
                Ok(YamlNode { place, value: YamlValue::Nothing })
            }
            _ => Err(YamlFault::new(YamlFaultKind::Line, place)),
        }
    }

    /// Refuses a name or a type that stands before a value, between `from` and `to`.
    fn refuse_properties(&mut self, anchor: usize, is_tagged: bool, from: usize, to: usize) {
        let before = self.text.get(from..to).unwrap_or_default();
        let mut refuse = |kind, sign: char| {
            let start = before.find(sign).unwrap_or(0);
            let length = before[start..].find(char::is_whitespace);
            let end = length.map_or(before.len(), |length| start + length);
            self.refused.push(YamlFault::new(kind, from + start..from + end));
        };
        if anchor > 0 {
            refuse(YamlFaultKind::Anchor, '&');
        }
        if is_tagged {
            refuse(YamlFaultKind::Tag, '!');
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        from: usize,
        place: Range<usize>,
    ) -> YamlNode<'t> {
        match style {
            ScalarStyle::Plain if place.is_empty() || matches!(&*text, "~" | "null") => {
                YamlNode { place, value: YamlValue::Nothing }
            }
            ScalarStyle::Plain => YamlNode { place, value: YamlValue::Bare(text) },
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                YamlNode { place, value: YamlValue::Text(text) }
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                // The sign above the lines belongs to the value, and the line break below them does not.
                let before = self.text.get(from..place.start).unwrap_or_default();
                let start = before.find(['|', '>']).map_or(place.start, |at| from + at);
                let written = self.text.get(start..place.end).unwrap_or_default();
                let place = start..start + written.trim_end().len();
                let text = match text {
                    Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches('\n')),
                    Cow::Owned(text) => Cow::Owned(text.trim_end_matches('\n').to_owned()),
                };
                YamlNode { place, value: YamlValue::Text(text) }
            }
        }
    }

    fn list(
        &mut self,
        style: StructureStyle,
        start: Range<usize>,
    ) -> Result<YamlNode<'t>, YamlFault> {
        let mut items = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                let node = self.closed(style, start.start, place, YamlValue::List(items));
                return Ok(self.as_link(node));
            }
            items.push(self.node(event, place)?);
        }
    }

    /// Returns a link such as `[[x]]`, which is a list in a list to YAML, as what it is meant to be.
    fn as_link(&self, node: YamlNode<'t>) -> YamlNode<'t> {
        let YamlValue::List(items) = &node.value else { return node };
        let [YamlNode { place, value: YamlValue::List(_) }] = items.as_slice() else { return node };
        let written = self.text.get(node.place.clone()).unwrap_or_default();
        let is_tight = place.start == node.place.start + 1 && place.end + 1 == node.place.end;
        let inner = written.strip_prefix("[[").and_then(|written| written.strip_suffix("]]"));
        if !is_tight || inner.is_none_or(|inner| inner.contains(['"', '\'', '\n', '[', ']'])) {
            return node;
        }
        YamlNode { place: node.place, value: YamlValue::Bare(Cow::Borrowed(written)) }
    }

    fn part(
        &mut self,
        style: StructureStyle,
        start: Range<usize>,
    ) -> Result<YamlNode<'t>, YamlFault> {
        let mut entries: Vec<YamlEntry<'t>> = Vec::new();
        let mut known = FxHashSet::default();
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(self.closed(style, start.start, place, YamlValue::Part(entries)));
            }
            let key = self.node(event, place)?;
            let (event, place) = self.next()?;
            let node = self.node(event, place)?;
            let (text, place) = match key {
                YamlNode { value: YamlValue::Bare(text) | YamlValue::Text(text), place } => {
                    (text, place)
                }
                // What was refused is a key no more.
                YamlNode { value: YamlValue::Nothing, place } if !place.is_empty() => {
                    (Cow::Borrowed(self.text.get(place.clone()).unwrap_or_default()), place)
                }
                YamlNode { place, .. } => {
                    self.refused.push(YamlFault::new(YamlFaultKind::Key, place));
                    continue;
                }
            };
            if text == "<<" {
                self.refused.push(YamlFault::new(YamlFaultKind::Merge, place));
            } else if !known.insert(text.clone()) {
                let kind = YamlFaultKind::SetTwice(text.into_owned());
                self.refused.push(YamlFault::new(kind, place));
            } else {
                entries.push(YamlEntry { key: text, place, node });
            }
        }
    }

    /// Returns a list or part that ends with the event at `last`. One without brackets ends with its last value.
    fn closed(
        &mut self,
        style: StructureStyle,
        start: usize,
        last: Range<usize>,
        value: YamlValue<'t>,
    ) -> YamlNode<'t> {
        let within = match &value {
            YamlValue::List(items) => items.last().map(|item| item.place.end),
            YamlValue::Part(entries) => entries.last().map(|entry| entry.node.place.end),
            _ => None,
        };
        let end = match (style, within) {
            (StructureStyle::Block, Some(end)) => end.max(start),
            (StructureStyle::Block, None) => start,
            (StructureStyle::Flow, _) => last.end,
        };
        self.end = end;
        YamlNode { place: start..end, value }
    }
}
