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

/// The errors of a book, as far as they stay the same when their places move.
#[derive(Clone, Debug, Default)]
pub struct KnownErrors(KnownCounts<(SourcePath, &'static str, Box<str>)>);

impl KnownErrors {
    /// Returns the errors that a book has now.
    pub fn of(workspace: &Workspace) -> Self {
        Self(KnownCounts::of(errors(workspace).map(Self::key)))
    }

    /// Returns the errors that the book has and that are not among these.
    pub fn new_in(&self, workspace: &Workspace) -> Vec<Diagnostic> {
        let mut known = self.0.clone();
        errors(workspace).filter(|error| !known.take(&Self::key(error))).cloned().collect()
    }

    fn key(error: &Diagnostic) -> (SourcePath, &'static str, Box<str>) {
        (error.path.clone(), error.rule.name, error.message.clone())
    }
}

fn errors(workspace: &Workspace) -> impl Iterator<Item = &Diagnostic> {
    workspace.diagnostics().iter().filter(|problem| problem.is_error())
}

/// Reads the book with these changes, and returns the errors that it did not have before.
pub fn new_errors(workspace: &mut Workspace, files: &[EditedFile]) -> Vec<Diagnostic> {
    let known = KnownErrors::of(workspace);
    let put = |file: &EditedFile| {
        SourceEdit::Put(Source::new(file.path.clone(), file.after.clone().into_bytes()))
    };
    let _ = workspace.open(files.iter().map(put).collect());
    known.new_in(workspace)
}
