//! The depth to which quotations and lists lie in each other. Markdown looks at each that is open for every line,
//! so a few signs in one line can make all lines that follow slow.

use std::ops::Range;

/// The most quotations and lists that may lie within each other.
pub(crate) const DEEPEST: usize = 100;

/// The most columns by which the sign of an entry may be indented. Each list within a list needs two more.
const FARTHEST: usize = 1000;

/// Finds the signs of the first line that opens too many quotations and lists within each other.
pub(crate) fn too_deep(markdown: &str) -> Option<Range<usize>> {
    if !has_long_row(markdown.as_bytes()) {
        return None;
    }
    let breaks = memchr::memchr_iter(b'\n', markdown.as_bytes()).map(|at| at + 1);
    let mut starts = std::iter::once(0).chain(breaks);
    starts.find_map(|start| {
        let signs = too_many(&markdown.as_bytes()[start..])?;
        Some(start..start + signs)
    })
}

/// Says whether more than [`DEEPEST`] bytes in a row could be signs, as those of a line must be that is too
/// deep. Only one byte of so many is looked at, and what stands around those that could be one.
fn has_long_row(bytes: &[u8]) -> bool {
    let could_be = |byte: &&u8| {
        matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9')
    };
    (DEEPEST..bytes.len()).step_by(DEEPEST + 1).any(|at| {
        let after = bytes[at..].iter().take_while(could_be).count();
        after > 0 && bytes[..at].iter().rev().take_while(could_be).count() + after > DEEPEST
    })
}

/// Returns the length of the signs that a line begins with, if they are too many.
fn too_many(line: &[u8]) -> Option<usize> {
    let (mut at, mut depth, mut columns) = (0, 0, 0);
    let ends_sign = |at: usize| matches!(line.get(at), None | Some(b' ' | b'\t' | b'\r' | b'\n'));
    while let Some(sign) = line.get(at) {
        let length = match sign {
            b' ' => 1,
            b'\t' => 4,
            b'>' => 1,
            b'-' | b'*' | b'+' if ends_sign(at + 1) => 1,
            b'0'..=b'9' => {
                let digits = line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let is_sign = matches!(line.get(at + digits), Some(b'.' | b')'));
                if !is_sign || !ends_sign(at + digits + 1) {
                    break;
                }
                digits + 1
            }
            _ => break,
        };
        let is_space = matches!(sign, b' ' | b'\t');
        depth += usize::from(!is_space);
        columns += length;
        at += if is_space { 1 } else { length };
    }
    let is_too_deep = depth > DEEPEST || depth > 0 && columns > FARTHEST;
    let is_all = matches!(line.get(at), None | Some(b'\r' | b'\n'));
    (is_too_deep && !(is_all && is_rule(&line[..at]))).then_some(at)
}

/// Says whether a line is one across the page: `- - -`.
fn is_rule(line: &[u8]) -> bool {
    let mut signs = line.iter().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let first = signs.next();
    matches!(first, Some(b'-' | b'*')) && signs.all(|sign| Some(sign) == first)
}
