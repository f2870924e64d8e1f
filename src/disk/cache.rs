//! The folder for what the program can make again at any time.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{DiskError, with_path};

/// Returns the folder of this program among those for the caches of the user's programs (the XDG
/// Base Directory Specification), without links. It is made if it is not there.
pub fn cache_folder() -> Result<PathBuf, DiskError> {
    let strategy = etcetera::choose_base_strategy().map_err(|error| DiskError {
        path: Path::new("fieldbook").to_owned(),
        error: io::Error::other(error),
    })?;
    let path = strategy.cache_dir().join("fieldbook");
    with_path(&path, std::fs::create_dir_all(&path))?;
    with_path(&path, path.canonicalize())
}
