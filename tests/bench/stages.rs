//! The time of each stage of a build, one after the other in this process.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use fieldbook::disk;
use fieldbook::parse::parse;
use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit, SourceRole};
use fieldbook::workspace::{Recipe, Workspace};
use rayon::prelude::*;

use crate::{Result, support};

/// Builds the book at `root` stage by stage, without writing it.
pub(crate) fn measure(root: &Path) -> Result<Vec<(&'static str, Duration)>> {
    let mut workspace = Workspace::new(support::options());
    let (sources, reading) = timed(|| disk::read(root, &SourcePath::new("book.toml")));
    let sources = sources?;
    let files: Vec<Source> = sources.into_files().collect();
    let edits = files.iter().cloned().map(SourceEdit::Put).collect();
    let (updated, planning) = timed(|| workspace.update(edits));
    updated.map_err(|_| "the book has problems")?;
    let snapshot = workspace.snapshot().ok_or("there is no site")?;

    // The notes are parsed once more, alone, to separate that from what follows.
    let notes: Vec<&Source> =
        files.iter().filter(|source| SourceRole::of(&source.path) == SourceRole::Note).collect();
    let parse = || {
        notes.par_iter().for_each(|note| drop(black_box(parse(note, &snapshot.site.config, true))))
    };
    let (_, parsing) = timed(parse);
    let make = |scripts: bool| {
        let made: Vec<_> = snapshot.plan.outputs.iter().collect();
        made.par_iter()
            .filter(|(_, output)| matches!(output.made, Recipe::Script(_)) == scripts)
            .try_for_each(|(path, output)| {
                snapshot.make(path, output).map(|bytes| drop(black_box(bytes)))
            })
    };
    let (rendered, rendering) = timed(|| make(false));
    let (indexed, indexing) = timed(|| make(true));
    rendered.and(indexed).map_err(|diagnostic| diagnostic.message.to_string())?;
    Ok(vec![
        ("stage: read", reading),
        ("stage: parse", parsing),
        ("stage: link, check, index, plan", planning.saturating_sub(parsing)),
        ("stage: render", rendering),
        ("stage: scripts of the index", indexing),
    ])
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}
