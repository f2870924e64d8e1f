//! Links and pictures that lead nowhere, in books that allow them: readers get their text, and no link that
//! does nothing.

use std::cell::Cell;
use std::ops::Range;

const END: &str = "</a>";

/// Takes back the beginning of a link that stands at the end of `html`, whose address would stand at byte
/// `at` of `body`. Returns where its text begins, and where the mark of its end stands.
pub(super) fn link(html: &mut String, body: &str, at: u32) -> (u32, Option<u32>) {
    html.truncate(html.rfind('<').unwrap_or(html.len()));
    let from = end_of_tag(body, at);
    let end = body[from..].find(END).map(|length| (from + length) as u32);
    (from as u32, end)
}

/// Takes back the beginning of a picture in the same way, and writes what it shows in words. Returns where
/// the text goes on.
pub(super) fn picture(html: &mut String, body: &str, at: u32) -> u32 {
    let from = end_of_tag(body, at);
    let start = html.rfind('<').unwrap_or(html.len());
    let tag = format!("{}{}", &html[start..], &body[at as usize..from]);
    html.truncate(start);
    let words = tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split_once('"'));
    html.push_str(words.map_or("", |(words, _)| words));
    from as u32
}

/// Returns where the tag ends that byte `at` stands in: in what was written from parts, no other sign of its kind
/// stands in it.
fn end_of_tag(body: &str, at: u32) -> usize {
    let at = at as usize;
    body[at..].find('>').map_or(at, |length| at + length + 1)
}

/// The parts of a stretch of a body that are shown where the mark at `end` is not.
pub(super) fn without(part: Range<u32>, end: &Cell<Option<u32>>) -> [Range<u32>; 2] {
    match end.get().filter(|end| part.contains(end)) {
        Some(at) => {
            end.set(None);
            [part.start..at, at + END.len() as u32..part.end]
        }
        None => [part.clone(), part.end..part.end],
    }
}
