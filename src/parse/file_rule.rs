//! Rules over the file of a note: its name and its first bytes.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::note::NotePlace;
use crate::path::SourcePath;

/// A file before it is read as a note.
pub(super) struct ParsedFile<'a> {
    pub(super) path: &'a SourcePath,
    /// Its address in the book, as its path tells it.
    pub(super) place: &'a NotePlace,
    pub(super) text: &'a str,
    pub(super) config: &'a Config,
}

/// A rule over the file of a note.
pub(super) type FileRule = fn(&ParsedFile<'_>, &mut Vec<Diagnostic>);
