//! The links and references of the book, for rules that look at each of them.

use crate::diagnostic::{Diagnostic, Rule};
use crate::graph::Resolution;
use crate::note::{LinkTarget, Note, NoteId, RefField};
use crate::site::Site;
use crate::span::Span;

/// A link or reference of a note, with the note it leads to and its place.
pub(super) struct Occurrence<'a> {
    pub(super) id: NoteId,
    pub(super) note: &'a Note,
    /// The field it stands in; none for a link of the text.
    pub(super) field: Option<RefField>,
    pub(super) target: &'a LinkTarget,
    pub(super) resolution: Resolution,
    pub(super) span: Span,
}

impl Occurrence<'_> {
    pub(super) fn error(&self, rule: &'static Rule, message: String) -> Diagnostic {
        Diagnostic::error(&self.note.source, self.span, rule, message)
    }

    pub(super) fn warning(&self, rule: &'static Rule, message: String) -> Diagnostic {
        Diagnostic::warning(&self.note.source, self.span, rule, message)
    }
}

/// Returns the links and references of the book whose resolution is `wanted`.
pub(super) fn occurrences<'a>(
    site: &'a Site,
    wanted: impl Fn(&Resolution) -> bool + Copy + 'a,
) -> impl Iterator<Item = Occurrence<'a>> {
    site.notes().flat_map(move |(id, _)| occurrences_of(site, id, wanted))
}

/// Returns the links and references of one note whose resolution is `wanted`.
pub(super) fn occurrences_of<'a>(
    site: &'a Site,
    id: NoteId,
    wanted: impl Fn(&Resolution) -> bool + Copy + 'a,
) -> impl Iterator<Item = Occurrence<'a>> {
    let (graph, note) = (&site.graph, site.note(id));
    let links = note.facts.links.iter().map(|link| (None, &link.target)).zip(&note.spans.links);
    let links = links.zip(&graph.links[id.index()]);
    let references = note.facts.references.iter().map(|r| (Some(r.field), &r.target));
    let references = references.zip(&note.spans.references).zip(&graph.references[id.index()]);
    let all = links.chain(references).filter(move |(_, resolution)| wanted(resolution));
    all.map(move |(((field, target), span), resolution)| Occurrence {
        id,
        note,
        field,
        target,
        resolution: *resolution,
        span: *span,
    })
}
