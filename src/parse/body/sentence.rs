//! The sentence a link stands in.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::note::Excerpt;

/// The length of a sentence that is kept on each side of a link, in bytes.
const REACH: usize = 240;

/// Returns the sentence around `link` in `text`. A long sentence is cut between words, with an ellipsis.
pub(crate) fn around(text: &str, link: Range<usize>, shown: bool) -> Excerpt {
    let before = &text[start_of(text, link.start)..link.start];
    let after = &text[link.end..end_of(text, link.end)];
    Excerpt {
        before: last_words(before.trim_start()).into(),
        text: shown.then(|| text[link].into()),
        after: beginning(after.trim_end(), REACH).into(),
    }
}

fn start_of(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(2 * REACH));
    let mut to = at;
    loop {
        let mut ends = possible_ends(text, from..to).rev();
        let found = ends.find_map(|sign| break_after(text, sign).filter(|end| *end <= at));
        let Some(end) = found else { return from };
        match address_around(text, end, from..at) {
            Some(address) => to = address.start,
            None => return end,
        }
    }
}

fn end_of(text: &str, at: usize) -> usize {
    let to = text.ceil_char_boundary((at + 2 * REACH).min(text.len()));
    let mut from = at;
    loop {
        let found = possible_ends(text, from..to).find_map(|sign| break_after(text, sign));
        let Some(end) = found else { return to };
        match address_around(text, end, at..to) {
            Some(address) => from = address.end,
            None => return end,
        }
    }
}

/// Finds the address of a page, such as `https://example.org/?a=b`, in whose midst the place `at` is. No sentence ends
/// there. Signs at its end belong to the sentence around it.
fn address_around(text: &str, at: usize, range: Range<usize>) -> Option<Range<usize>> {
    if !range.contains(&at) || text[..at].ends_with(char::is_whitespace) {
        return None;
    }
    let start = text[range.start..at].rfind(char::is_whitespace).map(|blank| range.start + blank);
    let start = start.map_or(range.start, |blank| text.ceil_char_boundary(blank + 1));
    let end = text[at..range.end].find(char::is_whitespace).map_or(range.end, |blank| at + blank);
    let is_address = ["://", "www."].iter().any(|sign| text[start..at].contains(sign));
    let is_sign = |c: char| !c.is_alphanumeric() && c != '/';
    let end = start + text[start..end].trim_end_matches(is_sign).len();
    (is_address && at < end).then_some(start..end)
}

/// The bytes with which a sign may begin that ends a sentence: those of ASCII that do, and the first
/// bytes of all that is not ASCII.
const MAY_END: [bool; 256] = {
    let mut may_end = [false; 256];
    let mut byte = 0xC0;
    while byte < may_end.len() {
        may_end[byte] = true;
        byte += 1;
    }
    may_end[b'.' as usize] = true;
    may_end[b'?' as usize] = true;
    may_end[b'!' as usize] = true;
    may_end[b'\n' as usize] = true;
    may_end
};

/// Finds the signs in a range that may end a sentence: a cheap test that lets every sentence end of Unicode
/// pass, and little else.
fn possible_ends(text: &str, range: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
    let signs = text.as_bytes()[range.clone()].iter().enumerate();
    let likely = signs.filter(|(_, byte)| MAY_END[usize::from(**byte)]);
    let is_no_letter = |c: char| c.is_ascii() || !c.is_alphanumeric();
    likely
        .map(move |(offset, _)| range.start + offset)
        .filter(move |at| text[*at..].chars().next().is_some_and(is_no_letter))
}

/// Finds the end of the sentence that the sign at `at` may end (UAX #29, sentence boundaries). The
/// decision needs little of the text around, so little is looked at.
fn break_after(text: &str, at: usize) -> Option<usize> {
    // The plain case, which the rules below decide alike: "… end. Begin …".
    if let [b'.' | b'?' | b'!', b' ', b'A'..=b'Z', ..] = text.as_bytes()[at..] {
        return Some(at + 2);
    }
    let start = text.floor_char_boundary(at.saturating_sub(12));
    let end = text.ceil_char_boundary((at + 36).min(text.len()));
    let breaks = text[start..end].split_sentence_bound_indices().map(|(offset, _)| start + offset);
    let found = breaks.skip(1).find(|offset| *offset > at);
    found.or_else(|| (end == text.len()).then_some(end))
}

fn last_words(text: &str) -> String {
    if text.len() <= REACH {
        return text.to_owned();
    }
    let from = text.floor_char_boundary(text.len() - REACH);
    let mut bounds =
        text[from..].split_word_bound_indices().skip(1).map(|(offset, _)| from + offset);
    let start = bounds.next().unwrap_or(from);
    format!("…{}", text[start..].trim_start())
}

/// Returns the beginning of a text, of about `length` bytes, cut between words.
pub(crate) fn beginning(text: &str, length: usize) -> String {
    if text.len() <= length {
        return text.to_owned();
    }
    let to = text.floor_char_boundary(length);
    let end = text[..to].split_word_bound_indices().next_back().map_or(0, |(offset, _)| offset);
    format!("{}…", text[..end].trim_end())
}
