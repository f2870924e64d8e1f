//! The proof of a change: the book is read once more with it, in memory.

use crate::diagnostic::{Diagnostic, KnownCounts};
use crate::path::SourcePath;
use crate::source::{Source, SourceEdit};
use crate::workspace::Workspace;

/// A file with another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedFile {
    /// The path in the book.
    pub path: SourcePath,
    /// The text as it was read.
    pub before: String,
    /// The new text.
    pub after: String,
}

/// Reads the book with these changes, and returns the errors that it did not have before.
pub fn new_errors(workspace: &mut Workspace, files: &[EditedFile]) -> Vec<Diagnostic> {
    let key = |error: &Diagnostic| (error.path.clone(), error.rule.name, error.message.clone());
    let errors = workspace.diagnostics().iter().filter(|problem| problem.is_error());
    let mut known = KnownCounts::of(errors.map(key));
    let put = |file: &EditedFile| {
        SourceEdit::Put(Source::new(file.path.clone(), file.after.clone().into_bytes()))
    };
    let _ = workspace.open(files.iter().map(put).collect());
    let errors = workspace.diagnostics().iter().filter(|problem| problem.is_error());
    errors.filter(|error| !known.take(&key(error))).cloned().collect()
}
