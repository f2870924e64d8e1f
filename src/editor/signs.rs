//! Names in a text that no table of the engine keeps the places of: ids of blocks and names of footnotes.

use crate::span::Span;

/// Returns whether a character may stand in the id of a block.
pub(super) fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

/// Returns the id of a block around byte `at`, without its sign.
pub(super) fn block_id_around(text: &str, at: usize) -> Option<(String, Span)> {
    let (start, end) = word_around(text, at, is_of_id)?;
    let is_id = text[..start].ends_with(" ^") || text[..start].ends_with("\n^");
    let ends_line =
        text[end..].trim_start_matches(' ').starts_with(['\n', '\r']) || end == text.len();
    (is_id && ends_line).then(|| (text[start..end].to_owned(), Span::from(start..end)))
}

/// Returns the name of a footnote around byte `at`, in a reference or a definition.
pub(super) fn footnote_around(text: &str, at: usize) -> Option<(String, Span)> {
    let (start, end) = word_around(text, at, |c| c != '[' && c != ']' && !c.is_whitespace())?;
    let name = text[start..end].strip_prefix('^').filter(|name| !name.is_empty())?;
    let is_name = text[..start].ends_with('[') && text[end..].starts_with(']');
    is_name.then(|| (name.to_owned(), Span::from(start + 1..end)))
}

/// Returns the places of the name of a footnote, the definition first.
pub(super) fn footnote_places(text: &str, name: &str) -> Vec<Span> {
    let written = format!("[^{name}]");
    let code = fenced_parts(text);
    let mut places: Vec<(bool, Span)> = text
        .match_indices(&written)
        .filter(|(at, _)| !is_within(&code, *at))
        .map(|(at, _)| {
            let end = at + written.len();
            let begins_line =
                text[..at].rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
            let is_definition = begins_line && text[end..].starts_with(':');
            (!is_definition, Span::from(at + 2..end - 1))
        })
        .collect();
    places.sort();
    places.into_iter().map(|(_, span)| span).collect()
}

/// Returns the names of the footnotes that a text defines, in its order.
pub(super) fn footnotes(text: &str) -> Vec<&str> {
    let defined = text.lines().filter_map(|line| line.trim_start().strip_prefix("[^"));
    defined.filter_map(|line| line.split_once("]:")).map(|(name, _)| name).collect()
}

/// Returns the place of the id of a block, without its sign.
pub(super) fn block_id(text: &str, id: &str) -> Option<Span> {
    let written = format!("^{id}");
    let ends = |at: usize| {
        let rest = &text[at + written.len()..];
        rest.trim_start_matches(' ').starts_with(['\n', '\r']) || rest.trim().is_empty()
    };
    let code = fenced_parts(text);
    let begins = |at: usize| text[..at].ends_with([' ', '\n']) && !is_within(&code, at);
    let mut places = text.match_indices(&written).map(|(at, _)| at);
    let at = places.find(|at| begins(*at) && ends(*at))?;
    Some(Span::from(at + 1..at + written.len()))
}

/// Returns the range around byte `at` of characters that fit, if there are any.
fn word_around(text: &str, at: usize, fits: impl Fn(char) -> bool) -> Option<(usize, usize)> {
    let at = text.floor_char_boundary(at);
    let before =
        text[..at].chars().rev().take_while(|c| fits(*c)).map(char::len_utf8).sum::<usize>();
    let after = text[at..].chars().take_while(|c| fits(*c)).map(char::len_utf8).sum::<usize>();
    (before + after > 0).then_some((at - before, at + after))
}

/// Returns the comments between pairs of `%%`, outside code.
pub(super) fn comments(text: &str) -> Vec<Span> {
    let code = fenced_parts(text);
    let places: Vec<usize> =
        text.match_indices("%%").map(|(at, _)| at).filter(|at| !is_within(&code, *at)).collect();
    places.chunks_exact(2).map(|pair| Span::from(pair[0]..pair[1] + 2)).collect()
}

/// Returns the blocks of code between fences, fences included.
pub(super) fn fenced_parts(text: &str) -> Vec<Span> {
    let (mut parts, mut open, mut at) = (Vec::new(), None::<(usize, &str)>, 0);
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let sign = if start.starts_with('~') { '~' } else { '`' };
        let fence = &start[..start.len() - start.trim_start_matches(sign).len()];
        match open {
            Some((from, opening)) => {
                let is_end = fence.starts_with(opening) && start.trim() == fence;
                if is_end {
                    parts.push(Span::from(from..at + line.len()));
                    open = None;
                }
            }
            None if fence.len() >= 3 => open = Some((at, fence)),
            None => {}
        }
        at += line.len();
    }
    parts.extend(open.map(|(from, _)| Span::from(from..text.len())));
    parts
}

/// Returns whether byte `at` lies in one of some parts.
pub(super) fn is_within(parts: &[Span], at: usize) -> bool {
    parts.iter().any(|part| part.start as usize <= at && at < part.end as usize)
}
