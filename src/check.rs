//! The rules that a book as a whole must keep. Each reads the site and says what it found; what a
//! note has wrong by itself was found when it was parsed.

mod ambiguous_name;
mod broken_link;
mod cycle;
mod menu;
mod missing_anchor;
mod reference_kind;
mod same_address;

use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Resolution;
use crate::note::{Note, Target};
use crate::site::Site;
use crate::span::Span;

/// A rule looks at the whole book.
type Rule = fn(&Site, &mut Vec<Diagnostic>);

/// Every rule, in the order of their names.
const RULES: &[Rule] = &[
    ambiguous_name::check,
    broken_link::check,
    cycle::check,
    menu::check,
    missing_anchor::check,
    reference_kind::check,
    same_address::check,
];

/// What the book has wrong as a whole.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for rule in RULES {
        rule(site, &mut out);
    }
    out
}

/// A link or reference, where it leads, and where it stands.
struct Pointing<'a> {
    note: &'a Note,
    target: &'a Target,
    resolution: Resolution,
    span: Span,
}

impl Pointing<'_> {
    fn error(&self, code: Code, message: String) -> Diagnostic {
        Diagnostic::error(&self.note.source, self.span, code, message)
    }
}

/// Every link and reference of the book whose resolution is of interest to a rule.
fn pointings<'a>(
    site: &'a Site,
    wanted: impl Fn(&Resolution) -> bool + 'a,
) -> impl Iterator<Item = Pointing<'a>> {
    site.notes().flat_map(move |(id, note)| {
        let graph = &site.graph;
        let links = note.facts.links.iter().map(|link| &link.target).zip(&note.spans.links);
        let links = links.zip(&graph.links[id.index()]);
        let references = note.facts.references.iter().map(|reference| &reference.target);
        let references = references.zip(&note.spans.references).zip(&graph.references[id.index()]);
        let all: Vec<_> =
            links.chain(references).filter(|(_, resolution)| wanted(resolution)).collect();
        all.into_iter().map(move |((target, span), resolution)| Pointing {
            note,
            target,
            resolution: *resolution,
            span: *span,
        })
    })
}
