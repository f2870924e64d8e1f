//! The steps of renames, as data.

use super::FilePlace;
use crate::change::ChangeSet;
use crate::diagnostic::TextEdit;
use crate::path::SourcePath;

/// The step that gives something another name. No link may lead elsewhere after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenameStep {
    /// A file moves to another path of the book.
    Move {
        /// The file.
        old: SourcePath,
        /// The new path.
        new: String,
    },
    /// A note gets another title.
    Retitle {
        /// The note.
        path: SourcePath,
        /// The edit of the setting.
        value: TextEdit,
    },
    /// A part of a note gets another name.
    Part {
        /// The place of the old name.
        place: FilePlace,
        /// The new name.
        new: String,
    },
    /// A note gets another name beside its title.
    Alias {
        /// The note.
        path: SourcePath,
        /// The edit of the value.
        value: TextEdit,
        /// The name before and after.
        names: [String; 2],
    },
    /// Only texts change.
    Edits(ChangeSet),
}
