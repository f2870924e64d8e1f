//! The tags of a template: as much of Tera's grammar as is needed to find where each begins and ends.

use std::iter;
use std::ops::Range;

/// A tag of a template, or what is output.
pub(super) struct Tag<'t> {
    /// The first word of a tag; empty for a comment and for what is output.
    pub(super) name: &'t str,
    pub(super) is_comment: bool,
    pub(super) is_output: bool,
    /// Where it begins and ends, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands in it after its name, in bytes of the template.
    pub(super) body: Range<usize>,
    /// Whether it takes away the white space after it.
    pub(super) trims: bool,
    /// Where a list that goes round begins with `for` in it.
    pub(super) list_loop: Option<usize>,
}

/// Returns the tags of a template in their order. One that does not end is none: Tera says so.
pub(super) fn of(template: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    iter::from_fn(move || {
        let tag = next(template, from)?;
        from = tag.end;
        Some(tag)
    })
}

fn next(template: &str, from: usize) -> Option<Tag<'_>> {
    let bytes = template.as_bytes();
    let start = (from..bytes.len().saturating_sub(1))
        .find(|at| bytes[*at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))?;
    let inner = start + 2;
    let is_output = bytes[start + 1] == b'{';
    let mut tag = Tag {
        name: "",
        is_comment: bytes[start + 1] == b'#',
        is_output,
        start,
        end: inner,
        body: inner..inner,
        trims: false,
        list_loop: None,
    };
    if tag.is_comment {
        tag.end = inner + template[inner..].find("#}")? + 2;
        return Some(tag);
    }
    let body = template[inner..].trim_start_matches('-').trim_start();
    if !is_output {
        let word = body.bytes().take_while(|byte| is_word(*byte)).count();
        tag.name = &body[..word];
    }
    let close = if is_output { b"}}" } else { b"%}" };
    let mut at = template.len() - body.len() + tag.name.len();
    tag.body.start = at;
    while !bytes[at..].starts_with(close) {
        match *bytes.get(at)? {
            quote @ (b'"' | b'\'' | b'`') => at = end_of_string(bytes, at, quote)?,
            byte if is_word(byte) => {
                let length = bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
                if &bytes[at..at + length] == b"for" {
                    tag.list_loop.get_or_insert(at);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    tag.trims = at > tag.body.start && bytes[at - 1] == b'-';
    tag.body.end = at - usize::from(tag.trims);
    tag.end = at + close.len();
    if tag.name == "raw" {
        tag.end += template[tag.end..].find("endraw")?;
        tag.end += template[tag.end..].find("%}")? + 2;
    }
    Some(tag)
}

/// Whether a byte may be part of a name.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where a string ends that begins at `start`. A backslash keeps the next sign from ending it.
pub(super) fn end_of_string(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}
