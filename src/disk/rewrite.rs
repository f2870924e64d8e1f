//! Replaces single files of the book, such as notes with problems that can be fixed.

use std::path::Path;

use super::DiskError;
use super::change::{SourceChange, change};
use crate::path::SourcePath;

/// The outcome of replacing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RewriteOutcome {
    /// The file has the new content.
    Written,
    /// The file was left as it is, for this reason.
    Left(&'static str),
}

/// Replaces the file at `path` of the book at `root`, which had the content `before` when it was
/// read, by one with the content `after`. A file that has changed meanwhile, that is read-only or
/// that a link leads to is left as it is.
pub fn rewrite(
    root: &Path,
    path: &SourcePath,
    before: &str,
    after: &str,
) -> Result<RewriteOutcome, DiskError> {
    let (before, after) = (Some(before.as_bytes()), Some(after.as_bytes()));
    let obstacle = change(root, &[SourceChange { path, before, after }])?;
    Ok(obstacle.map_or(RewriteOutcome::Written, |(_, why)| RewriteOutcome::Left(why)))
}
