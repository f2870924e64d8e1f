//! The fixes that can be tried together.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Fix, Rule, TextEdit};
use crate::path::SourcePath;
use crate::source::{Source, SourceRole, Sources};
use crate::span::{LineIndex, Span};

/// A fix that may be applied, with its problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FixCandidate {
    pub(super) path: SourcePath,
    /// The line of the problem.
    pub(super) line: usize,
    pub(super) rule: &'static Rule,
    /// The message about the problem.
    pub(super) message: String,
    pub(super) fix: Fix,
}

/// Returns the safe fixes of the problems that are wanted, without those that were `refused` and
/// those that would change the same place as one before.
pub(super) fn candidates(
    problems: &[Diagnostic],
    sources: &Sources,
    is_wanted: &dyn Fn(&Diagnostic) -> bool,
    refused: &BTreeSet<FixCandidate>,
) -> Vec<FixCandidate> {
    let mut found = Vec::new();
    for of_file in problems.chunk_by(|a, b| a.path == b.path) {
        let path = &of_file[0].path;
        if !matches!(SourceRole::of(path), SourceRole::Note | SourceRole::Config) {
            continue;
        }
        let Some(text) = sources.get(path).and_then(Source::text) else { continue };
        let fixed = of_file.iter().filter(|problem| is_wanted(problem));
        let fixed: Vec<_> =
            fixed.filter_map(|problem| Some((problem, problem.safe_fix()?))).collect();
        if fixed.is_empty() {
            continue;
        }
        let (lines, mut taken) = (LineIndex::new(text), TakenPlaces::default());
        for (Diagnostic { span, rule, message, .. }, fix) in fixed {
            let (line, _) = lines.line_column(text, span.within(text).start);
            let (rule, message) = (*rule, message.to_string());
            let fix = FixCandidate { path: path.clone(), line, rule, message, fix: fix.clone() };
            if !refused.contains(&fix) && taken.take(&fix.fix.edits) {
                found.push(fix);
            }
        }
    }
    found
}

/// The places of a file that fixes change already, by where they begin.
#[derive(Default)]
struct TakenPlaces {
    spans: BTreeMap<u32, Span>,
}

impl TakenPlaces {
    /// Takes the places of some edits, if all are free.
    fn take(&mut self, edits: &[TextEdit]) -> bool {
        let is_free = !edits.iter().any(|edit| self.conflicts(edit));
        if is_free {
            self.spans.extend(edits.iter().map(|edit| (edit.span.start, edit.span)));
        }
        is_free
    }

    fn conflicts(&self, edit: &TextEdit) -> bool {
        // The places don't overlap, so only the last two that begin before the end can matter: the
        // last may begin just there.
        let near = self.spans.range(..=edit.span.end).rev().take(2);
        near.into_iter().any(|(_, span)| edit.conflicts_with(*span))
    }
}
