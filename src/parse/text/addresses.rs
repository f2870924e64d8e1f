//! Bare addresses in a text, such as `https://example.org/a` or `www.example.org`: they become links,
//! as on GitHub (GFM 0.29, section 6.9, autolinks) and in Obsidian.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_normalization::char::is_combining_mark;

use super::edited::Replacement;
use super::located::LocatedEvent;

/// Returns the edits that make links of the bare addresses of a text whose `events` are known.
pub(crate) fn find(markdown: &str, events: &[LocatedEvent<'_>]) -> Vec<[Replacement; 2]> {
    let mut starts = starts(markdown);
    let mut edits = Vec::new();
    if starts.is_empty() {
        return edits;
    }
    starts.sort_unstable();
    let mut starts = starts.into_iter().peekable();
    let (mut closed, mut in_raw_link, mut from) = (0u32, false, 0);
    for (event, range) in events {
        match event {
            Event::Start(tag) => {
                closed += u32::from(is_closed(tag.to_end()));
                in_raw_link &= !matches!(tag, Tag::Paragraph | Tag::Item | Tag::TableCell);
            }
            Event::End(end) => closed -= u32::from(is_closed(*end)),
            Event::InlineHtml(html) => match html.get(1..3) {
                Some("a " | "A " | "a\n" | "a>") => in_raw_link = true,
                Some("/a" | "/A") => in_raw_link = false,
                _ => {}
            },
            Event::Text(_) if closed == 0 && !in_raw_link => {
                while starts.next_if(|start| *start < range.start).is_some() {}
                while let Some(start) = starts.next_if(|start| *start < range.end) {
                    if start >= from
                        && let Some(end) = end_of(markdown, start)
                    {
                        edits.push(link(&markdown[start..end], start));
                        from = end;
                    }
                }
            }
            _ => {}
        }
    }
    edits
}

/// Says whether no link may begin within the element.
fn is_closed(element: TagEnd) -> bool {
    use TagEnd::{CodeBlock, HtmlBlock, Image, Link, MetadataBlock};
    matches!(element, Link | Image | CodeBlock | HtmlBlock | MetadataBlock(_))
}

/// Finds the places where addresses may begin, as far as the signs before them tell.
fn starts(markdown: &str) -> Vec<usize> {
    let bytes = markdown.as_bytes();
    let scheme = |at: usize| {
        let before = &bytes[..at];
        let ends = |scheme: &str| {
            let from = before.len().checked_sub(scheme.len())?;
            before[from..].eq_ignore_ascii_case(scheme.as_bytes()).then_some(from)
        };
        ends("https").or_else(|| ends("http"))
    };
    let schemes = memmem::find_iter(bytes, b"://").filter_map(scheme);
    let hosts = memmem::find_iter(bytes, b"www.");
    let begins = |start: &usize| may_begin(&bytes[..*start]);
    let mails = memchr::memchr_iter(b'@', bytes).filter_map(|at| start_of_mail(bytes, at));
    schemes.chain(hosts).chain(mails).filter(begins).collect()
}

/// Finds the beginning of the address of a mailbox whose `@` stands at a place (GFM 0.29, section 6.9).
fn start_of_mail(bytes: &[u8], at: usize) -> Option<usize> {
    let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let length = bytes[..at].iter().rev().take_while(is_local).count();
    let is_mail = length > 0 && end_of_mail(bytes, at).is_some();
    is_mail.then_some(at - length)
}

/// Finds the end of the address of a mailbox: after a name of a host with at least one point.
fn end_of_mail(bytes: &[u8], at: usize) -> Option<usize> {
    let is_host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let length = bytes[at + 1..].iter().take_while(is_host).count();
    let host = bytes[at + 1..at + 1 + length].trim_ascii_end();
    let host = &host[..host.len() - host.iter().rev().take_while(|byte| **byte == b'.').count()];
    let is_whole = host.contains(&b'.')
        && host.first().is_some_and(u8::is_ascii_alphanumeric)
        && host.last().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.get(at + 1 + host.len()) != Some(&b'@');
    is_whole.then_some(at + 1 + host.len())
}

/// Says whether an address may begin after these bytes: not within a word or another address, and not in
/// the round brackets of a link.
fn may_begin(before: &[u8]) -> bool {
    match before.last() {
        None => true,
        Some(b'(') => !before.ends_with(b"]("),
        Some(b'=') => before.ends_with(b"=="),
        Some(last) => {
            last.is_ascii_whitespace() || !last.is_ascii() || b"*_~[{\"'|,;:>".contains(last)
        }
    }
}

/// Finds the end of the address that begins at `start`; none if there is too little of it.
fn end_of(markdown: &str, start: usize) -> Option<usize> {
    let rest = &markdown[start..];
    if let Some(at) = mail_at(rest) {
        return end_of_mail(markdown.as_bytes(), start + at);
    }
    // Looked at before the end is looked for, which may be far away.
    let host = if rest.starts_with("www.") { None } else { rest.split_once("://") };
    if host.is_some_and(|(_, host)| !host.starts_with(char::is_alphanumeric)) {
        return None;
    }
    let length = rest.find(ends_address).unwrap_or(rest.len());
    let mut address = &rest[..length];
    let opened = address.bytes().filter(|byte| *byte == b'(').count();
    let mut closed = address.bytes().filter(|byte| *byte == b')').count();
    loop {
        let bytes = address.as_bytes();
        match bytes.last()? {
            b')' if closed > opened => closed -= 1,
            b';' => {
                // `&amp;` at the end stands for a sign that is not of the address.
                let name = bytes[..bytes.len() - 1].iter().rev();
                let letters = name.take_while(|byte| byte.is_ascii_alphanumeric()).count();
                let sign = bytes.len().checked_sub(letters + 2);
                if let Some(sign) = sign.filter(|sign| letters > 0 && bytes[*sign] == b'&') {
                    address = &address[..sign];
                    continue;
                }
            }
            b'=' if address.ends_with("==") && is_highlighted(&markdown[..start]) => {
                address = &address[..address.len() - "==".len()];
                continue;
            }
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' => {}
            _ => break,
        }
        address = &address[..address.len() - 1];
    }
    let host = address.split_once("://").map_or(address, |(_, host)| host);
    let is_host = host.starts_with(char::is_alphanumeric);
    let is_whole =
        !address.starts_with("www.") || address[4..].trim_start_matches('.').contains('.');
    (is_host && is_whole).then_some(start + address.len())
}

/// Says whether signs that highlight stand shortly before an address, so that those behind it close.
fn is_highlighted(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(300))..];
    near.rsplit('\n').next().is_some_and(|line| line.contains("=="))
}

