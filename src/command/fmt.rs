//! `fieldbook fmt`: brings notes into one layout, without changing a page.

use rayon::prelude::*;

use super::asked_paths::{is_below, wanted};
use super::build::{options, root};
use super::opened::write_changes;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print};
use crate::authoring::{EditedFile, TidyOutcome, tidy};
use crate::cli::{BuildArgs, CommonArgs, FmtArgs};
use crate::disk;
use crate::path::SourcePath;
use crate::report;
use crate::source::{Source, SourceEdit, SourceRole};
use crate::workspace::Workspace;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &FmtArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let wanted = wanted(&root, &arguments.paths)?;
    let options = options(common, &BuildArgs { drafts: true, ..BuildArgs::default() })?;
    terminal.progress("Reading the book");
    let sources = disk::read(&root, &options.config)?;
    let mut workspace = Workspace::new(options);
    let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
    let Some(site) = workspace.site().cloned() else {
        return Err(CommandError::usage("the book can't be read; fieldbook check says why"));
    };
    let is_meant = |source: &&Source| {
        SourceRole::of(&source.path) == SourceRole::Note && is_below(&wanted, &source.path)
    };
    let notes: Vec<&Source> = workspace.sources().iter().filter(is_meant).collect();
    let count = notes.len();
    let outcomes: Vec<(SourcePath, TidyOutcome)> = notes
        .into_par_iter()
        .map(|source| (source.path.clone(), tidy(source, &site.config)))
        .collect();
    let (mut files, mut left) = (Vec::<EditedFile>::new(), Vec::new());
    for (path, outcome) in outcomes {
        match outcome {
            TidyOutcome::Tidy => {}
            TidyOutcome::Changed(file) => files.push(file),
            TidyOutcome::Left => left.push(path),
        }
    }
    for path in &left {
        terminal.say(&format!("{path} was left as it is: its page would change"));
    }
    let changes = report::count(files.len(), "file");
    let notes = report::count(count, "note");
    if arguments.check {
        print(&files.iter().map(|file| format!("{}\n", file.path)).collect::<String>())?;
        terminal.say(&format!("{changes} of {notes} would change"));
        let is_tidy = files.is_empty();
        return Ok(if is_tidy { CommandOutcome::Fine } else { CommandOutcome::Content });
    }
    write_changes(&root, &files)?;
    for file in &files {
        terminal.detail(&format!("changed: {}", file.path));
    }
    terminal.say(&format!("{changes} of {notes} changed"));
    Ok(CommandOutcome::Fine)
}
