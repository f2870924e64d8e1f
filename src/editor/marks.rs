//! Parts of a text that an editor colours, and remarks that it shows between the words.

use super::pointed::link_place;
use super::signs::comments;
use super::{EditedBook, OpenText};
use crate::graph::{PartFound, Resolution};
use crate::note::NoteId;
use crate::note_settings::WrittenFrontMatter;
use crate::slug::fold;
use crate::span::Span;

/// A part of a text that an editor colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextMark {
    /// The part.
    pub span: Span,
    /// Its sort.
    pub sort: MarkSort,
}

/// The sort of a part that is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkSort {
    /// A key of the front matter.
    Key,
    /// A link to a note or file that is there.
    Link,
    /// A link to a note that is outdated.
    PastLink,
    /// A link that leads nowhere.
    BrokenLink,
    /// A comment, which readers don't see.
    Comment,
}

/// A remark at a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextHint {
    /// The place.
    pub at: u32,
    /// The remark.
    pub label: String,
}

/// Returns the parts of a text that are coloured, in their order.
pub fn marks(book: EditedBook<'_>, text: &OpenText) -> Vec<TextMark> {
    let Some(note) = text.note.as_deref() else { return Vec::new() };
    let mut marks = Vec::new();
    let mut put = |span: Span, sort| {
        if span.start < span.end {
            marks.push(TextMark { span, sort });
        }
    };
    if let Some(front) = WrittenFrontMatter::of(&text.path, &text.text) {
        front
            .settings
            .iter()
            .for_each(|setting| put(Span::from(setting.key_place.clone()), MarkSort::Key));
    }
    let sort = |to: Resolution| match to {
        Resolution::Note(_, PartFound::Missing) => MarkSort::BrokenLink,
        Resolution::Note(id, _) if book.site().is_past(id) => MarkSort::PastLink,
        Resolution::Note(..) | Resolution::File(_) => MarkSort::Link,
        Resolution::WrongKind(_) | Resolution::Missing | Resolution::Ambiguous => {
            MarkSort::BrokenLink
        }
    };
    let [links, references] = book.leads(text).unwrap_or_default();
    for (at, to) in links.into_iter().enumerate() {
        put(link_place(&text.text, note, at), sort(to));
    }
    for (span, to) in note.spans.references.iter().zip(references) {
        put(*span, sort(to));
    }
    comments(&text.text).into_iter().for_each(|span| put(span, MarkSort::Comment));
    marks.sort();
    // An editor takes no part within another.
    let mut end = 0;
    marks.retain(|mark| {
        let is_free = mark.span.start >= end;
        end = if is_free { mark.span.end } else { end };
        is_free
    });
    marks
}

/// Returns remarks about a text: the titles of notes that links call by other names, the number of links that lead here, and
/// a review that is overdue.
pub fn hints(book: EditedBook<'_>, text: &OpenText) -> Vec<TextHint> {
    let (Some(note), site) = (text.note.as_deref(), book.site()) else { return Vec::new() };
    let mut hints = Vec::new();
    let title = |id: NoteId| &site.note(id).facts.card.title;
    let [links, references] = book.leads(text).unwrap_or_default();
    for (at, (link, to)) in note.facts.links.iter().zip(links).enumerate() {
        let whole = note.spans.links[at].within(&text.text);
        let written = &text.text[whole.clone()];
        let shows_name = written.starts_with("[[") && !written.contains('|');
        if let Resolution::Note(id, _) = to
            && shows_name
            && !link.target.is_own_note()
            && fold(title(id)) != fold(&link.target.path)
        {
            hints.push(TextHint { at: whole.end as u32, label: title(id).clone() });
        }
    }
    let spans = note.spans.references.iter().zip(&note.facts.references);
    for ((span, reference), to) in spans.zip(references) {
        let target = &reference.target;
        if let Resolution::Note(id, _) = to
            && fold(title(id)) != fold(&target.path)
        {
            hints.push(TextHint { at: span.end, label: title(id).clone() });
        }
    }
    if let Some(id) = book.id_of(&text.path) {
        let count = site.pointers(id).len();
        if count > 0 {
            let label = if count == 1 {
                "1 link leads here".to_owned()
            } else {
                format!("{count} links lead here")
            };
            hints.push(TextHint { at: note.spans.title.end, label });
        }
        if note.facts.review_missed(site.today).is_some() {
            hints.push(TextHint { at: note.spans.review_by.end, label: "overdue".to_owned() });
        }
    }
    hints.sort_by_key(|hint| hint.at);
    hints
}
