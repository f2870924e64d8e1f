//! The heading at the beginning of a text, which is the title of a note that has none in its front matter.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use super::text::OPTIONS;
use crate::bidi::tidied;
use crate::config::LONGEST_TEXT;

/// A heading at the beginning of a text.
pub(crate) struct LeadingHeading {
    /// Its words, without markup.
    pub(crate) title: String,
    /// Its lines.
    pub(crate) range: Range<usize>,
}

/// Returns the heading of the first level with which a text begins. Blank lines and comments may stand before it.
pub(crate) fn leading_heading(text: &str) -> Option<LeadingHeading> {
    let start = beginning(text);
    let first = line_end(text, start);
    let line = text[start..first].trim_end();
    let end = if line.starts_with('#') {
        first
    } else {
        // A line of equals signs makes a heading of the line above it.
        let second = line_end(text, first);
        let under = text[first..second].trim_end();
        (!under.is_empty() && under.bytes().all(|byte| byte == b'=')).then_some(second)?
    };
    let mut title = String::new();
    let mut events = Parser::new_ext(&text[start..end], OPTIONS);
    let Some(Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })) = events.next() else {
        return None;
    };
    for event in events {
        match event {
            Event::Text(words) | Event::Code(words) => title.push_str(&words),
            Event::SoftBreak | Event::HardBreak => title.push(' '),
            _ => {}
        }
    }
    let title = tidied(title.trim()).text.into_owned();
    let fits =
        !title.is_empty() && title.len() <= LONGEST_TEXT && !title.contains(char::is_control);
    fits.then_some(LeadingHeading { title, range: start..end })
}

/// Returns the start of the first line that says something.
fn beginning(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start_matches(['\n', '\r', ' ']);
        let line_start = text[..text.len() - rest.len()].rfind('\n').map_or(0, |at| at + 1);
        let start = line_start.max(at);
        let comment = [("<!--", "-->"), ("%%", "%%")].into_iter().find_map(|(open, close)| {
            let inner = rest.strip_prefix(open)?;
            let end = inner.find(close)? + open.len() + close.len();
            rest[end..].starts_with(['\n', '\r']).then_some(end)
        });
        match comment {
            Some(length) => at = text.len() - rest.len() + length,
            None => return start,
        }
    }
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}
