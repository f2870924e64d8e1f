//! The command line of `ci`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `ci`.
#[derive(Debug, Args)]
pub struct CiArgs {
    /// The action.
    #[command(subcommand)]
    pub action: CiAction,
}

/// The tasks of `ci`.
#[derive(Debug, Subcommand)]
pub enum CiAction {
    /// Write workflows for GitHub: check each change, comment on each pull request, report overdue reviews
    Github(CiFilesArgs),
    /// Write a workflow for GitLab: check each change, show what it changes and the site as it would be
    Gitlab(CiFilesArgs),
    /// Write a workflow for Forgejo: check each change, keep the site and what changes on it
    Forgejo(CiFilesArgs),
    /// Write an issue form for each kind of note, and a workflow that makes notes of them, for GitHub
    Forms(CiFilesArgs),
    /// Record what a proposal does to the book, as data for `ci comment`
    Review(CiReviewArgs),
    /// Write the comments on a proposal from the record of `ci review`, as data for GitHub
    Comment(CiCommentArgs),
    /// Write an issue that lists the notes whose day for review is past, as data for GitHub
    Overdue(CiOverdueArgs),
}

/// Arguments of the actions that write files to the book.
#[derive(Debug, Args)]
pub struct CiFilesArgs {
    /// The branch that is published
    #[arg(long, value_name = "BRANCH", default_value = "main")]
    pub branch: String,
    /// The origin of the program in the workflows
    #[arg(long, value_name = "ORIGIN", default_value = "release")]
    pub program: WorkflowProgram,
    /// Also replace files that somebody has changed
    #[arg(long, conflicts_with = "check")]
    pub force: bool,
    /// Write nothing, and list the files that would change. The exit code is 1 if there are any
    #[arg(long)]
    pub check: bool,
}

/// The origin of the program in workflows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WorkflowProgram {
    /// The release of this version, from the repository that a variable names.
    Release,
    /// The source code in the repository itself, for the repository of Fieldbook.
    Source,
}

/// Arguments of `ci review`.
#[derive(Debug, Args)]
pub struct CiReviewArgs {
    /// The state to compare with: a folder with a book, or else a branch, tag or commit
    #[arg(value_name = "BASE")]
    pub base: String,
    /// The file for the record
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The day for which both sites are made [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// Arguments of `ci comment`.
#[derive(Debug, Args)]
pub struct CiCommentArgs {
    /// The record, or the archive in which it lies
    #[arg(value_name = "FILE")]
    pub record: PathBuf,
    /// The commit that was compared
    #[arg(long, value_name = "COMMIT")]
    pub commit: String,
    /// The address of the run that made the record
    #[arg(long, value_name = "URL")]
    pub run_url: Option<String>,
    /// A file with the texts of earlier suggestions, as a list in JSON; they are not made again
    #[arg(long, value_name = "FILE")]
    pub made: Option<PathBuf>,
    /// The file for the comment
    #[arg(long, value_name = "FILE")]
    pub comment: PathBuf,
    /// The file for the suggestions; it is empty if there are none
    #[arg(long, value_name = "FILE")]
    pub suggestions: PathBuf,
}

/// Arguments of `ci overdue`.
#[derive(Debug, Args)]
pub struct CiOverdueArgs {
    /// The file for the issue; it is empty if no review is overdue
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The day [default: SOURCE_DATE_EPOCH, or else today]
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}
