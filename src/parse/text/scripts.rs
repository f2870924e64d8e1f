//! Words set above the line, and what looks like them. Pandoc sets `^one^` above the line, GitHub and Obsidian
//! show it as it is typed. It is a word only if it stands apart, and is more than a sign or a letter: so
//! `^_^` and `user=^USER^&` stay as they are.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::located::LocatedEvent;

/// Says whether a text has carets that are none of footnotes.
pub(crate) fn may_be_in(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    memchr::memchr_iter(b'^', bytes).any(|at| at == 0 || bytes[at - 1] != b'[')
}

/// Makes carets text that set no word above the line.
pub(crate) fn settle(markdown: &str, events: &mut [LocatedEvent<'_>]) {
    let mut open: Vec<bool> = Vec::new();
    for (event, range) in events {
        let sign = match event {
            Event::Start(Tag::Superscript) => {
                open.push(is_word(markdown, range));
                Some(range.start..range.start + 1).filter(|_| open.last() == Some(&false))
            }
            Event::End(TagEnd::Superscript) => {
                Some(range.end - 1..range.end).filter(|_| open.pop() == Some(false))
            }
            _ => None,
        };
        if let Some(sign) = sign {
            (*event, *range) = (Event::Text("^".into()), sign);
        }
    }
}

/// Says whether the carets at the ends of a range have a word between them, and stand apart from others.
fn is_word(markdown: &str, range: &Range<usize>) -> bool {
    let text = markdown.get(range.start + 1..range.end - 1).unwrap_or_default();
    let is_sign = |c: char| matches!(c, '=' | '&' | '/' | '\\' | '^' | '`');
    let is_lone_letter = text.chars().count() == 1 && !text.contains(|c: char| c.is_numeric());
    text.contains(char::is_alphanumeric)
        && !is_lone_letter
        && !text.contains(char::is_whitespace)
        && !markdown[..range.start].ends_with(is_sign)
        && !markdown[range.end..].starts_with(is_sign)
}
