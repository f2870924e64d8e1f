//! The stage folder in which the files of a build are prepared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::folder::{FolderEntry, OpenFolder};
use super::manifest::{ByteHash, FileStamp, WrittenFile};
use super::{DiskError, with_path};
use crate::path::OutputPath;

/// The folder in the output where files are prepared. If the name is taken, a number is added.
pub(super) const STAGE: &str = ".fieldbook-stage";

/// The folder in which files are prepared.
pub(super) struct StageFolder {
    pub(super) name: String,
    /// The output folder.
    pub(super) output: OpenFolder,
    pub(super) folder: OpenFolder,
    /// The folders in it that were made.
    pub(super) made: Mutex<BTreeSet<String>>,
}

/// The files of a build.
#[derive(Default)]
pub(super) struct StagedFiles {
    /// Files that were prepared.
    pub(super) files: BTreeMap<OutputPath, (ByteHash, WrittenFile)>,
    /// Files that are in place already, byte for byte, with their stamps when they were compared.
    pub(super) same: BTreeMap<OutputPath, (ByteHash, FileStamp)>,
    pub(super) bytes: u64,
    pub(super) failure: Option<DiskError>,
    /// The files named in the journal, set just before the first is moved.
    pub(super) moving: Option<BTreeSet<(OutputPath, ByteHash)>>,
}

/// Removes the stage folder, if it exists.
pub(super) fn clear(output: &OpenFolder, stage: &str) -> Result<(), DiskError> {
    // A forged journal can't make us remove anything but a folder with the name of a stage.
    let number = stage.strip_prefix(STAGE).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    let is_stage = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    match output.place(stage) {
        Ok(FolderEntry::Folder) if is_stage => {
            with_path(&output.path().join(stage), output.remove_all(stage))
        }
        _ => Ok(()),
    }
}
