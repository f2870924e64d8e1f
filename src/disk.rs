//! The I/O boundary for files: reads the book and writes the site.
//!
//! Anything in the folder of the book may come from a stranger. So only sources are read, and only
//! files that Fieldbook wrote are replaced or removed. Files are reached through open folders, and
//! no link is followed on the way (see `folder`).
#![expect(clippy::disallowed_methods, reason = "this module is the I/O boundary for files")]

mod cache;
mod change;
mod change_journal;
mod collection;
mod find;
mod folder;
mod manifest;
mod new_file;
mod ours;
mod output;
mod output_folder;
mod place;
mod proposed_branch;
mod read;
mod reader;
mod revision;
mod rewrite;
mod seal;
mod stage;
mod store;
mod wanted;

use std::io;
use std::path::{Path, PathBuf};

pub use cache::cache_folder;
pub use change::{FinishedChange, Obstacle, SourceChange, change, finish_change};
pub use collection::{ReadCollection, read_collection};
pub use find::{notes_folder_of, skipped};
pub use manifest::{Manifest, SavedReport};
pub use new_file::write_new;
pub use output::{OutputOptions, OutputWriter};
pub use output_folder::{OutputFolder, UnfitFolder};
pub use place::WriteSummary;
pub use proposed_branch::{
    BookBranch, BranchProposal, GitBranch, book_branch, leave_for, propose_branch, send_branch,
};
pub use read::{read, read_again, read_file};
pub use reader::BookReader;
pub use revision::read_revision;
pub use rewrite::{RewriteOutcome, rewrite};

/// A failed operation on a file.
#[derive(Debug)]
pub struct DiskError {
    /// The file.
    pub path: PathBuf,
    /// The reason, from the system or from Fieldbook.
    pub error: io::Error,
}

impl DiskError {
    /// Creates an error with a reason of Fieldbook's own.
    fn new(path: &Path, why: impl Into<String>) -> Self {
        Self { path: path.to_owned(), error: io::Error::other(why.into()) }
    }
}

impl std::error::Error for DiskError {}

impl std::fmt::Display for DiskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), plain(&self.error))
    }
}

/// Adds the path to an error of the system.
fn with_path<T>(path: &Path, result: io::Result<T>) -> Result<T, DiskError> {
    result.map_err(|error| DiskError { path: path.to_owned(), error })
}

/// Returns the reason that the system gave, without its error number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "the system does not allow it".to_owned(),
        io::ErrorKind::NotADirectory => "there is a file where a folder is needed".to_owned(),
        io::ErrorKind::IsADirectory => "there is a folder where a file is needed".to_owned(),
        io::ErrorKind::StorageFull => "there is no space left".to_owned(),
        _ => error.to_string(),
    }
}
