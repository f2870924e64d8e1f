//! `fieldbook ci`: writes what a code host needs for the book, and does in its workflows what needs to know the book.
#![expect(clippy::disallowed_methods, reason = "commands read and write files")]

mod files;

use std::path::Path;

use super::build::{options, root};
use super::diff::opened;
use super::judged::JudgedBook;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::autofix::fix_book;
use crate::check::rules::review_overdue;
use crate::cli::{
    BuildArgs, CiAction, CiArgs, CiCommentArgs, CiOverdueArgs, CiReviewArgs, CommonArgs,
};
use crate::comparison;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, DiskError};
use crate::hosting::{
    CodeHost, ReviewRecord, ReviewRun, overdue_issue, review_comments, suggestions,
};
use crate::workspace::{PublishedPages, Workspace};

pub(super) fn run(
    common: &CommonArgs,
    arguments: &CiArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    match &arguments.action {
        CiAction::Github(asked) => files::workflows(common, CodeHost::Github, asked, terminal),
        CiAction::Gitlab(asked) => files::workflows(common, CodeHost::Gitlab, asked, terminal),
        CiAction::Forgejo(asked) => files::workflows(common, CodeHost::Forgejo, asked, terminal),
        CiAction::Forms(asked) => files::forms(common, asked, terminal),
        CiAction::Review(asked) => review(common, asked, terminal),
        CiAction::Comment(asked) => comment(asked),
        CiAction::Overdue(asked) => overdue(common, asked, terminal),
    }
}

/// Records what a proposal does.
fn review(
    common: &CommonArgs,
    asked: &CiReviewArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let build = BuildArgs { today: asked.today.clone(), ..BuildArgs::default() };
    let options = options(common, &build)?;
    terminal.progress("Reading the book as it was");
    let base = opened(&root, &options, Some(&asked.base))?;
    terminal.progress("Reading the book as it is");
    let mut after = opened(&root, &options, None)?;
    terminal.progress("Comparing the pages");
    let compared = comparison::compare(&base, &after)
        .ok_or_else(|| CommandError::usage("one of the books can't be read"))?;
    terminal.progress("Looking for fixes");
    let sources = disk::read(&root, &options.config)?;
    // A fix of any other file would be in no line of the proposal.
    let is_changed = |problem: &Diagnostic| {
        let content = |book: &Workspace| Some(book.sources().get(&problem.path)?.content.clone());
        content(&base) != content(&after)
    };
    let fixed = fix_book(options, sources, PublishedPages::default(), &is_changed);
    let suggestions = suggestions(&fixed.files, &compared, &base, &mut after);
    let record = ReviewRecord::new(compared, suggestions);
    write(&asked.output, &record.json())?;
    Ok(CommandOutcome::Fine)
}

/// Writes the comments on a proposal.
fn comment(asked: &CiCommentArgs) -> Result<CommandOutcome, CommandError> {
    let unfit =
        |path: &Path, why: String| CommandError::usage(format!("{}: {why}", path.display()));
    let record = ReviewRecord::read(&disk::read_file(&asked.record)?);
    let record = record.map_err(|why| unfit(&asked.record, why))?;
    let made = match &asked.made {
        Some(file) => serde_json::from_slice::<Vec<String>>(&disk::read_file(file)?)
            .map_err(|error| unfit(file, format!("it is no list of texts: {error}")))?,
        None => Vec::new(),
    };
    let run = ReviewRun { commit: asked.commit.clone(), url: asked.run_url.clone() };
    let comments = review_comments(&record, &run, &made);
    write(&asked.comment, &comments.comment.to_string())?;
    let suggestions = comments.suggestions.map_or_else(String::new, |review| review.to_string());
    write(&asked.suggestions, &suggestions)?;
    Ok(CommandOutcome::Fine)
}

/// Writes the issue about overdue reviews.
fn overdue(
    common: &CommonArgs,
    asked: &CiOverdueArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let book = JudgedBook::find(common, &[], false, asked.today.as_ref())?;
    terminal.progress("Reading the book");
    let checked = Workspace::check(book.options.clone(), book.read()?, book.pages.clone());
    let found: Vec<_> =
        checked.diagnostics.iter().filter(|it| it.rule == &review_overdue::RULE).collect();
    let issue = overdue_issue(&found).map_or_else(String::new, |issue| issue.to_string());
    write(&asked.output, &issue)?;
    Ok(CommandOutcome::Fine)
}

fn write(file: &Path, text: &str) -> Result<(), CommandError> {
    let failed = |error| DiskError { path: file.to_owned(), error };
    Ok(std::fs::write(file, text).map_err(failed)?)
}
