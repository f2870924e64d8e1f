//! Replaces single files of the book, such as notes with problems that can be fixed.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use super::find::locate;
use super::folder::{FolderPath, OpenFolder};
use super::{DiskError, with_path};
use crate::path::SourcePath;

/// The beginning of the name of a file that is about to replace another. Books ignore such names.
const NEW_FILE: &str = ".fieldbook-new-";

/// The outcome of replacing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RewriteOutcome {
    /// The file has the new content.
    Written,
    /// The file was left as it is, for this reason.
    Left(&'static str),
}

/// Replaces the file at `path` of the book at `root`, which had the content `before` when it was
/// read, by one with the content `after`. The new file is written beside the old one and moved over
/// it, so that the file is old or new at every moment. A file that has changed meanwhile, that is
/// read-only or that a link leads to is left as it is.
pub fn rewrite(
    root: &Path,
    path: &SourcePath,
    before: &str,
    after: &str,
) -> Result<RewriteOutcome, DiskError> {
    let place = root.join(path.as_str());
    let replaced = || {
        match locate(root, path) {
            Some(real) if real == *path => {}
            Some(_) => return Ok(RewriteOutcome::Left("a link leads to it")),
            None => return Ok(RewriteOutcome::Left("it is gone")),
        }
        let book = OpenFolder::open(root)?;
        let mut walker = FolderPath::new(&book);
        let (folder, name) = walker.to(path.as_str())?;
        let permissions = match unchanged(folder, name, before)? {
            Some(permissions) if permissions.readonly() => {
                return Ok(RewriteOutcome::Left("it is read-only"));
            }
            Some(permissions) => permissions,
            None => return Ok(RewriteOutcome::Left(CHANGED)),
        };
        let new = new_name()?;
        let outcome = stage(folder, &new, after, permissions).and_then(|()| {
            // It is compared again here, because somebody may have saved it meanwhile.
            if unchanged(folder, name, before)?.is_none() {
                return Ok(RewriteOutcome::Left(CHANGED));
            }
            folder.move_to(&new, folder, name).map(|()| RewriteOutcome::Written)
        });
        if !matches!(outcome, Ok(RewriteOutcome::Written)) {
            folder.remove_file_if_there(&new)?;
        }
        outcome
    };
    with_path(&place, replaced())
}

const CHANGED: &str = "it was changed meanwhile";

/// Returns the permissions of the file `name` if it has the content `before`.
fn unchanged(folder: &OpenFolder, name: &str, before: &str) -> io::Result<Option<fs::Permissions>> {
    let (file, metadata) = folder.file(name)?;
    let mut bytes = Vec::with_capacity(before.len() + 1);
    file.take(before.len() as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes == before.as_bytes()).then(|| metadata.permissions()))
}

/// Returns a name that no other file has.
fn new_name() -> io::Result<String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(format!("{NEW_FILE}{:016x}", u64::from_ne_bytes(bytes)))
}

/// Writes the new file `name`, down to the disk: an editor's file has no other copy.
fn stage(
    folder: &OpenFolder,
    name: &str,
    content: &str,
    permissions: fs::Permissions,
) -> io::Result<()> {
    let mut file = folder.make_file(name)?;
    file.write_all(content.as_bytes())?;
    file.set_permissions(permissions)?;
    file.sync_all()
}
