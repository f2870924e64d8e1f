//! The footnotes of a note: their texts, and those that are cited.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::parse::text::LocatedEvent;

/// The footnotes of a note.
#[derive(Default)]
pub(crate) struct Footnotes {
    /// The definitions by label; the first of two counts.
    pub(crate) definitions: BTreeMap<String, FootnoteDefinition>,
    /// The places where a label is given a text, in the order of the Markdown.
    pub(crate) places: Vec<(String, Range<usize>)>,
    /// Those cited so far, with their ids and how often each was cited.
    pub(crate) cited: Vec<CitedFootnote>,
}

/// The text of a footnote.
pub(crate) struct FootnoteDefinition {
    /// The events of the text.
    pub(crate) events: Range<usize>,
    /// Its place among those cited, once it is.
    pub(crate) place: Option<usize>,
}

/// A footnote that is cited.
pub(crate) struct CitedFootnote {
    pub(crate) label: String,
    pub(crate) id: String,
    /// The number of its citations.
    pub(crate) times: u32,
}

impl Footnotes {
    /// Finds the texts of footnotes.
    pub(crate) fn find(events: &[LocatedEvent<'_>]) -> Self {
        let mut definitions = BTreeMap::new();
        let mut places = Vec::new();
        for (at, (event, range)) in events.iter().enumerate() {
            let Event::Start(Tag::FootnoteDefinition(label)) = event else { continue };
            let inner = events[at + 1..].iter();
            let is_end = |(event, _): &LocatedEvent<'_>| {
                matches!(event, Event::End(pulldown_cmark::TagEnd::FootnoteDefinition))
            };
            let length = inner.take_while(|located| !is_end(located)).count();
            places.push((label.to_string(), range.clone()));
            let definition = FootnoteDefinition { events: at + 1..at + 1 + length, place: None };
            definitions.entry(label.to_string()).or_insert(definition);
        }
        Self { definitions, places, cited: Vec::new() }
    }
}
