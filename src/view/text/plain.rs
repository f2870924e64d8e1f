//! HTML as text, for search, and texts cut to a length.

use std::borrow::Cow;

use serde::Serialize;

/// Says whether an element stands within a line, so that it does not separate words.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

/// A place in a text that an address can lead to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TextPlace {
    /// The number of the line that begins there, from 0 on.
    pub line: usize,
    /// The id of the place.
    pub anchor: String,
    /// The sort of place.
    pub sort: PlaceSort,
}

/// A sort of place in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum PlaceSort {
    /// A paragraph, with its number.
    Numbered(String),
    /// A heading if 1, any other block if 0.
    Other(u8),
}

/// The text of a note, a line for each block, and the places in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinedText {
    /// The text. The numbers that stand before its paragraphs are not part of it.
    pub text: String,
    /// The places, in the order of their lines; one a line.
    pub places: Vec<TextPlace>,
}

impl LinedText {
    /// Takes the number of a paragraph out of the text. Its line begins at `start`, and its id ends in the same
    /// number.
    fn number(&mut self, start: usize) {
        let Some(place) = self.places.last_mut() else { return };
        let line = self.text[start..].trim_start_matches(['¶', ' ', '\u{a0}']);
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = line.split_at(digits);
        let rest = rest.trim_start_matches(['.', ')', ':']).trim_start();
        let is_of_id = place.anchor.strip_suffix(number).is_some_and(|id| id.ends_with('-'));
        if digits > 0 && is_of_id {
            place.sort = PlaceSort::Numbered(number.to_owned());
            let end = self.text.len() - rest.len();
            self.text.replace_range(start..end, "");
        }
    }
}

/// The text of HTML that Fieldbook wrote, a line for each block, with its places.
pub(super) fn text(html: &str) -> LinedText {
    let mut found =
        LinedText { text: String::with_capacity(html.len() * 3 / 4), places: Vec::new() };
    // Where the line begins, its number, and whether its first id is known.
    let (mut start, mut line, mut is_placed) = (0, 0, false);
    let mut rest = html;
    while let Some(at) = memchr::memchr3(b'<', b'&', b'\n', rest.as_bytes()) {
        found.text.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'<' => {
                let end = end_of_tag(rest);
                let (tag, is_end) = (&rest[1..end], rest.as_bytes().get(1) == Some(&b'/'));
                let name = tag.trim_start_matches('/');
                let ends = |byte| matches!(byte, b' ' | b'>' | b'/' | b'\n');
                let name = &name[..name.bytes().position(ends).unwrap_or(name.len())];
                let text = &mut found.text;
                if !is_inline(name) && !text.is_empty() && !text.ends_with('\n') {
                    // A block of blanks makes no line.
                    text.truncate(text.trim_end().len().max(start));
                    if text.len() > start {
                        if is_placed {
                            found.number(start);
                        }
                        found.text.push('\n');
                        (start, line, is_placed) = (found.text.len(), line + 1, false);
                    }
                }
                if !is_end
                    && !is_placed
                    && let Some(id) = id_of(tag)
                {
                    let is_heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                    let sort = PlaceSort::Other(is_heading.into());
                    found.places.push(TextPlace { line, anchor: unescaped(id), sort });
                    is_placed = true;
                }
                rest = &rest[end..];
            }
            b'&' => {
                let (sign, length) = entity(rest);
                found.text.push(sign);
                rest = &rest[length..];
            }
            _ => {
                if !found.text.is_empty() && !found.text.ends_with(['\n', ' ']) {
                    found.text.push(' ');
                }
                rest = &rest[1..];
            }
        }
    }
    found.text.push_str(rest);
    found.text.truncate(found.text.trim_end().len());
    if is_placed && start < found.text.len() {
        found.number(start);
    }
    found
}

/// The id in a tag.
fn id_of(tag: &str) -> Option<&str> {
    let mut blanks = memchr::memchr_iter(b' ', tag.as_bytes());
    let value = blanks.find_map(|at| tag[at + 1..].strip_prefix("id=\""))?;
    value.split('"').next()
}

/// The text of HTML that has no elements.
pub(super) fn unescaped(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (sign, length) = entity(&rest[at..]);
        text.push_str(&rest[..at]);
        text.push(sign);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    text
}

/// The end of the tag that `html` begins with. A `>` in a quoted attribute does not count.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    for at in memchr::memchr2_iter(b'"', b'>', html.as_bytes()) {
        match html.as_bytes()[at] {
            b'"' => quoted = !quoted,
            _ if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// The character that `html` begins with, unescaped, and its length as written.
fn entity(html: &str) -> (char, usize) {
    let known = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&#x27;", '\''),
    ];
    let found = known.into_iter().find(|(written, _)| html.starts_with(written));
    found.map_or(('&', 1), |(written, sign)| (sign, written.len()))
}

/// The most bytes of a word that is left out whole where a text is shortened.
const LONG_WORD: usize = 30;

/// A text, or its beginning if it is longer than so many bytes: up to the end of a word, if one ends near.
pub(crate) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let start = &text[..text.floor_char_boundary(most)];
    let word = start.rfind(' ').filter(|end| start.len() - end <= LONG_WORD);
    let kept = start[..word.unwrap_or(start.len())].trim_end_matches([',', ';', ' ']);
    Cow::Owned(format!("{kept}…"))
}
