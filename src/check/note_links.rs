//! The links of one note while it is written, judged before the book is linked with it.

use super::occurrences::occurrences_in;
use super::rules::{ambiguous_name, broken_link, missing_anchor};
use crate::diagnostic::Diagnostic;
use crate::graph::{PartFound, Resolution};
use crate::nearest::SUGGESTED;
use crate::note::{Note, NoteId};
use crate::site::Site;

/// Returns the links and references of a note that lead nowhere, or may lead to several notes. `links` and `references` say where
/// each leads. Nothing is suggested, because that takes long; otherwise they are as the whole book shows them.
pub fn check_links_of(
    site: &Site,
    id: NoteId,
    note: &Note,
    links: &[Resolution],
    references: &[Resolution],
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let missing = |to: &Resolution| *to == Resolution::Missing;
    let broken = occurrences_in(id, note, links, references, missing);
    broken_link::report(site, broken, SUGGESTED, &mut out);
    let ambiguous = |to: &Resolution| *to == Resolution::Ambiguous;
    let many = occurrences_in(id, note, links, references, ambiguous);
    ambiguous_name::report(site, many, &mut out);
    let partless = |to: &Resolution| matches!(to, Resolution::Note(_, PartFound::Missing));
    let partless = occurrences_in(id, note, links, references, partless);
    missing_anchor::report(site, partless, &mut out);
    out
}