/// White space, signs that no address has unless they are encoded, and all beyond ASCII that is no letter,
/// digit or mark of one: the punctuation of each script.
fn ends_address(c: char) -> bool {
    match c {
        '<' | '>' | '"' | '`' | '[' | ']' | '\\' | '|' | '^' => true,
        // They join and part letters of Persian and of scripts of India.
        '\u{200c}' | '\u{200d}' => false,
        c if c.is_ascii() => c.is_whitespace() || c.is_control(),
        c => !c.is_alphanumeric() && !is_combining_mark(c) || is_mark_of_end(c),
    }
}

/// Letters and marks of Unicode that end a word or sentence in their scripts.
fn is_mark_of_end(c: char) -> bool {
    matches!(c, '\u{e2f}' | '\u{eaf}')
}

/// Finds the `@` of the mailbox with whose address a text begins.
fn mail_at(text: &str) -> Option<usize> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let length = text.bytes().take_while(|byte| is_local(byte)).count();
    (length > 0 && text[length..].starts_with('@')).then_some(length)
}

/// Returns the edits that make a link of an address.
fn link(address: &str, start: usize) -> [Replacement; 2] {
    let put = |at: usize, with: String| Replacement { at: Range { start: at, end: at }, with };
    let end = start + address.len();
    if address.starts_with("www.") {
        [put(start, "[".to_owned()), put(end, format!("](<http://{address}>)"))]
    } else {
        [put(start, "<".to_owned()), put(end, ">".to_owned())]
    }
}
