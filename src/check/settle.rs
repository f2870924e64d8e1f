//! What a book and its notes say of findings: how bad they are, and which are exceptions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, KindId};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::note::Note;
use crate::path::SourcePath;

/// Gives each finding the level that the book sets, takes out what is off and what a note is an
/// exception from, and reports exceptions that nothing needs.
pub fn settle(
    config: &Config,
    notes: &BTreeMap<SourcePath, Arc<Note>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut used: Vec<(SourcePath, Code)> = Vec::new();
    diagnostics.retain_mut(|diagnostic| {
        let code = diagnostic.code;
        if !code.is_settable() {
            return true;
        }
        let note = notes.get(&diagnostic.path);
        let level = config.check.level(code, note.map(|note| note.facts.kind));
        let Some(severity) = level.severity() else { return false };
        diagnostic.severity = severity;
        let excepted =
            note.is_some_and(|note| note.exceptions.iter().any(|except| except.code == code));
        if excepted {
            used.push((diagnostic.path.clone(), code));
        }
        !excepted
    });
    for note in notes.values().filter(|note| !note.exceptions.is_empty()) {
        for exception in &note.exceptions {
            let (path, code) = (&note.source, exception.code);
            if !used.iter().any(|used| (&used.0, used.1) == (path, code)) {
                diagnostics.extend(unused(config, note, code, exception.span));
            }
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
