//! HTML as text, for search, and texts cut to a length.

use std::borrow::Cow;

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

/// The text of HTML that Fieldbook wrote, a line for each block.
pub(super) fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() * 3 / 4);
    let mut rest = html;
    while let Some(at) = memchr::memchr3(b'<', b'&', b'\n', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'<' => {
                let end = end_of_tag(rest);
                let name = rest[1..end].trim_start_matches('/');
                let ends = |byte| matches!(byte, b' ' | b'>' | b'/' | b'\n');
                let name = &name[..name.bytes().position(ends).unwrap_or(name.len())];
                if !is_inline(name) && !text.is_empty() && !text.ends_with('\n') {
                    text.truncate(text.trim_end().len());
                    text.push('\n');
                }
                rest = &rest[end..];
            }
            b'&' => {
                let (sign, length) = entity(rest);
                text.push(sign);
                rest = &rest[length..];
            }
            _ => {
                if !text.is_empty() && !text.ends_with(['\n', ' ']) {
                    text.push(' ');
                }
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text.truncate(text.trim_end().len());
    text
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
    let end = html.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map_or(html.len(), |end| end + 1)
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

/// A text, or its beginning if it is longer than so many bytes.
pub(super) fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() > most {
        Cow::Owned(format!("{}…", &text[..text.floor_char_boundary(most)]))
    } else {
        Cow::Borrowed(text)
    }
}
