//! Links and pictures that lead nowhere, in books that allow them: readers get the text, and no link
//! that does nothing.

use std::cell::Cell;
use std::ops::Range;

const END: &str = "</a>";

/// Removes the beginning of a link from the end of `html`; its address would stand at byte `at` of
/// `body`. Returns the places in the body at which its text begins and its end tag stands.
pub(super) fn link(html: &mut String, body: &str, at: u32) -> (u32, Option<u32>) {
    html.truncate(html.rfind('<').unwrap_or(html.len()));
    let from = end_of_tag(body, at);
    let end = body[from..].find(END).map(|length| (from + length) as u32);
    (from as u32, end)
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

/// The parts of a stretch of a body that are left without the end tag at `end`.
pub(super) fn without(part: Range<u32>, end: &Cell<Option<u32>>) -> [Range<u32>; 2] {
    match end.get().filter(|end| part.contains(end)) {
        Some(at) => {
            end.set(None);
            [part.start..at, at + END.len() as u32..part.end]
        }
        None => [part.clone(), part.end..part.end],
    }
}
