//! The safe fixes of a book's problems, applied in memory. A fix is kept only if the book, checked
//! with it, no longer has the problem and has no new error.

mod candidates;
mod counts;

use std::collections::{BTreeMap, BTreeSet};

use candidates::{FixCandidate, candidates};
use counts::ProblemCounts;

use crate::diagnostic::{Diagnostic, Rule, TextEdit, with_edits};
use crate::path::SourcePath;
use crate::source::{Source, SourceEdit, Sources};
use crate::workspace::{BuildOptions, PublishedPages, Workspace};

/// The most rounds: a fix may make another possible, but nothing should do so for ever.
const MAX_ROUNDS: usize = 10;

/// The most checks of the whole book. Each fix that doesn't work costs a few.
const MAX_CHECKS: usize = 300;

/// A book after its fixes.
#[derive(Clone, Debug, Default)]
pub struct FixedBook {
    /// The files that change, in the order of their paths.
    pub files: Vec<FixedFile>,
    /// The number of problems that are wanted and that no fix mends.
    pub left: usize,
}

/// A file that fixes change.
#[derive(Clone, Debug)]
pub struct FixedFile {
    /// The path in the book.
    pub path: SourcePath,
    /// The text as it was read.
    pub before: String,
    /// The text after the fixes.
    pub after: String,
    /// The fixes, in the order in which they were applied.
    pub fixes: Vec<AppliedFix>,
}

/// A fix that was applied.
#[derive(Clone, Debug)]
pub struct AppliedFix {
    /// The line of the problem, counted from one, when the fix was applied.
    pub line: usize,
    /// The rule that found the problem.
    pub rule: &'static Rule,
    /// The change in words.
    pub title: String,
}

/// Applies all safe fixes of the problems that are wanted, until there are no more. `published` are the pages that
/// earlier builds wrote.
pub fn fix_book(
    options: BuildOptions,
    sources: Sources,
    published: PublishedPages,
    is_wanted: &dyn Fn(&Diagnostic) -> bool,
) -> FixedBook {
    let mut fixer = BookFixer::new(options, sources, published);
    for _ in 0..MAX_ROUNDS {
        if !fixer.round(is_wanted) {
            break;
        }
    }
    let left = fixer.workspace.diagnostics().iter().filter(|problem| is_wanted(problem)).count();
    FixedBook { files: fixer.files.into_values().collect(), left }
}

/// A book that is being fixed.
struct BookFixer {
    workspace: Workspace,
    files: BTreeMap<SourcePath, FixedFile>,
    /// The fixes that were tried and didn't work.
    refused: BTreeSet<FixCandidate>,
    n_checks: usize,
}

/// A round: the texts and problems at its beginning, and the fixes that work.
struct FixRound {
    texts: BTreeMap<SourcePath, String>,
    counts: ProblemCounts,
    accepted: Vec<FixCandidate>,
}

impl BookFixer {
    fn new(options: BuildOptions, sources: Sources, published: PublishedPages) -> Self {
        let mut workspace = Workspace::new(options);
        workspace.assume_published(published);
        // An error of the book is no reason to stop: its problems are known all the same.
        let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
        Self { workspace, files: BTreeMap::new(), refused: BTreeSet::new(), n_checks: 0 }
    }

    /// Applies the fixes that can be applied together. Returns false if none works.
    fn round(&mut self, is_wanted: &dyn Fn(&Diagnostic) -> bool) -> bool {
        let problems = self.workspace.diagnostics();
        let batch = candidates(problems, self.workspace.sources(), is_wanted, &self.refused);
        let text = |path: &SourcePath| self.workspace.sources().get(path)?.text();
        let texts =
            batch.iter().filter_map(|fix| Some((fix.path.clone(), text(&fix.path)?.into())));
        let (texts, counts) = (texts.collect(), ProblemCounts::new(problems));
        let mut round = FixRound { texts, counts, accepted: Vec::new() };
        self.accept(&mut round, &batch);
        // The last fixes that were tried may not have worked.
        self.put(&round, &round.accepted);
        let is_changed = !round.accepted.is_empty();
        self.note_changes(round);
        is_changed
    }

    /// Accepts those of `batch` that work: all of them, or else those of parts of it.
    fn accept(&mut self, round: &mut FixRound, batch: &[FixCandidate]) {
        if batch.is_empty() || self.n_checks >= MAX_CHECKS {
            return;
        }
        let all: Vec<FixCandidate> = round.accepted.iter().chain(batch).cloned().collect();
        let fits = self.put(round, &all);
        let faulty = round.counts.faulty(&all, self.workspace.diagnostics());
        if fits && faulty.is_empty() {
            round.accepted = all;
            return;
        }
        // The only fix of a file with a fault doesn't work. The fixes of all other files are halved at
        // the same time, so that few checks are needed however many files there are.
        let of_files = || batch.chunk_by(|a, b| a.path == b.path);
        let is_bad = |fixes: &&[FixCandidate]| fixes.len() == 1 && faulty.contains(&fixes[0].path);
        let (bad, rest): (Vec<_>, Vec<_>) = of_files().partition(is_bad);
        self.refused.extend(bad.concat());
        if let [one] = batch {
            self.refused.insert(one.clone());
        } else if !bad.is_empty() {
            self.accept(round, &rest.concat());
        } else if rest.iter().all(|fixes| fixes.len() == 1) {
            let (first, then) = batch.split_at(batch.len() / 2);
            self.accept(round, first);
            self.accept(round, then);
        } else {
            let halves = || rest.iter().map(|fixes| fixes.split_at(fixes.len() / 2));
            let first: Vec<&[FixCandidate]> = halves().map(|(first, _)| first).collect();
            let then: Vec<&[FixCandidate]> = halves().map(|(_, then)| then).collect();
            self.accept(round, &first.concat());
            self.accept(round, &then.concat());
        }
    }

    /// Gives the files of the round the texts that these fixes make, and checks the book. Returns
    /// false if the fixes don't fit the texts; then nothing changes.
    fn put(&mut self, round: &FixRound, fixes: &[FixCandidate]) -> bool {
        let mut edits: BTreeMap<&SourcePath, Vec<&TextEdit>> = BTreeMap::new();
        for fix in fixes {
            edits.entry(&fix.path).or_default().extend(&fix.fix.edits);
        }
        let edited = round.texts.iter().map(|(path, text)| {
            let mut edits = edits.remove(path).unwrap_or_default();
            edits.sort();
            let source = Source::new(path.clone(), with_edits(text, edits)?.into_bytes());
            Some(SourceEdit::Put(source))
        });
        let Some(edited) = edited.collect::<Option<Vec<SourceEdit>>>() else { return false };
        self.n_checks += 1;
        let _ = self.workspace.open(edited);
        true
    }

    /// Records what a round changed.
    fn note_changes(&mut self, round: FixRound) {
        let FixRound { mut texts, accepted, .. } = round;
        for FixCandidate { path, line, rule, fix, .. } in accepted {
            let text = |source: &Source| source.text().map(str::to_owned);
            let after = self.workspace.sources().get(&path).and_then(text).unwrap_or_default();
            let before = texts.remove(&path).unwrap_or_default();
            let file = self.files.entry(path.clone()).or_insert_with(|| FixedFile {
                path,
                before,
                after: String::new(),
                fixes: Vec::new(),
            });
            file.after = after;
            file.fixes.push(AppliedFix { line, rule, title: fix.title });
        }
    }
}
