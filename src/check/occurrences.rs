//! The links and references of the book, for rules that look at each of them.

use crate::diagnostic::{Diagnostic, Fix, FixSafety, Rule};
use crate::graph::Resolution;
use crate::nearest::is_slip;
use crate::note::{LinkRole, LinkTarget, Note, NoteId, RefField};
use crate::site::Site;
use crate::span::Span;
use crate::table::quoted;

/// A link or reference of a note, with the note it leads to and its place.
pub(super) struct Occurrence<'a> {
    pub(super) id: NoteId,
    pub(super) note: &'a Note,
    /// The field it stands in; none for a link of the text.
    pub(super) field: Option<RefField>,
    /// The purpose of a link of the text.
    role: Option<LinkRole>,
    pub(super) target: &'a LinkTarget,
    pub(super) resolution: Resolution,
    pub(super) span: Span,
    /// The place of the name or path; empty if it is not written as it is meant.
    target_span: Span,
}

impl Occurrence<'_> {
    pub(super) fn error(&self, rule: &'static Rule, message: String) -> Diagnostic {
        Diagnostic::error(&self.note.source, self.span, rule, message)
    }

    /// Adds the names that may have been meant, with fixes that write them in place of the one written.
    /// A single one that differs by one slip is certain.
    pub(super) fn suggest(&self, mut diagnostic: Diagnostic, near: &[&str]) -> Diagnostic {
        let written = &*self.target.path;
        let safety = FixSafety::when(matches!(near, [one] if is_slip(written, one)));
        if self.target_span.start < self.target_span.end {
            for name in near {
                let fix = Fix::new(format!("write {name}"), safety);
                diagnostic.add_fix(fix.replace(self.target_span, self.spelled(name)));
            }
        }
        diagnostic.did_you_mean(near)
    }

    /// Returns a name as it is written at the place of the target: in quotes, in a wiki link, or as the
    /// address of a link.
    fn spelled(&self, name: &str) -> String {
        let before = self.target_span.start.checked_sub(self.span.start);
        let is_embed = self.role.is_some_and(|role| role != LinkRole::Link);
        match self.field {
            Some(_) => quoted(name),
            None if before == Some(2) || before == Some(3) && is_embed => name.to_owned(),
            None if name.contains(|c: char| c.is_whitespace() || "()".contains(c)) => {
                format!("<{name}>")
            }
            None => name.to_owned(),
        }
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
    let graph = &site.graph;
    occurrences_in(
        id,
        site.note(id),
        &graph.links[id.index()],
        &graph.references[id.index()],
        wanted,
    )
}

/// Returns the links and references of a note, given as it is, whose resolution is `wanted`.
pub(super) fn occurrences_in<'a>(
    id: NoteId,
    note: &'a Note,
    links_lead: &'a [Resolution],
    references_lead: &'a [Resolution],
    wanted: impl Fn(&Resolution) -> bool + Copy + 'a,
) -> impl Iterator<Item = Occurrence<'a>> {
    let spans = note.spans.links.iter().zip(&note.spans.targets);
    let links = note.facts.links.iter().map(|link| (None, Some(link.role), &link.target));
    let links = links.zip(spans).zip(links_lead);
    let references = note.facts.references.iter().map(|r| (Some(r.field), None, &r.target));
    let spans = note.spans.references.iter().map(|span| (span, span));
    let references = references.zip(spans).zip(references_lead);
    let all = links.chain(references).filter(move |(_, resolution)| wanted(resolution));
    all.map(move |(((field, role, target), spans), resolution)| Occurrence {
        id,
        note,
        field,
        role,
        target,
        resolution: *resolution,
        span: *spans.0,
        target_span: *spans.1,
    })
}
