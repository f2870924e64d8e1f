//! `fieldbook propose`: hands the changes of the book to those who keep it.
#![expect(clippy::disallowed_methods, reason = "commands read and write files")]

use super::build::{options, root};
use super::diff::opened;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print};
use crate::cli::{BuildArgs, CommonArgs, ProposeArgs};
use crate::comparison;
use crate::disk::{self, DiskError};
use crate::path::SourcePath;
use crate::proposal::{ProposalBundle, ProposedCommit, ProposedFile, compare_page, proposed_files};
use crate::report;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ProposeArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let options = options(common, &BuildArgs::default())?;
    let base = arguments.base.as_deref().unwrap_or("HEAD");
    terminal.progress("Reading the book as it was");
    let before = opened(&root, &options, Some(base))?;
    terminal.progress("Reading the book as it is");
    let after = opened(&root, &options, None)?;
    let (files, others) = proposed_files(before.sources(), after.sources());
    for path in &others {
        terminal.say(&format!(
            "{path} differs too, and is left out: a proposal holds notes and the files beside them"
        ));
    }
    if files.is_empty() {
        return Err(CommandError::usage(format!("no note or picture differs from {base}")));
    }
    let compared = comparison::compare(&before, &after)
        .ok_or_else(|| CommandError::usage("one of the books can't be read"))?;
    let errors = compared.problems.iter().filter(|problem| problem.is_error).count();
    if errors > 0 {
        let errors = report::count(errors, "error");
        terminal.say(&format!(
            "Nothing was proposed: the book would have {errors} more; fieldbook check names them"
        ));
        return Ok(CommandOutcome::Content);
    }
    let changed = report::count(files.len(), "file");
    if let Some(place) = &arguments.bundle {
        let bundle = ProposalBundle::new(&arguments.title, &arguments.reason, &files);
        let archive = bundle.archive().map_err(CommandError::usage)?;
        let failed = |error| DiskError { path: place.clone(), error };
        std::fs::write(place, archive).map_err(failed)?;
        terminal.say(&format!(
            "{changed} in {}. Send it to those who keep the book: fieldbook accept shows them what it changes",
            place.display()
        ));
        return Ok(CommandOutcome::Fine);
    }
    on_branch(&root, arguments, &files, terminal)
}

/// Proposes files on a branch of git.
fn on_branch(
    root: &std::path::Path,
    arguments: &ProposeArgs,
    files: &[ProposedFile],
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let ProposeArgs { title, reason, no_push, .. } = arguments;
    let ProposedCommit { title, message, branch: name } = ProposedCommit::new(title, reason);
    let paths: Vec<&SourcePath> = files.iter().map(|file| &file.path).collect();
    terminal.progress("Making the branch");
    let branch = disk::propose_branch(root, &name, &paths, &message)?;
    let files = report::count(files.len(), "file");
    terminal.say(&match &branch.from {
        Some(from) => format!(
            "{files} committed to the branch {}, on which you are now; git switch {from} leads back",
            branch.name
        ),
        None => format!("{files} committed to the branch {}, on which you were", branch.name),
    });
    if *no_push {
        return Ok(CommandOutcome::Fine);
    }
    terminal.progress("Sending the branch");
    disk::send_branch(root, &branch.name, true)?;
    let Some(from) = &branch.from else {
        terminal.say("It is sent. If it was proposed already, the proposal holds it now");
        return Ok(CommandOutcome::Fine);
    };
    let remote = branch.remote.as_deref().unwrap_or_default();
    match compare_page(remote, from, &branch.name, &title, reason) {
        Some(page) => {
            terminal.say("It is sent. Open this page to propose it:");
            print(&format!("{page}\n"))?;
            if arguments.open && open::that_detached(&page).is_err() {
                terminal.say("The browser could not be started");
            }
        }
        None => terminal.say("It is sent. Propose it on the page of your code host"),
    }
    Ok(CommandOutcome::Fine)
}
