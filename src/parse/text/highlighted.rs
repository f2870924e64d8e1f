//! `==Highlighted==` text, as in Obsidian: an element `mark`.

use memchr::memmem;
use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::located::LocatedEvent;

const SIGN: &str = "==";

/// Says whether a text has signs that may highlight.
pub(crate) fn may_be_in(markdown: &str) -> bool {
    memmem::find(markdown.as_bytes(), SIGN.as_bytes()).is_some()
}

/// Puts an element around each highlighted text. It begins and ends within one element
/// and next to a letter or other sign: `a == b` stays as it is.
pub(crate) fn mark<'t>(
    markdown: &str,
    events: impl Iterator<Item = LocatedEvent<'t>>,
) -> Vec<LocatedEvent<'t>> {
    let mut marked: Vec<LocatedEvent<'t>> = Vec::new();
    // For each open element, whether text in it is plain, and where in `marked` a sign is that may
    // open.
    let mut open: Vec<(bool, Option<usize>)> = vec![(true, None)];
    for (event, range) in events {
        let plain = open.last().is_none_or(|element| element.0);
        match &event {
            Event::Start(tag) => open.push((plain && !is_literal(tag), None)),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if plain && markdown.get(range.clone()) == Some(&**text) => {
                let mut from = range.start;
                for (at, _) in markdown[range.clone()].match_indices(SIGN) {
                    let at = range.start + at;
                    let after = at + SIGN.len();
                    let Some((_, opener)) = open.last_mut() else { continue };
                    let (can_open, can_close) = sides(markdown, at);
                    let closes = can_close && opener.is_some();
                    if !closes && !can_open {
                        continue;
                    }
                    let text = |range: std::ops::Range<usize>| {
                        let part = markdown[range.clone()].to_owned();
                        (Event::Text(CowStr::from(part)), range)
                    };
                    marked.push(text(from..at));
                    marked.push(text(at..after));
                    from = after;
                    let this = marked.len() - 1;
                    match opener.take().filter(|_| closes) {
                        Some(opener) => {
                            marked[opener].0 = Event::InlineHtml(CowStr::Borrowed("<mark>"));
                            marked[this].0 = Event::InlineHtml(CowStr::Borrowed("</mark>"));
                        }
                        None => *opener = Some(this),
                    }
                }
                let rest = markdown[from..range.end].to_owned();
                if from == range.start {
                    marked.push((event, range))
                } else {
                    marked.push((Event::Text(CowStr::from(rest)), from..range.end))
                }
                continue;
            }
            _ => {}
        }
        marked.push((event, range));
    }
    marked
}

/// Says whether the text of an element is shown as it is written.
fn is_literal(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => true,
        Tag::Link { link_type, .. } => matches!(link_type, LinkType::Autolink | LinkType::Email),
        _ => false,
    }
}

/// Says whether the sign at `at` may open, and whether it may close. Longer rows of it do neither.
fn sides(markdown: &str, at: usize) -> (bool, bool) {
    let before = markdown[..at].chars().next_back();
    let after = markdown[at + SIGN.len()..].chars().next();
    if before == Some('=') || before == Some('\\') || after == Some('=') {
        return (false, false);
    }
    let is_near = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    (is_near(after), is_near(before))
}
