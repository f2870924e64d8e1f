//! The ends of links that need care: a link that leads nowhere, in a book that allows it, is shown as its text; a link
//! to a note that is superseded or withdrawn has a word behind it that says so.

use std::cell::Cell;
use std::ops::Range;

use pulldown_cmark_escape::escape_html;

const END: &str = "</a>";

/// The end tag of a link, by its place in a body, and what to do there.
#[derive(Clone, Copy)]
pub(super) enum LinkEnd<'a> {
    /// Leave out the tag.
    Dropped(u32),
    /// Write a word behind it.
    Marked(u32, &'a str),
}

/// Removes the beginning of a link from the end of `html`; its address would stand at byte `at` of
/// `body`. Returns the place in the body at which its text begins, and its end.
pub(super) fn dropped<'a>(html: &mut String, body: &str, at: u32) -> (u32, Option<LinkEnd<'a>>) {
    html.truncate(html.rfind('<').unwrap_or(html.len()));
    let from = end_of_tag(body, at) as u32;
    (from, end_tag(body, from).map(LinkEnd::Dropped))
}

/// The end of a link whose address stands at byte `at` of `body`, to be marked with a word.
pub(super) fn marked<'a>(body: &str, at: u32, word: &'a str) -> Option<LinkEnd<'a>> {
    end_tag(body, at).map(|end| LinkEnd::Marked(end, word))
}

/// The place of the next end tag of a link. Links hold no links, so it is that of the link in which `from` is.
fn end_tag(body: &str, from: u32) -> Option<u32> {
    body[from as usize..].find(END).map(|length| from + length as u32)
}

/// Removes the beginning of a picture in the same way, and writes its description. Returns the place in
/// the body at which the text goes on.
pub(super) fn picture(html: &mut String, body: &str, at: u32) -> u32 {
    let from = end_of_tag(body, at);
    let start = html.rfind('<').unwrap_or(html.len());
    let tag = format!("{}{}", &html[start..], &body[at as usize..from]);
    html.truncate(start);
    let words = tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split_once('"'));
    html.push_str(words.map_or("", |(words, _)| words));
    from as u32
}

/// Returns the end of the tag around byte `at`. The parser wrote the tag from parts, so that no other
/// `>` stands in it.
fn end_of_tag(body: &str, at: u32) -> usize {
    let at = at as usize;
    body[at..].find('>').map_or(at, |length| at + length + 1)
}

/// Writes a stretch of a body by `copy`, with the end of the link if it stands in the stretch.
pub(super) fn write(
    html: &mut String,
    part: Range<u32>,
    end: &Cell<Option<LinkEnd<'_>>>,
    copy: impl Fn(&mut String, Range<u32>),
) {
    let place = |end: &LinkEnd<'_>| match end {
        LinkEnd::Dropped(at) | LinkEnd::Marked(at, _) => *at,
    };
    let Some(here) = end.get().filter(|end| part.contains(&place(end))) else {
        copy(html, part);
        return;
    };
    end.set(None);
    let after = place(&here) + END.len() as u32;
    match here {
        LinkEnd::Dropped(at) => copy(html, part.start..at),
        LinkEnd::Marked(_, word) => {
            copy(html, part.start..after);
            html.push_str(" <span class=\"past-link\">(");
            let _ = escape_html(&mut *html, word);
            html.push_str(")</span>");
        }
    }
    copy(html, after..part.end);
}
