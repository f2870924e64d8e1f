//! The files and folders that a command is asked about.
#![expect(clippy::disallowed_methods, reason = "commands look at files")]

use std::path::{Path, PathBuf};

use super::CommandError;
use crate::diagnostic::Diagnostic;
use crate::path::SourcePath;

/// Returns the requested paths as paths in the book.
pub(super) fn wanted(root: &Path, paths: &[PathBuf]) -> Result<Vec<String>, CommandError> {
    paths.iter().map(|path| path_in_book(root, path)).collect()
}

/// Returns a path as one in the book: relative to the current folder, or else to the book.
pub(super) fn path_in_book(root: &Path, path: &Path) -> Result<String, CommandError> {
    let real = path.canonicalize().or_else(|_| root.join(path).canonicalize());
    let real = real.map_err(|error| CommandError::usage(format!("{}: {error}", path.display())))?;
    let below = real.strip_prefix(root);
    let outside = |_| CommandError::usage(format!("{} is not in the book", path.display()));
    let parts: Vec<_> = below.map_err(outside)?.iter().map(|part| part.to_string_lossy()).collect();
    Ok(parts.join("/"))
}

/// Returns whether a problem is at one of the requested paths. Problems of the configuration are
/// always included: if it can't be read, nothing that is reported of a note can be relied on.
pub(super) fn is_wanted(wanted: &[String], config: &SourcePath, diagnostic: &Diagnostic) -> bool {
    diagnostic.path == *config || is_below(wanted, &diagnostic.path)
}

/// Returns whether a file is one of the requested paths, or below one, or whether none are requested.
pub(super) fn is_below(wanted: &[String], path: &SourcePath) -> bool {
    let covers = |folder: &String| {
        let rest = path.as_str().strip_prefix(folder.as_str());
        folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    wanted.is_empty() || wanted.iter().any(covers)
}
