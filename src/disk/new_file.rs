//! A new file of the book, such as a template that its writer wants to change.

use std::io::{self, Write};
use std::path::Path;

use super::folder::OpenFolder;
use super::{DiskError, with_path};
use crate::path::SourcePath;

/// Writes a file where none is, and the folders on the way to it. Returns `false`, and changes nothing, where
/// something stands already. No link is followed on the way.
pub fn write_new(root: &Path, path: &SourcePath, bytes: &[u8]) -> Result<bool, DiskError> {
    let written = || -> io::Result<bool> {
        let mut folder = OpenFolder::open(root)?;
        let (above, name) = path.as_str().rsplit_once('/').unwrap_or(("", path.as_str()));
        for part in above.split('/').filter(|part| !part.is_empty()) {
            folder = folder.folder_made(part)?;
        }
        match folder.make_file(name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            file => file?.write_all(bytes).map(|()| true),
        }
    };
    with_path(&root.join(path.as_str()), written())
}
