//! Folders that are only read, kept apart from those that a command writes to.
#![expect(clippy::disallowed_methods, reason = "commands look at folders that the user names")]

use std::path::{Path, PathBuf};

/// Returns a path without links, perhaps of a folder that is yet to be made; none if nothing of it is there.
pub(super) fn real_path(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    // A folder that is to be made lies where the one above it does.
    let (above, real) =
        path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)))?;
    let rest = path.strip_prefix(above).ok()?;
    Some(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
}
