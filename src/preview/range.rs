//! Parts of files, which players ask for to move about in a film (RFC 9110, section 14).

use std::ops::Range;

/// What a request for a part gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ByteRange {
    /// The whole, because no part was asked for, or several.
    Whole,
    /// These bytes.
    Bytes(Range<usize>),
    /// Nothing: the part lies beyond the end.
    Beyond,
}

/// What the value of a `Range` header asks for of a file of `size` bytes.
pub fn part(header: Option<&str>, size: usize) -> ByteRange {
    let Some(spec) = header.and_then(|value| value.trim().strip_prefix("bytes=")) else {
        return ByteRange::Whole;
    };
    let Some((first, last)) = spec.split_once('-') else { return ByteRange::Whole };
    let (first, last) = (first.trim(), last.trim());
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(first) || !is_number(last) || (first.is_empty() && last.is_empty()) {
        return ByteRange::Whole;
    }
    // A number too large to count with lies beyond every end.
    let number = |text: &str| text.parse().unwrap_or(usize::MAX);
    let range = match (first, last) {
        ("", last) => size.saturating_sub(number(last))..size,
        (first, "") => number(first)..size,
        (first, last) if number(last) < number(first) => return ByteRange::Whole,
        (first, last) => number(first)..number(last).saturating_add(1).min(size),
    };
    if range.start < range.end { ByteRange::Bytes(range) } else { ByteRange::Beyond }
}
