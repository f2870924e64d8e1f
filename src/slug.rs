//! Names in a form for comparison, and names in a form for addresses.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns a text as an anchor or file name: in lower case, words joined by `-`, letters and digits
/// of every script kept, other characters dropped.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for byte in text.bytes() {
            match byte.to_ascii_lowercase() {
                byte @ (b'a'..=b'z' | b'0'..=b'9' | b'_') => out.push(byte as char),
                byte => push_slug(&mut out, byte as char),
            }
        }
    } else {
        let lower = text.nfc().flat_map(char::to_lowercase);
        lower.for_each(|c| push_slug(&mut out, c));
    }
    if out.ends_with('-') {
        out.pop();
    }
    out
}

fn push_slug(out: &mut String, c: char) {
    if c.is_whitespace() || c == '-' {
        if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    } else if c.is_alphanumeric() && !is_picture(c) || c == '_' || is_mark_of_letter(c, out) {
        out.push(c);
    }
}

/// Returns whether a letter is one of those shown as pictures (Unicode, `emoji-data.txt`).
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2139}' | '\u{24c2}' | '\u{3297}' | '\u{3299}' | '\u{1f100}'..='\u{1f2ff}')
}

/// Returns whether a mark belongs to the letter at the end of `before`. Marks that select the look
/// of a picture, or frame it, are invisible without it, so they don't belong to letters.
fn is_mark_of_letter(c: char, before: &str) -> bool {
    let is_of_picture = matches!(
        c,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{20dd}'..='\u{20e4}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
    );
    is_combining_mark(c)
        && !is_of_picture
        && before.ends_with(|c: char| c.is_alphanumeric() || is_combining_mark(c))
}

/// Returns the anchor that GitHub gives a heading (`html-pipeline`, table of contents filter): in
/// lower case, with a hyphen for each space, and without characters other than letters, digits,
/// hyphens and underscores.
pub fn slug_of_github(text: &str) -> String {
    let is_kept =
        |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') || is_combining_mark(*c);
    text.trim()
        .chars()
        .filter(is_kept)
        .flat_map(char::to_lowercase)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// Returns a text as it is typed: with the straight quotes, hyphens and dots that pages replace
/// with typographic characters.
pub fn typed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(|c| as_typed(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut typed = String::with_capacity(text.len());
    for c in text.chars() {
        match as_typed(c) {
            Some(signs) => typed.push_str(signs),
            None => typed.push(c),
        }
    }
    Cow::Owned(typed)
}

/// Returns the typed form of a typographic character.
pub fn as_typed(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' => "'",
        '“' | '”' => "\"",
        '–' => "--",
        '—' => "---",
        '…' => "...",
        _ => return None,
    })
}

/// Returns whether the name of a file or folder fits into an address unchanged, and every system can write it.
pub fn is_fit(name: &str) -> bool {
    slug(name) == *composed(name) && !is_device(name)
}

/// Returns a title, or the name of a file or folder, as a name that fits into an address and that every system can
/// write; `None` if nothing would be left. It is the one place that makes such names.
pub fn fit(name: &str) -> Option<String> {
    let name = slug(&name.replace(['.', '/', '\\', '–', '—'], " "));
    match name.as_str() {
        "" => None,
        device if is_device(device) => Some(format!("{device}-note")),
        _ => Some(name),
    }
}

/// Returns whether Windows takes a name for that of a device, whatever its ending, so that no file can have it.
fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "con" | "prn" | "aux" | "nul" => true,
        _ => name
            .strip_prefix("com")
            .or_else(|| name.strip_prefix("lpt"))
            .is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9'])),
    }
}

/// Returns a name in the form in which names are compared: ignoring case, and with spaces, hyphens
/// and underscores equal, so that `Mine action`, `mine-action` and `mine_action` are the same name.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        // Every link of a book is folded here, so ASCII is folded as bytes.
        let mut folded = Vec::with_capacity(name.len());
        for byte in name.bytes() {
            match FOLDED[usize::from(byte)] {
                b' ' if matches!(folded.last(), None | Some(b' ' | b'/')) => {}
                byte => folded.push(byte),
            }
        }
        folded.pop_if(|last| *last == b' ');
        return String::from_utf8(folded).expect("signs of ASCII are a text");
    }
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase).nfc() {
        match c {
            c if !(matches!(c, '-' | '_') || c.is_whitespace()) => folded.push(c),
            _ if folded.is_empty() || folded.ends_with([' ', '/']) => {}
            _ => folded.push(' '),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Returns a text in Unicode normalization form C, in which a letter and its accents are one
/// character where possible. Systems differ in the form in which they write names.
pub fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Returns a text without accents and other marks on its letters.
pub fn without_accents(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Each ASCII character in the form for comparison: in lower case, or as a space.
const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0;
    while byte < folded.len() {
        folded[byte] = match byte as u8 {
            b'-' | b'_' | b' ' | b'\t'..=b'\r' => b' ',
            byte => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    folded
};

/// Returns a text in the form in which it is sorted: ignoring case and accents, numbers by value.
pub fn sort_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut digits = String::new();
    let mut push = |c: char| {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush_number(&mut out, &mut digits);
            if c.is_alphanumeric() || c == ' ' {
                out.push(c);
            }
        }
    };
    if text.is_ascii() {
        text.bytes().for_each(|byte| push(byte.to_ascii_lowercase() as char));
    } else {
        let plain = text.nfd().filter(|c| !is_combining_mark(*c));
        plain.flat_map(char::to_lowercase).for_each(push);
    }
    flush_number(&mut out, &mut digits);
    out
}

/// Appends a number in a form that sorts by the number of digits, then by the digits.
fn flush_number(out: &mut String, digits: &mut String) {
    if !digits.is_empty() {
        let significant = digits.trim_start_matches('0');
        let _ = write!(out, "0{:02}{significant}", significant.len().min(99));
        digits.clear();
    }
}

/// The prefix of the ids of a page's own parts: those of the theme, and those for footnotes and
/// definitions. No slug and no block id contains a dot, and a note may not choose such an id for a
/// heading or an element, so nothing in a note can take the place of a part of its page.
pub const OF_PAGE: &str = "page.";

/// The anchors of one page, each of which is unique.
#[derive(Default)]
pub struct Anchors {
    /// The used anchors, each with the number to try next if it is requested again.
    taken: BTreeMap<String, u32>,
}

impl Anchors {
    /// Reserves `wanted` unchanged; returns false if the page has it already.
    pub fn reserve(&mut self, wanted: &str) -> bool {
        !self.taken.contains_key(wanted) && self.taken.insert(wanted.to_owned(), 1).is_none()
    }

    /// Reserves and returns `wanted`, or the first free one of `wanted-1`, `wanted-2` and so on.
    pub fn take(&mut self, wanted: &str) -> String {
        let base = if wanted.is_empty() { "section" } else { wanted };
        if self.reserve(base) {
            return base.to_owned();
        }
        let mut number = self.taken.get(base).copied().unwrap_or(1);
        let anchor = loop {
            let anchor = format!("{base}-{number}");
            number += 1;
            if self.reserve(&anchor) {
                break anchor;
            }
        };
        self.taken.insert(base.to_owned(), number);
        anchor
    }
}
