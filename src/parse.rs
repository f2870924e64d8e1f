//! A file into a note. Pure, per file, and it never fails: it returns the best note it can, and
//! what it had to say about it.

mod advice;
mod block;
mod callout;
mod destination;
mod fields;
mod footnotes;
mod front_matter;
mod highlight;
mod inline;
mod markdown;
mod math;
mod raw_html;
mod sentence;
mod writer;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::note::{self, Note};
use crate::refused::refused;
use crate::source::Source;
use fields::Fields;

/// Reads one note. A file that is no text makes an empty note, and a diagnostic.
pub fn parse(source: &Source, config: &Config) -> Note {
    let mut diagnostics: Vec<Diagnostic> = refused(source).into_iter().collect();
    let text = source.text().unwrap_or_default();
    let place = note::place(&source.path, config);
    advice::of_file(&source.path, &place, text, &mut diagnostics);
    let kind = note::kind(&place, config);
    let (block, body_start) = front_matter::split(&source.path, text, &mut diagnostics);
    let Fields { mut facts, mut spans, exceptions } =
        fields::read(&source.path, text, block, place, kind, config, &mut diagnostics);
    let title = facts.card.title.clone();
    let kept = markdown::Kept {
        numbers: config.kind(kind).numbered,
        check: &config.check,
        title: &title,
        prose: facts.marks_terms && config.kinds().any(|(_, kind)| kind.shown.glossary.is_some()),
    };
    let body = markdown::read(&source.path, text, body_start, kept, &mut diagnostics);
    facts.headings = body.headings;
    facts.anchors = body.anchors;
    facts.links = body.links;
    spans.links = body.link_spans;
    spans.blocks = body.blocks;
    diagnostics.sort();
    let path = source.path.clone();
    Note { source: path, facts, body: body.body, exceptions, spans, diagnostics }
}
