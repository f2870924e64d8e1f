//! The headings of a note as a tree, and the parts of it that can be folded away.

use super::OpenText;
use super::pointed::heading_text;
use super::signs::{comments, fenced_parts};
use crate::note::Note;
use crate::note_settings::WrittenFrontMatter;
use crate::span::Span;

/// A heading, or the front matter, in the outline of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// The text.
    pub name: String,
    /// The place of the whole section.
    pub whole: Span,
    /// The place of the text.
    pub own: Span,
    /// True for a key of the front matter.
    pub is_setting: bool,
    /// The entries below it.
    pub below: Vec<OutlineEntry>,
}

/// A part of a text that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldedPart {
    /// The part.
    pub span: Span,
    /// True for a comment.
    pub is_comment: bool,
}

/// Returns the outline of a note: the settings of its front matter, then its headings.
pub fn outline(text: &OpenText) -> Vec<OutlineEntry> {
    let Some(note) = text.note.as_deref() else { return Vec::new() };
    let mut entries = Vec::new();
    if let Some(front) = WrittenFrontMatter::of(&text.path, &text.text)
        && front.is_fenced
    {
        let below = front.settings.iter().map(|setting| OutlineEntry {
            name: setting.key.clone(),
            whole: Span::from(
                setting.key_place.start..setting.place.end.max(setting.key_place.end),
            ),
            own: Span::from(setting.key_place.clone()),
            is_setting: true,
            below: Vec::new(),
        });
        entries.push(OutlineEntry {
            name: note.facts.card.title.clone(),
            whole: Span::from(front.block.clone()),
            own: Span::from(front.block.clone()),
            is_setting: true,
            below: below.collect(),
        });
    }
    let sections = sections(text);
    let mut rest = &sections[..];
    while let Some(entry) = next_entry(&mut rest) {
        entries.push(entry);
    }
    entries
}

/// A section with the level of its heading.
struct TextSection {
    level: u8,
    entry: OutlineEntry,
}

/// Returns all sections in the order of the text. A section ends where the next of its level or a higher one begins.
fn sections(text: &OpenText) -> Vec<TextSection> {
    let Some(note) = text.note.as_deref() else { return Vec::new() };
    let headings: Vec<(u8, &str, Span)> = note
        .facts
        .headings
        .iter()
        .zip(&note.spans.headings)
        .map(|(heading, span)| (heading.level, heading.text.as_str(), *span))
        .collect();
    let section = |(at, (level, name, span)): (usize, &(u8, &str, Span))| {
        let next = headings[at + 1..].iter().find(|(other, ..)| other <= level);
        let end = next.map_or(text.text.len() as u32, |(.., next)| next.start);
        let whole = Span { start: span.start, end: end.max(span.end) };
        let entry = OutlineEntry {
            name: (*name).to_owned(),
            whole,
            own: heading_text(&text.text, *span),
            is_setting: false,
            below: Vec::new(),
        };
        TextSection { level: *level, entry }
    };
    headings.iter().enumerate().map(section).collect()
}

/// Returns the text below a heading of a note, up to the next one of its level.
pub(super) fn section_of<'t>(text: &'t str, note: &Note, heading: usize) -> Option<&'t str> {
    let (level, own) = (note.facts.headings.get(heading)?.level, note.spans.headings.get(heading)?);
    let later = note.facts.headings.iter().zip(&note.spans.headings).skip(heading + 1);
    let next = later.into_iter().find(|(heading, _)| heading.level <= level);
    let end = next.map_or(text.len(), |(_, span)| span.start as usize);
    text.get(own.end as usize..end)
}

/// Takes the first section with those below it.
fn next_entry(rest: &mut &[TextSection]) -> Option<OutlineEntry> {
    let (first, mut after) = rest.split_first()?;
    let mut entry = first.entry.clone();
    while after.first().is_some_and(|next| next.level > first.level) {
        entry.below.extend(next_entry(&mut after));
    }
    *rest = after;
    Some(entry)
}

/// Returns the parts of a text that can be folded away: the front matter, sections, code and comments.
pub fn folds(text: &OpenText) -> Vec<FoldedPart> {
    let part = |span, is_comment| FoldedPart { span, is_comment };
    let mut parts: Vec<FoldedPart> = Vec::new();
    if let Some(front) = WrittenFrontMatter::of(&text.path, &text.text)
        && front.is_fenced
    {
        parts.push(part(
            Span::from(front.line_start(front.block.start.saturating_sub(1))..front.body),
            false,
        ));
    }
    parts.extend(sections(text).iter().map(|section| part(section.entry.whole, false)));
    parts.extend(fenced_parts(&text.text).into_iter().map(|span| part(span, false)));
    parts.extend(comments(&text.text).into_iter().map(|span| part(span, true)));
    let quotes = quoted_parts(&text.text);
    parts.extend(quotes.into_iter().map(|span| part(span, false)));
    parts
}

/// Returns the quotations and callouts of more than one line.
fn quoted_parts(text: &str) -> Vec<Span> {
    let (mut parts, mut from, mut at) = (Vec::new(), None, 0);
    for line in text.split_inclusive('\n').chain([""]) {
        let is_quoted = line.trim_start().starts_with('>');
        match from {
            None if is_quoted => from = Some(at),
            Some(start) if !is_quoted => {
                let whole: &str = &text[start..at];
                if whole.trim_end().contains('\n') {
                    parts.push(Span::from(start..at));
                }
                from = None;
            }
            _ => {}
        }
        at += line.len();
    }
    parts
}
