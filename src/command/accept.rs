//! `fieldbook accept`: shows what a proposal in a file changes on the site, and takes it over.

use super::build::{options, root};
use super::diff::opened;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print, prompt};
use crate::cli::{AcceptProposalArgs, BuildArgs, CommonArgs};
use crate::comparison;
use crate::disk::{self, SourceChange};
use crate::proposal::ProposalBundle;
use crate::report;
use crate::source::{Source, SourceEdit};

pub(super) fn run(
    common: &CommonArgs,
    arguments: &AcceptProposalArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let file = &arguments.bundle;
    let unfit = |why: String| {
        CommandError::usage(format!("{}: {why}; nothing was changed", file.display()))
    };
    let archive = disk::read_file(file)?;
    let root = root(common)?;
    let options = options(common, &BuildArgs::default())?;
    terminal.progress("Reading the book");
    let before = opened(&root, &options, None)?;
    let site = before
        .site()
        .ok_or_else(|| CommandError::usage("the book can't be read; fieldbook check says why"))?;
    let bundle = ProposalBundle::read(&archive, &site.config.content).map_err(unfit)?;
    let there: Vec<Option<Vec<u8>>> = bundle
        .files
        .iter()
        .map(|file| before.sources().get(&file.path).and_then(Source::bytes))
        .collect();
    for (file, there) in bundle.files.iter().zip(&there) {
        if !file.is_based_on(there.as_deref()) {
            let why = format!(
                "{} is not as it was when the proposal was made; ask for a new one",
                file.path
            );
            return Err(unfit(why));
        }
    }
    terminal.progress("Comparing the pages");
    let mut after = opened(&root, &options, None)?;
    let edit = |file: &crate::proposal::BundledFile| match &file.after {
        Some(bytes) => SourceEdit::Put(Source::new(file.path.clone(), bytes.clone())),
        None => SourceEdit::Remove(file.path.clone()),
    };
    let _ = after.open(bundle.files.iter().map(edit).collect());
    let compared = comparison::compare(&before, &after)
        .ok_or_else(|| CommandError::usage("the book can't be read with the proposal"))?;
    let from_writer = format!(
        "# {}\n\n{}\n",
        comparison::plain(&bundle.title),
        comparison::plain(&bundle.reason)
    );
    print(&format!("{from_writer}\n{}", comparison::markdown(&compared)))?;
    let errors = compared.problems.iter().filter(|problem| problem.is_error).count();
    if errors > 0 {
        let errors = report::count(errors, "error");
        terminal.say(&format!("Nothing was changed: the book would have {errors} more"));
        return Ok(CommandOutcome::Content);
    }
    if !arguments.yes && !is_wanted(terminal)? {
        terminal.say("Nothing was changed; with --yes the changes are taken over");
        return Ok(CommandOutcome::Fine);
    }
    let change = |(file, there): (&_, &Option<Vec<u8>>)| {
        let file: &crate::proposal::BundledFile = file;
        (file.path.clone(), there.clone(), file.after.clone())
    };
    let changes: Vec<_> = bundle.files.iter().zip(&there).map(change).collect();
    let changes: Vec<SourceChange<'_>> = changes
        .iter()
        .map(|(path, before, after)| SourceChange {
            path,
            before: before.as_deref(),
            after: after.as_deref(),
        })
        .collect();
    if let Some((path, why)) = disk::change(&root, &changes)? {
        return Err(unfit(format!("{path}: {why}")));
    }
    terminal.say(&format!("{} taken over", report::count(changes.len(), "file")));
    Ok(CommandOutcome::Fine)
}

/// Asks whether to take the changes over; nobody can say so without a terminal.
fn is_wanted(terminal: &mut Terminal) -> Result<bool, CommandError> {
    if !prompt::can_ask() {
        return Ok(false);
    }
    let answer = prompt::ask(terminal, "Take these changes over? (yes or no)", "no")?;
    Ok(["y", "yes"].contains(&answer.to_lowercase().as_str()))
}
