//! A change that an editor offers, as data.

use crate::diagnostic::{Diagnostic, TextEdit};
use crate::path::SourcePath;

/// A change that an editor offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorAction {
    /// The change in words.
    pub title: String,
    /// The problem that it solves, if it does.
    pub problem: Option<Diagnostic>,
    /// True if the change can be made without a look at the result.
    pub is_safe: bool,
    /// The edits of the text, in its order.
    pub edits: Vec<TextEdit>,
    /// A file that is made.
    pub file: Option<NewFileText>,
}

/// A new file with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFileText {
    /// The file.
    pub path: SourcePath,
    /// The text.
    pub text: String,
}
