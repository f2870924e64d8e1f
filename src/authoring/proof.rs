//! The proof of a change: the book is read once more with it, in memory.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
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
    let mut known: BTreeMap<(SourcePath, &str, Box<str>), usize> = BTreeMap::new();
    for error in workspace.diagnostics().iter().filter(|problem| problem.is_error()) {
        let key = (error.path.clone(), error.rule.name, error.message.clone());
        *known.entry(key).or_default() += 1;
    }
    let put = |file: &EditedFile| {
        SourceEdit::Put(Source::new(file.path.clone(), file.after.clone().into_bytes()))
    };
    let _ = workspace.open(files.iter().map(put).collect());
    let is_new = |error: &&Diagnostic| {
        let key = (error.path.clone(), error.rule.name, error.message.clone());
        match known.get_mut(&key) {
            Some(count @ 1..) => {
                *count -= 1;
                false
            }
            _ => true,
        }
    };
    let errors = workspace.diagnostics().iter().filter(|problem| problem.is_error());
    errors.filter(is_new).cloned().collect()
}
