//! Rules over the file of a note: its name and its first bytes.

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::note::NotePlace;
use crate::path::SourcePath;

/// A file before it is read as a note.
pub(crate) struct ParsedFile<'a> {
    pub(crate) path: &'a SourcePath,
    /// Its address in the book, as its path tells it.
    pub(crate) place: &'a NotePlace,
    pub(crate) text: &'a str,
    pub(crate) config: &'a Config,
}

/// A rule over the file of a note.
pub(crate) type FileRule = fn(&ParsedFile<'_>, &mut Vec<Diagnostic>);
