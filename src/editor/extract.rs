//! A section of a note as a note of its own.

use super::action::{EditorAction, NewFileText};
use super::navigation::{LinkedPart, leading_to};
use super::outline::section_of;
use super::{EditedBook, OpenText};
use crate::authoring::{NewNote, new_note, new_path_in};
use crate::diagnostic::{TextEdit, line_break};
use crate::graph::PartFound;
use crate::note::Note;
use crate::span::Span;
use crate::table::Notation;

/// Returns the change that moves the text below a heading into a note of its own and leaves a link to it. There is none if a
/// link leads into that text, or if it uses what is defined outside it, such as a footnote.
pub(super) fn extraction(
    book: EditedBook<'_>,
    text: &OpenText,
    heading: usize,
    notation: Notation,
) -> Option<EditorAction> {
    let (site, note) = (book.site(), text.note.as_deref()?);
    let id = book.id_of(&text.path)?;
    let section = section_of(&text.text, note, heading)?;
    let start = note.spans.headings[heading].end;
    let span = Span { start, end: start + section.len() as u32 };
    if section.trim().is_empty() || section.contains("[^") || section.contains("]: ") {
        return None;
    }
    let mut links = note.facts.links.iter().zip(&note.spans.links).zip(&note.spans.targets);
    let uses_more = links.any(|((link, whole), target)| {
        let is_inside = whole.start >= span.start && whole.end <= span.end;
        let has_name = target.start >= whole.start && target.end <= whole.end;
        is_inside && (link.target.is_own_note() || !has_name)
    });
    if uses_more {
        return None;
    }
    let inner = note.spans.headings.iter().enumerate();
    let inner = inner.filter(|(_, place)| span.start <= place.start && place.end <= span.end);
    let inner = inner.map(|(at, _)| PartFound::Heading(at as u32));
    let blocks = note.facts.anchors.iter().enumerate();
    let blocks = blocks.filter(|(_, anchor)| section.contains(&format!("^{anchor}")));
    let blocks = blocks.map(|(at, _)| PartFound::Anchor(at as u32));
    let is_linked = |part| !leading_to(book, LinkedPart::Part(id, part)).is_empty();
    if inner.chain(blocks).any(is_linked) {
        return None;
    }
    let title = &note.facts.headings[heading].text;
    let path = new_path_in(&site.config, &note.facts.place.folder, title).ok()?;
    let name = path.in_notes()?.strip_suffix(".md")?.rsplit('/').next()?;
    let is_called = |note: &Note| note.facts.place.path.rsplit('/').next() == Some(name);
    if book.has_file(&path) || site.notes().any(|(_, note)| is_called(note)) {
        return None;
    }
    let asked = NewNote {
        kind: note.facts.kind,
        title,
        values: &[],
        is_draft: false,
        text: Some(section.trim_start()),
        notation,
    };
    let end = line_break(&text.text);
    // The next heading stays apart.
    let gap =
        if (span.end as usize) < text.text.len() { format!("{end}{end}") } else { end.to_owned() };
    let link = format!("{end}See [[{name}]].{gap}");
    Some(EditorAction {
        title: format!("make this section the note {}", path.as_str()),
        problem: None,
        is_safe: false,
        edits: vec![TextEdit { span, text: link }],
        file: Some(NewFileText { text: new_note(site, &path, &asked).ok()?, path }),
    })
}
