//! The events that pulldown-cmark makes of a text, and the names of its links.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CowStr, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::located::LocatedEvent;
use super::{highlighted, scripts};

/// The extensions of Markdown that notes may use.
pub(crate) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_SUPERSCRIPT)
    .union(Options::ENABLE_WIKILINKS);

/// A text as Markdown's parser reads it.
pub(crate) struct ParsedEvents<'t> {
    pub(crate) events: Vec<LocatedEvent<'t>>,
    /// The names that lines such as `[name]: address` explain, sorted.
    pub(crate) labels: Vec<String>,
    /// Links by names that no line explains.
    pub(crate) undefined: Vec<(Range<usize>, String)>,
}

impl<'t> ParsedEvents<'t> {
    /// Reads the Markdown of a text.
    pub(crate) fn new(markdown: &'t str) -> Self {
        let mut undefined = Vec::new();
        let mut broken = |link: BrokenLink<'_>| {
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                undefined.push((link.span, link.reference.into_string()));
            }
            None::<(CowStr<'_>, CowStr<'_>)>
        };
        let parser = Parser::new_with_broken_link_callback(markdown, OPTIONS, Some(&mut broken));
        let mut parser = parser.into_offset_iter();
        // Most texts have an event for every so many bytes, or fewer.
        let mut events = Vec::with_capacity(markdown.len() / 24);
        if highlighted::may_be_in(markdown) {
            let marked = highlighted::mark(markdown, parser.by_ref());
            events.extend(TextMergeWithOffset::new(marked.into_iter()));
        } else {
            events.extend(TextMergeWithOffset::new(parser.by_ref()))
        }
        if scripts::may_be_in(markdown) {
            scripts::settle(markdown, &mut events);
        }
        let known = parser.reference_definitions().iter();
        let mut labels: Vec<String> = known.map(|(label, _)| label.to_owned()).collect();
        drop(parser);
        labels.sort_unstable();
        Self { events, labels, undefined }
    }
}

/// Says whether the element stands within a line.
pub(crate) fn is_inline(tag: &Tag<'_>) -> bool {
    use Tag::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(
        tag,
        Emphasis | Strong | Strikethrough | Superscript | Subscript | Link { .. } | Image { .. }
    )
}

/// Says whether an element that ends stands within a line.
pub(crate) fn is_inline_end(end: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(end, Emphasis | Strong | Strikethrough | Superscript | Subscript | Link | Image)
}
