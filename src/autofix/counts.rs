//! The comparison of a book's problems before and after some fixes.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::FixCandidate;
use crate::diagnostic::{Diagnostic, Rule};
use crate::path::SourcePath;

/// A problem without its place, because every fix moves the places after it.
type ProblemKey = (SourcePath, &'static Rule, String);

/// The number of problems that differ only in their places.
#[derive(Clone, Copy, Default)]
struct ProblemCount {
    all: usize,
    errors: usize,
}

/// The problems of a book, counted.
pub(super) struct ProblemCounts(BTreeMap<ProblemKey, ProblemCount>);

impl ProblemCounts {
    pub(super) fn new(problems: &[Diagnostic]) -> Self {
        let mut counts: BTreeMap<ProblemKey, ProblemCount> = BTreeMap::new();
        for problem in problems {
            let count = counts.entry(key(problem)).or_default();
            count.all += 1;
            count.errors += usize::from(problem.is_error());
        }
        Self(counts)
    }

    /// Returns the files in which some fixes did not work: there is a new error, or as many problems
    /// are left as before.
    pub(super) fn faulty(
        &self,
        fixes: &[FixCandidate],
        after: &[Diagnostic],
    ) -> BTreeSet<SourcePath> {
        let after = Self::new(after);
        let is_new = |(key, count): &(&ProblemKey, &ProblemCount)| {
            count.errors > self.0.get(*key).copied().unwrap_or_default().errors
        };
        let mut fixed: BTreeMap<ProblemKey, usize> = BTreeMap::new();
        for fix in fixes {
            *fixed.entry((fix.path.clone(), fix.rule, fix.message.clone())).or_default() += 1;
        }
        let is_left = |(key, n_fixed): &(&ProblemKey, &usize)| {
            let count = |counts: &Self| counts.0.get(*key).map_or(0, |count| count.all);
            count(&after) + **n_fixed > count(self)
        };
        let new = after.0.iter().filter(is_new).map(|(key, _)| key.0.clone());
        new.chain(fixed.iter().filter(is_left).map(|(key, _)| key.0.clone())).collect()
    }
}

fn key(problem: &Diagnostic) -> ProblemKey {
    (problem.path.clone(), problem.rule, problem.message.to_string())
}
