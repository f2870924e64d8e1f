//! What a book and its notes say of findings: how bad they are, and which are exceptions.

use std::collections::BTreeSet;

use crate::config::{Config, KindId};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::note::Note;

/// Gives each finding the level that the book sets, takes out what is off and what a note is an
/// exception from, and reports exceptions of `notes` that nothing needs. `notes` are in the order of
/// their paths, and among them is every note of which something was found.
pub fn settle(config: &Config, notes: &[&Note], diagnostics: &mut Vec<Diagnostic>) {
    // By their place among the notes.
    let excepted: BTreeSet<(usize, Code)> = (0..)
        .zip(notes)
        .flat_map(|(at, note)| note.exceptions.iter().map(move |exception| (at, exception.code)))
        .collect();
    let mut used: BTreeSet<(usize, Code)> = BTreeSet::new();
    diagnostics.retain_mut(|diagnostic| {
        let code = diagnostic.code;
        // What the configuration itself says must be read as it is meant.
        let of_reader = matches!(
            code,
            Code::BadDate
                | Code::BadValue
                | Code::MissingField
                | Code::UnknownKey
                | Code::ValueNotInList
        );
        if !code.is_settable() || of_reader && diagnostic.path.as_str() == config.path {
            return true;
        }
        let at = notes.binary_search_by(|note| note.source.cmp(&diagnostic.path)).ok();
        let level = config.check.level(code, at.map(|at| notes[at].facts.kind));
        let Some(severity) = level.severity() else { return false };
        diagnostic.severity = severity;
        let exception = at.map(|at| (at, code)).filter(|exception| excepted.contains(exception));
        used.extend(exception);
        exception.is_none()
    });
    for (at, note) in notes.iter().enumerate() {
        for exception in note.exceptions.iter().filter(|e| !used.contains(&(at, e.code))) {
            diagnostics.extend(unused(config, note, exception.code, exception.span));
        }
    }
}

fn unused(config: &Config, note: &Note, code: Code, span: crate::span::Span) -> Option<Diagnostic> {
    let level = |code: Code, kind: KindId| config.check.level(code, Some(kind));
    let kind = note.facts.kind;
    // A rule that is off finds nothing, and may be on again tomorrow.
    if level(code, kind) == Level::Off {
        return None;
    }
    let severity = level(Code::UnusedException, kind).severity()?;
    let message = format!("the note keeps the rule \"{}\"", code.name());
    let diagnostic = Diagnostic::warning(&note.source, span, Code::UnusedException, message);
    Some(Diagnostic { severity, ..diagnostic }.help("delete the exception"))
}
