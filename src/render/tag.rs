//! The tags of a template: as much of Tera's grammar as is needed to find where each begins and ends.

use std::iter;
use std::ops::Range;

/// A tag of a template, or what is output.
pub(super) struct TemplateTag<'t> {
    /// The first word of a tag; empty for a comment and for what is output.
    pub(super) name: &'t str,
    pub(super) is_comment: bool,
    pub(super) is_output: bool,
    /// Where it begins and ends, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands in it after its name, in bytes of the template.
    pub(super) body: Range<usize>,
    /// Whether it takes away the white space before it.
    pub(super) leads: bool,
    /// Whether it takes away the white space after it.
    pub(super) trims: bool,
    /// How many operators and filters its expressions have.
    pub(super) operators: usize,
    /// Where a list that goes round begins with `for` in it.
    pub(super) list_loop: Option<usize>,
}

/// Returns the tags of a template in their order. One that does not end is none: Tera says so.
pub(super) fn tags(template: &str) -> impl Iterator<Item = TemplateTag<'_>> {
    let mut from = 0;
    iter::from_fn(move || {
        let tag = next(template, from)?;
        from = tag.end;
        Some(tag)
    })
}

fn next(template: &str, from: usize) -> Option<TemplateTag<'_>> {
    let bytes = template.as_bytes();
    let start = (from..bytes.len().saturating_sub(1))
        .find(|at| bytes[*at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))?;
    let inner = start + 2;
    let is_output = bytes[start + 1] == b'{';
    let mut tag = TemplateTag {
        name: "",
        is_comment: bytes[start + 1] == b'#',
        is_output,
        start,
        end: inner,
        body: inner..inner,
        leads: false,
        trims: false,
        operators: 0,
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
    tag.leads = bytes.get(inner) == Some(&b'-');
    let mut lists = 0u32;
    while !bytes[at..].starts_with(close) {
        match *bytes.get(at)? {
            quote @ (b'"' | b'\'' | b'`') => at = end_of_string(bytes, at, quote)?,
            byte if is_word(byte) => {
                let length = bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
                let word = &bytes[at..at + length];
                // As a name in a value it stands behind a point.
                if word == b"for" && lists > 0 && bytes[at - 1] != b'.' {
                    tag.list_loop.get_or_insert(at);
                }
                tag.operators += usize::from(word == b"in");
                at += length;
            }
            byte => {
                match byte {
                    b'[' => lists += 1,
                    b']' => lists = lists.saturating_sub(1),
                    _ => {}
                }
                tag.operators += usize::from(b"~|[=<>+*/%".contains(&byte));
                at += 1;
            }
        }
    }
    tag.trims = at > tag.body.start && bytes[at - 1] == b'-';
    tag.body.end = at - usize::from(tag.trims);
    tag.end = at + close.len();
    if tag.name == "raw" && template[tag.body.clone()].trim().is_empty() {
        tag.end = end_of_raw(template, tag.end)?;
    }
    Some(tag)
}

/// Returns where the tag ends that ends the raw text from `from` on: `{%`, `endraw` and `%}`, with hyphens and spaces.
fn end_of_raw(template: &str, from: usize) -> Option<usize> {
    template[from..].match_indices("{%").find_map(|(at, _)| {
        let tag = &template[from + at + "{%".len()..];
        let tag = tag.strip_prefix('-').unwrap_or(tag).trim_start();
        let rest = tag.strip_prefix("endraw")?.trim_start();
        let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
        Some(template.len() - rest.len())
    })
}

/// Says whether a byte may be part of a name.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns where a string ends that begins at `start`. A backslash keeps the next sign from ending it.
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
