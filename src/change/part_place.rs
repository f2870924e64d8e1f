//! The place at which a link names a part of a note.

use crate::note::Note;
use crate::span::Span;

/// The signs after which a link names a part of its own note.
const OPENINGS: [&str; 6] = ["[[#", "](#", "](<#", "=\"#", "='#", ": #"];

/// Returns the place of the part that a link of a note names, from after its `#`; `None` if it names none. `link` is the index
/// of the link.
pub fn part_place(text: &str, note: &Note, link: usize) -> Option<Span> {
    note.facts.links.get(link)?.target.part.as_ref()?;
    let whole = note.spans.links.get(link)?.within(text);
    let target = note.spans.targets.get(link).copied().unwrap_or_default();
    let written = &text[whole.clone()];
    let start = if target.start < target.end {
        let end = target.within(text).end;
        text.get(end..whole.end)?.starts_with('#').then_some(end + 1)?
    } else {
        let places = OPENINGS.iter().filter_map(|sign| Some(written.find(sign)? + sign.len()));
        whole.start + places.min()?
    };
    let is_wiki = written.trim_start_matches('!').starts_with("[[");
    let ends = |c: char| match is_wiki {
        true => matches!(c, '|' | ']'),
        false => matches!(c, ')' | '>' | '"' | '\'' | ' ' | '\n'),
    };
    let rest = &text[start..whole.end];
    let length = rest.find(ends).unwrap_or(rest.len());
    Some(Span::from(start..start + length))
}
