//! The door to the file system: reads the book, writes the site.
//!
//! Whatever lies in the folder of the book may have come from a stranger. So nothing is read but sources,
//! and nothing is written, replaced or removed but what Fieldbook wrote: files are reached through opened
//! folders, and no link is followed on the way (`folder`).
#![expect(clippy::disallowed_methods, reason = "this module is the door to the file system")]

mod find;
mod folder;
mod manifest;
mod new_file;
mod ours;
mod output;
mod output_folder;
mod place;
mod read;
mod reader;
mod seal;
mod store;
mod wanted;

use std::io;
use std::path::{Path, PathBuf};

pub use find::passed_over;
pub use manifest::{Manifest, SavedReport};
pub use new_file::write_new;
pub use output::{OutputOptions, OutputWriter};
pub use output_folder::{OutputFolder, UnfitFolder};
pub use place::WriteSummary;
pub use read::{read, read_again, read_file};
pub use reader::BookReader;

/// Something the system would not do, and with which file.
#[derive(Debug)]
pub struct DiskError {
    /// The file.
    pub path: PathBuf,
    /// The reason the system gave, or ours.
    pub error: io::Error,
}

impl DiskError {
    /// A failure for a reason of ours.
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

/// Adds the file to what the system said.
fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, DiskError> {
    result.map_err(|error| DiskError { path: path.to_owned(), error })
}

/// The reason the system gave, without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "the system does not allow it".to_owned(),
        io::ErrorKind::NotADirectory => "a file stands where a folder is needed".to_owned(),
        io::ErrorKind::IsADirectory => "a folder stands where a file is needed".to_owned(),
        io::ErrorKind::StorageFull => "there is no room left".to_owned(),
        _ => error.to_string(),
    }
}
