//! The problems that a book has only after a change.

use super::notes::ChangedFiles;
use super::{ComparedState, NewProblem};
use crate::diagnostic::{Diagnostic, KnownCounts};
use crate::source::Source;
use crate::span::LineIndex;

/// Returns the problems that are new, and the number of those that are gone. Their places don't count, since every edit
/// moves them. `failed` are those of pages that could be made before.
pub(super) fn compare(
    before: &ComparedState<'_>,
    after: &ComparedState<'_>,
    changed: &ChangedFiles,
    failed: &[Diagnostic],
) -> (Vec<NewProblem>, usize) {
    let key = |problem: &Diagnostic| {
        (changed.former(&problem.path).clone(), problem.rule.name, problem.message.clone())
    };
    let mut known = KnownCounts::of(before.problems.iter().map(key));
    let mut new: Vec<&Diagnostic> =
        after.problems.iter().filter(|problem| !known.take(&key(problem))).collect();
    new.extend(failed);
    new.sort();
    let mut found = Vec::with_capacity(new.len());
    for of_file in new.chunk_by(|a, b| a.path == b.path) {
        let text = after.sources.get(&of_file[0].path).map_or("", Source::shown);
        let lines = LineIndex::new(text);
        found.extend(of_file.iter().map(|problem| NewProblem {
            path: problem.path.to_string(),
            line: lines.line_column(text, problem.span.within(text).start).0,
            rule: problem.rule.name.into(),
            is_error: problem.is_error(),
            message: problem.message.to_string(),
        }));
    }
    (found, known.left())
}
