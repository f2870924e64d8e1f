//! Places that belong together: where a link leads, what leads to a note, and other mentions in the same text.

use super::mention::mentioned_term;
use super::pointed::{heading_text, link_place};
use super::signs::{block_id, footnote_places};
use super::{EditedBook, FilePlace, OpenText, PointedItem, pointed};
use crate::graph::{PartFound, Resolution};
use crate::note::{Note, NoteId, Origin};
use crate::span::Span;

/// A note, or a part of it, that links may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkedPart {
    /// The whole note, with all its parts.
    Note(NoteId),
    /// One part.
    Part(NoteId, PartFound),
}

/// Returns the places to which the item at byte `at` of a text leads.
pub fn definitions(book: EditedBook<'_>, text: &OpenText, at: u32) -> Vec<FilePlace> {
    let Some(place) = pointed(text, at) else {
        let term = mentioned_term(book, text, at).map(|(_, term)| term);
        let place = term.and_then(|id| target_place(book, Resolution::Note(id, PartFound::Whole)));
        return place.into_iter().collect();
    };
    let here = |span: Span| vec![FilePlace { path: text.path.clone(), span }];
    match place.item {
        PointedItem::Link(link) | PointedItem::LinkPart(link) => {
            book.link(text, link).and_then(|to| target_place(book, to)).into_iter().collect()
        }
        PointedItem::Reference(reference) => {
            let to = book.reference(text, reference);
            to.and_then(|to| target_place(book, to)).into_iter().collect()
        }
        PointedItem::Footnote(name) => {
            footnote_places(&text.text, &name).first().map_or_else(Vec::new, |span| here(*span))
        }
        PointedItem::Title | PointedItem::Heading(_) | PointedItem::Block(_) => here(place.span),
        PointedItem::Key(_) | PointedItem::Value(_) => Vec::new(),
    }
}

/// Returns the place of a note, a part of one or a file; `None` if it has no file.
pub(super) fn target_place(book: EditedBook<'_>, to: Resolution) -> Option<FilePlace> {
    match to {
        Resolution::Note(id, part) => {
            let note = book.note(id);
            let has_file = note.facts.origin.is_written();
            has_file.then(|| FilePlace {
                path: note.source.clone(),
                span: place_of_part(book, note, part),
            })
        }
        Resolution::WrongKind(id) => target_place(book, Resolution::Note(id, PartFound::Whole)),
        Resolution::File(id) => {
            let path = book.site().files.source(id).clone();
            Some(FilePlace { path, span: Span::default() })
        }
        Resolution::Missing | Resolution::Ambiguous => None,
    }
}

/// Returns the place of a part of a note in its file.
pub(super) fn place_of_part(book: EditedBook<'_>, note: &Note, part: PartFound) -> Span {
    let text = book.text(&note.source).unwrap_or_default();
    let place = match part {
        PartFound::Heading(at) => {
            note.spans.headings.get(at as usize).map(|span| heading_text(text, *span))
        }
        PartFound::Anchor(at) => {
            note.facts.anchors.get(at as usize).and_then(|anchor| block_id(text, anchor))
        }
        PartFound::Whole | PartFound::Missing => None,
    };
    let is_within = |span: &Span| span.start < span.end && span.end as usize <= text.len();
    place.filter(is_within).unwrap_or_default()
}

/// Returns the places that lead where the item at byte `at` of a text leads, or to the item itself, in the order of files.
pub fn references(
    book: EditedBook<'_>,
    text: &OpenText,
    at: u32,
    with_definition: bool,
) -> Vec<FilePlace> {
    let item = pointed(text, at).map(|place| place.item);
    if let Some(PointedItem::Footnote(name)) = item {
        let places = footnote_places(&text.text, &name).into_iter();
        let skipped = usize::from(!with_definition);
        return places
            .skip(skipped)
            .map(|span| FilePlace { path: text.path.clone(), span })
            .collect();
    }
    let Some(part) = linked_part(book, text, item) else { return Vec::new() };
    let mut places = leading_to(book, part);
    if with_definition {
        let to = match part {
            LinkedPart::Note(id) => Resolution::Note(id, PartFound::Whole),
            LinkedPart::Part(id, part) => Resolution::Note(id, part),
        };
        places.extend(target_place(book, to));
    }
    places.sort();
    places.dedup();
    places
}

