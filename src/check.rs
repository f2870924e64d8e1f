//! The rules that a book as a whole must keep. Each reads the site and says what it found; what a
//! note has wrong by itself was found when it was parsed.

mod ambiguous_name;
mod broken_link;
mod embed_cycle;
mod menu;
mod missing_anchor;
mod reference_kind;
mod same_address;
mod supersession_cycle;

use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Resolution;
use crate::note::{Note, NoteId, Target};
use crate::site::Site;
use crate::span::Span;

/// A rule looks at the whole book.
type Rule = fn(&Site, &mut Vec<Diagnostic>);

/// The rules whose findings follow from the facts of notes; only the places of what they find move
/// when nothing but texts change.
const OF_FACTS: &[Rule] = &[
    ambiguous_name::check,
    broken_link::check,
    supersession_cycle::check,
    menu::check,
    missing_anchor::check,
    reference_kind::check,
    same_address::check,
];

/// The rules that look at the texts of notes too.
const OF_TEXTS: &[Rule] = &[embed_cycle::check];

/// What the facts of the book have wrong as a whole.
pub fn check_facts(site: &Site) -> Vec<Diagnostic> {
    run(OF_FACTS, site)
}

/// What the texts of the book have wrong as a whole.
pub fn check_texts(site: &Site) -> Vec<Diagnostic> {
    run(OF_TEXTS, site)
}

fn run(rules: &[Rule], site: &Site) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    rules.iter().for_each(|rule| rule(site, &mut out));
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

/// What to say of notes that stand in a ring.
fn ring(site: &Site, notes: &[NoteId], span: Span, code: Code, verb: &str) -> Diagnostic {
    let message = match notes {
        [_] => format!("this note {verb}s itself"),
        _ => format!("these notes {verb} each other"),
    };
    let source = |id: &NoteId| site.note(*id).source.as_str();
    let paths: Vec<&str> = notes.iter().chain(notes.first()).map(source).collect();
    let diagnostic = Diagnostic::error(&site.note(notes[0]).source, span, code, message);
    match notes {
        [_] => diagnostic,
        _ => diagnostic.help(format!("the ring is {}", paths.join(", then "))),
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
