//! Findings about notes that stand in a ring.

use crate::diagnostic::{Diagnostic, Rule};
use crate::note::NoteId;
use crate::site::Site;
use crate::span::Span;

/// The most notes of a ring that are named. Rings that share notes may each be as long as the book.
const NAMED: usize = 12;

/// Reports notes that stand in a ring, in which each `verb`s the next.
pub(super) fn ring(
    site: &Site,
    notes: &[NoteId],
    span: Span,
    rule: &'static Rule,
    verb: &str,
) -> Diagnostic {
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
    let diagnostic = Diagnostic::error(&site.note(notes[0]).source, span, rule, message);
    match notes {
        [_] => diagnostic,
        _ => diagnostic
            .help(format!("the ring is {}", paths.join(", then ")))
            .and_in(notes[..named].iter().map(|id| site.note(*id).source.clone())),
    }
}
