//! The part of a note in which the cursor stands.

use std::ops::Range;

use super::OpenText;
use super::signs::{block_id_around, footnote_around};
use crate::change::part_place;
use crate::note::Note;
use crate::note_settings::WrittenFrontMatter;
use crate::span::Span;
use crate::table::SettingForm;

/// A part of a note that leads somewhere or can have another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointedItem {
    /// The link with this index.
    Link(usize),
    /// The part of a note that the link with this index names.
    LinkPart(usize),
    /// The reference of the front matter with this index.
    Reference(usize),
    /// The title in the front matter.
    Title,
    /// The heading with this index.
    Heading(usize),
    /// The id of a block.
    Block(String),
    /// The name of a footnote.
    Footnote(String),
    /// A key of the front matter.
    Key(String),
    /// A value, or one of several, of the setting with this key.
    Value(String),
}

/// A part of a note and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointedPlace {
    /// The part.
    pub item: PointedItem,
    /// The place.
    pub span: Span,
}

/// Returns the part of a note in which byte `at` of the text stands.
pub fn pointed(text: &OpenText, at: u32) -> Option<PointedPlace> {
    let note = text.note.as_deref()?;
    let found = |item, span| Some(PointedPlace { item, span });
    if at <= note.spans.front_matter.end && at >= note.spans.front_matter.start {
        return in_front_matter(text, note, at);
    }
    if let Some(link) = innermost(&note.spans.links, at) {
        let part = part_place(&text.text, note, link).filter(|part| holds(*part, at));
        return match part {
            Some(span) => found(PointedItem::LinkPart(link), span),
            None => found(PointedItem::Link(link), link_name(note, link)),
        };
    }
    if let Some((id, span)) = footnote_around(&text.text, at as usize) {
        return found(PointedItem::Footnote(id), span);
    }
    if let Some((id, span)) = block_id_around(&text.text, at as usize) {
        return found(PointedItem::Block(id), span);
    }
    let heading = innermost(&note.spans.headings, at)?;
    found(PointedItem::Heading(heading), heading_text(&text.text, note.spans.headings[heading]))
}

fn in_front_matter(text: &OpenText, note: &Note, at: u32) -> Option<PointedPlace> {
    if let Some(reference) = innermost(&note.spans.references, at) {
        let span = note.spans.references[reference];
        return Some(PointedPlace { item: PointedItem::Reference(reference), span });
    }
    let front = WrittenFrontMatter::of(&text.path, &text.text)?;
    let around = |place: &Range<usize>| holds(Span::from(place.clone()), at);
    let setting = front
        .settings
        .iter()
        .find(|setting| around(&setting.key_place) || around(&setting.place))?;
    if setting.key == "title" && around(&setting.place) {
        return Some(PointedPlace { item: PointedItem::Title, span: note.spans.title });
    }
    let items = match &setting.form {
        SettingForm::One(_) => vec![&setting.place],
        SettingForm::Several { items, .. } => items.iter().map(|item| &item.place).collect(),
        SettingForm::Nothing | SettingForm::Part => Vec::new(),
    };
    let key = setting.key.clone();
    Some(match items.into_iter().find(|place| around(place)) {
        Some(place) => {
            PointedPlace { item: PointedItem::Value(key), span: Span::from(place.clone()) }
        }
        None => {
            let span = Span::from(setting.key_place.clone());
            PointedPlace { item: PointedItem::Key(key), span }
        }
    })
}

/// Returns whether a span holds byte `at`, or ends there.
fn holds(span: Span, at: u32) -> bool {
    span.start <= at && at <= span.end && span.start < span.end
}

/// Returns the index of the shortest of `spans` that holds byte `at`.
fn innermost(spans: &[Span], at: u32) -> Option<usize> {
    let around = (0..spans.len()).filter(|index| holds(spans[*index], at));
    around.min_by_key(|index| spans[*index].end - spans[*index].start)
}

/// Returns the place of the name or path in a link; of the whole link if it is not written there as it is meant.
pub(super) fn link_name(note: &Note, link: usize) -> Span {
    let whole = note.spans.links[link];
    note.spans.targets.get(link).copied().filter(|span| span.start < span.end).unwrap_or(whole)
}

/// Returns the place of the name or path in a link, with the part that it names.
pub(super) fn link_place(text: &str, note: &Note, link: usize) -> Span {
    let name = link_name(note, link);
    let end = part_place(text, note, link).map_or(name.end, |part| part.end);
    Span { start: name.start, end: end.max(name.end) }
}

/// Returns the place of the words of a heading, without the signs that make it one.
pub(super) fn heading_text(text: &str, span: Span) -> Span {
    let range = span.within(text);
    let line = text[range.clone()].lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let after_signs = line[indent..].trim_start_matches('#');
    let has_signs =
        after_signs.len() < line[indent..].len() && after_signs.starts_with([' ', '\t']);
    let start = if has_signs { line.len() - after_signs.trim_start().len() } else { indent };
    let mut end = line.trim_end().len();
    // Signs at the end close the heading only after a space.
    let unclosed = line[..end].trim_end_matches('#');
    if has_signs && unclosed.len() < end && unclosed.ends_with([' ', '\t']) {
        end = unclosed.trim_end().len();
    }
    if let Some(attributes) = line[..end].rfind(" {").filter(|_| line[..end].ends_with('}')) {
        end = line[..attributes].trim_end().len();
    }
    Span::from(range.start + start.min(end)..range.start + end)
}