/// Returns what an item of a text is about: the note that it names or stands in, or a part of one.
fn linked_part(
    book: EditedBook<'_>,
    text: &OpenText,
    item: Option<PointedItem>,
) -> Option<LinkedPart> {
    let own = book.id_of(&text.path);
    let of = |to: Resolution| match to {
        Resolution::Note(id, PartFound::Whole | PartFound::Missing) | Resolution::WrongKind(id) => {
            Some(LinkedPart::Note(id))
        }
        Resolution::Note(id, part) => Some(LinkedPart::Part(id, part)),
        Resolution::File(_) | Resolution::Missing | Resolution::Ambiguous => None,
    };
    match item {
        Some(PointedItem::Link(link) | PointedItem::LinkPart(link)) => of(book.link(text, link)?),
        Some(PointedItem::Reference(reference)) => of(book.reference(text, reference)?),
        Some(PointedItem::Heading(at)) => {
            Some(LinkedPart::Part(own?, PartFound::Heading(at as u32)))
        }
        Some(PointedItem::Block(id)) => {
            let anchors = &text.note.as_ref()?.facts.anchors;
            let at = anchors.iter().position(|anchor| **anchor == *id)?;
            Some(LinkedPart::Part(own?, PartFound::Anchor(at as u32)))
        }
        Some(
            PointedItem::Title
            | PointedItem::Key(_)
            | PointedItem::Value(_)
            | PointedItem::Footnote(_),
        )
        | None => own.map(LinkedPart::Note),
    }
}

/// Returns the places of the links and references that lead to a note or a part of it.
pub(super) fn leading_to(book: EditedBook<'_>, part: LinkedPart) -> Vec<FilePlace> {
    let site = book.site();
    let fits = |to: Resolution| match (part, to) {
        (LinkedPart::Note(id), Resolution::Note(to, _)) => {
            id == to || site.note(id).source == site.note(to).source
        }
        (LinkedPart::Part(id, part), Resolution::Note(to, found)) => id == to && part == found,
        _ => false,
    };
    let mut places = Vec::new();
    for (id, known) in site.notes().filter(|(_, note)| note.facts.origin == Origin::File) {
        let mut put = |span: Option<&Span>| {
            places.extend(span.map(|span| FilePlace { path: known.source.clone(), span: *span }));
        };
        if let Some(open) = book.open.get(&known.source)
            && let Some(note) = &open.note
        {
            let [links, references] = book.leads(open).unwrap_or_default();
            for (at, _) in links.iter().enumerate().filter(|(_, to)| fits(**to)) {
                put(note.spans.links.get(at));
            }
            for (at, _) in references.iter().enumerate().filter(|(_, to)| fits(**to)) {
                put(note.spans.references.get(at));
            }
            continue;
        }
        let (links, references) =
            (&site.graph.links[id.index()], &site.graph.references[id.index()]);
        for (at, _) in links.iter().enumerate().filter(|(_, to)| fits(**to)) {
            put(known.spans.links.get(at));
        }
        for (at, _) in references.iter().enumerate().filter(|(_, to)| fits(**to)) {
            put(known.spans.references.get(at));
        }
    }
    places
}

/// Returns the links of a text that lead to a file, each with its place and that of its target.
pub fn outgoing(book: EditedBook<'_>, text: &OpenText) -> Vec<(Span, FilePlace)> {
    let Some(note) = text.note.as_deref() else { return Vec::new() };
    let [links, references] = book.leads(text).unwrap_or_default();
    let links = links
        .into_iter()
        .enumerate()
        .filter_map(|(at, to)| Some((link_place(&text.text, note, at), target_place(book, to)?)));
    let references = references
        .into_iter()
        .enumerate()
        .filter_map(|(at, to)| Some((*note.spans.references.get(at)?, target_place(book, to)?)));
    links.chain(references).collect()
}

/// Returns the places in the same text that mean the same as the item at byte `at`.
pub fn highlights(book: EditedBook<'_>, text: &OpenText, at: u32) -> Vec<Span> {
    let found = references(book, text, at, true).into_iter();
    let own = found.filter(|place| place.path == text.path && place.span.start < place.span.end);
    own.map(|place| place.span).collect()
}
