//! The record of a change while it is made. It lies in the user's own folder: a record in the book could be a stranger's.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::manifest::ByteHash;
use super::store::{user_file, user_file_there};
use super::{DiskError, with_path};

/// The steps of a change, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ChangeJournal {
    pub(super) steps: Vec<JournalStep>,
}

/// A file that is replaced, made or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct JournalStep {
    /// The path in the book.
    pub(super) path: String,
    /// The name of the new file among those that were made ready.
    pub(super) number: usize,
    /// The hash of the file before; none if there was none.
    pub(super) before: Option<ByteHash>,
    /// The hash of the new file; none if it is removed.
    pub(super) after: Option<ByteHash>,
}

/// The end of the name of the record.
const ENDING: &str = "change";

impl ChangeJournal {
    /// Returns the record of an interrupted change of the book at `root`.
    pub(super) fn read(root: &Path) -> Option<Self> {
        let (folder, name) = user_file_there(root, ENDING)?;
        let file = folder.file(&name).ok()?.0;
        serde_json::from_reader(std::io::BufReader::new(file)).ok()
    }

    /// Writes the record. Without a folder of the user there is none.
    pub(super) fn write(&self, root: &Path) -> Result<(), DiskError> {
        let Some((folder, name)) = user_file(root, ENDING) else { return Ok(()) };
        let text = serde_json::to_string(self).map_err(std::io::Error::other);
        with_path(
            &folder.path().join(&name),
            text.and_then(|text| folder.replace_file(&name, &text)),
        )
    }

    /// Removes the record.
    pub(super) fn remove(root: &Path) -> Result<(), DiskError> {
        let Some((folder, name)) = user_file_there(root, ENDING) else { return Ok(()) };
        with_path(&folder.path().join(&name), folder.remove_file_if_there(&name))
    }
}
