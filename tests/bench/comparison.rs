//! The programs beside each other: what each made of the same notes, and what that took.

use crate::outcome::Outcome;
use crate::runs::Runs;
use crate::series::{Of, Series, cpu, figure, peak, size_figure, wall};
use crate::table::{aligned, megabytes};

/// The heads of the columns.
const HEADS: [&str; 13] = [
    "notes",
    "",
    "program",
    "pages",
    "files",
    "bytes",
    "processor",
    "",
    "wall",
    "",
    "memory",
    "",
    "cp -r of that",
];

/// Returns a row for each program and book. After each figure of another program stands how many times as much
/// that is as Fieldbook's.
pub(crate) fn text(outcomes: &[Outcome]) -> String {
    let rows = outcomes.iter().flat_map(|outcome| {
        let programs = std::iter::once(&outcome.ours).chain(&outcome.peers);
        programs.map(|runs| row(outcome, runs))
    });
    aligned(&[HEADS.map(str::to_owned)].into_iter().chain(rows).collect::<Vec<_>>())
}

fn row(outcome: &Outcome, runs: &Runs) -> [String; 13] {
    let series = |of: Of| Series::of(&runs.builds, of);
    let times = |of: Of| {
        let ours = Series::of(&outcome.ours.builds, of).median();
        let times = series(of).median().zip(ours).map(|(theirs, ours)| theirs / ours);
        let is_other = runs.program != outcome.ours.program;
        times.filter(|_| is_other).map_or(String::new(), |times| format!("{times:.1}x"))
    };
    [
        outcome.notes.to_string(),
        outcome.corpus.to_owned(),
        runs.program.to_owned(),
        runs.n_pages.to_string(),
        runs.n_files.to_string(),
        megabytes(runs.n_bytes as f64),
        figure(&series(cpu)),
        times(cpu),
        figure(&series(wall)),
        times(wall),
        size_figure(&series(peak)),
        times(peak),
        figure(&Series::of(&runs.copies, wall)),
    ]
}
