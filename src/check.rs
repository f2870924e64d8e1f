//! The rules that a book as a whole must keep. Each reads the site and says what it found; what a
//! note has wrong by itself was found when it was parsed.

mod ambiguous_name;
mod broken_link;
mod candidates;
mod confidential_name;
mod duplicate_title;
mod embed_cycle;
mod folder_name;
mod menu;
mod missing_anchor;
mod no_kind;
mod no_notes;
mod orphan;
mod reference_kind;
mod review_overdue;
mod settle;
mod superseded_cited;
mod supersession_cycle;
mod theme;
mod withdrawn_original;

pub use settle::settle;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Resolution;
use crate::note::{LinkRole, LinkTarget, Note, NoteId, RefField};
use crate::site::Site;
use crate::span::Span;

/// A rule looks at the whole book.
type Rule = fn(&Site, &mut Vec<Diagnostic>);

/// The rules whose findings follow from the facts of notes; only the places of what they find move
/// when nothing but texts change.
const OF_FACTS: &[Rule] = &[
    ambiguous_name::check,
    broken_link::check,
    confidential_name::check,
    duplicate_title::check,
    folder_name::check,
    menu::check,
    missing_anchor::check,
    no_kind::check,
    no_notes::check,
    reference_kind::check,
    review_overdue::check,
    superseded_cited::check,
    supersession_cycle::check,
    theme::check,
    withdrawn_original::check,
];

/// The rules that look at the texts of notes too.
const OF_TEXTS: &[Rule] = &[confidential_name::check_words, embed_cycle::check, orphan::check];

/// What the facts of the book have wrong as a whole.
pub fn check_facts(site: &Site) -> Vec<Diagnostic> {
    run(OF_FACTS, site)
}

/// What the texts of the book have wrong as a whole.
pub fn check_texts(site: &Site) -> Vec<Diagnostic> {
    run(OF_TEXTS, site)
}

/// Says whether another text of this note can change what [`check_texts`] finds: rings are of embeds, only in
/// confidential notes it matters who is named, and a term may be explained in no other note.
pub fn texts_matter(config: &Config, note: &Note) -> bool {
    note.facts.links.iter().any(|link| link.role == LinkRole::Embed)
        || confidential_name::is_confidential(config, note)
        || (orphan::is_on(config)
            && config.kinds().any(|(_, kind)| kind.features.glossary.is_some()))
}

fn run(rules: &[Rule], site: &Site) -> Vec<Diagnostic> {
    let found = rules.par_iter().map(|rule| {
        let mut out = Vec::new();
        rule(site, &mut out);
        out
    });
    found.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// A link or reference, where it leads, and where it stands.
struct Occurrence<'a> {
    id: NoteId,
    note: &'a Note,
    /// The field it stands in; none for a link of the text.
    field: Option<RefField>,
    target: &'a LinkTarget,
    resolution: Resolution,
    span: Span,
}

impl Occurrence<'_> {
    fn error(&self, code: Code, message: String) -> Diagnostic {
        Diagnostic::error(&self.note.source, self.span, code, message)
    }

    fn warning(&self, code: Code, message: String) -> Diagnostic {
        Diagnostic::warning(&self.note.source, self.span, code, message)
    }
}

/// The number of notes of a ring that are named. Rings that share notes may each be as long as the book.
const NAMED: usize = 12;

/// What to say of notes that stand in a ring.
fn ring(site: &Site, notes: &[NoteId], span: Span, code: Code, verb: &str) -> Diagnostic {
    let message = match notes {
        [_] => format!("this note {verb}s itself"),
        _ => format!("these notes {verb} each other"),
    };
    let source = |id: &NoteId| site.note(*id).source.as_str();
    let named = notes.len().min(NAMED);
    let mut paths: Vec<&str> = notes[..named].iter().map(source).collect();
    let more = format!("{} more", notes.len() - named);
    if notes.len() > named {
        paths.push(&more);
    }
    paths.extend(notes.first().map(source));
    let diagnostic = Diagnostic::error(&site.note(notes[0]).source, span, code, message);
    match notes {
        [_] => diagnostic,
        _ => diagnostic.help(format!("the ring is {}", paths.join(", then "))),
    }
}

/// Every link and reference of the book whose resolution is of interest to a rule.
fn pointings<'a>(
    site: &'a Site,
    wanted: impl Fn(&Resolution) -> bool + Copy + 'a,
) -> impl Iterator<Item = Occurrence<'a>> {
    site.notes().flat_map(move |(id, _)| pointings_of(site, id, wanted))
}

/// Those of one note.
fn pointings_of<'a>(
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
