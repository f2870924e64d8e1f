//! `fieldbook fmt`: brings notes into one layout, without changing a page.

use rayon::prelude::*;

use super::build::{options, root};
use super::check::{is_below, wanted};
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
    let _ = workspace.update(sources.into_files().map(SourceEdit::Put).collect());
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
    if !files.is_empty() {
        same_pages(&mut workspace, &files)?;
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

/// Fails if a page of the site would differ with these changes.
fn same_pages(workspace: &mut Workspace, files: &[EditedFile]) -> Result<(), CommandError> {
    let before = workspace.plan().fingerprints();
    let put = |file: &EditedFile| {
        SourceEdit::Put(Source::new(file.path.clone(), file.after.clone().into_bytes()))
    };
    let _ = workspace.update(files.iter().map(put).collect());
    let after = workspace.plan().fingerprints();
    let differs = after.iter().find(|(path, print)| before.get(*path) != Some(*print));
    let gone = before.keys().find(|path| !after.contains_key(*path));
    match differs.map(|(path, _)| path).or(gone) {
        None => Ok(()),
        Some(page) => Err(CommandError::usage(format!(
            "nothing was written: {page} would change; format the notes one by one to find which of them changes it"
        ))),
    }
}
