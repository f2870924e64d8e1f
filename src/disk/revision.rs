//! A book as it was in a revision of the git repository in which it lies. The program `git` writes the files of the
//! revision to a folder for temporary files, and they are read there as any book is. The repository, its index and the
//! files of the user stay as they are.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{DiskError, read, with_path};
use crate::path::SourcePath;
use crate::source::Sources;

/// Reads the files of the book at `root`, with the configuration `config`, as they are in `revision`: a commit, branch or
/// tag. The error says what git said.
pub fn read_revision(
    root: &Path,
    revision: &str,
    config: &SourcePath,
) -> Result<Sources, DiskError> {
    let git = GitRepository { root: root.to_owned() };
    let top = git.ask(&["rev-parse", "--show-toplevel"])?;
    let below = git.ask(&["rev-parse", "--show-prefix"])?;
    let wanted = format!("{revision}^{{commit}}");
    let commit = git
        .ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])
        .map_err(|_| {
            let why =
                "it is no folder with a book, and no revision of the git repository of this book";
            DiskError::new(Path::new(revision), why)
        })?;
    let place = TemporaryFolder::new()?;
    let book = place.path.join("book");
    with_path(&book, std::fs::create_dir(&book))?;
    let tree = format!("{commit}:{}", below.trim_end_matches('/'));
    let git = GitRepository { root: PathBuf::from(top) };
    let index = place.path.join("index");
    git.run(&["read-tree", &tree], Some(&index))?;
    let prefix = format!("--prefix={}/", book.display());
    git.run(&["checkout-index", "--all", "--quiet", &prefix], Some(&index))?;
    read(&book, config)
}

/// A git repository, in one of its folders.
struct GitRepository {
    root: PathBuf,
}

impl GitRepository {
    /// Runs git, and returns what it says, without the line break at the end.
    fn ask(&self, arguments: &[&str]) -> Result<String, DiskError> {
        self.run(arguments, None)
    }

    /// Runs git, with an index of its own if one is given.
    fn run(&self, arguments: &[&str], index: Option<&Path>) -> Result<String, DiskError> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(arguments);
        if let Some(index) = index {
            command.env("GIT_INDEX_FILE", index);
        }
        let done = command.output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                DiskError::new(Path::new("git"), "this program is not installed; name a folder")
            }
            _ => DiskError { path: PathBuf::from("git"), error },
        })?;
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr);
            return Err(DiskError::new(&self.root, said.trim().trim_start_matches("fatal: ")));
        }
        Ok(String::from_utf8_lossy(&done.stdout).trim_end_matches(['\n', '\r']).to_owned())
    }
}

/// A folder that goes with this value.
struct TemporaryFolder {
    path: PathBuf,
}

impl TemporaryFolder {
    /// Makes a folder that only this user can read.
    fn new() -> Result<Self, DiskError> {
        let all = std::env::temp_dir();
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| DiskError::new(&all, error.to_string()))?;
        let name = format!("fieldbook-{:032x}", u128::from_ne_bytes(random));
        let path = all.join::<&OsStr>(name.as_ref());
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        with_path(&path, builder.create(&path))?;
        Ok(Self { path })
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What is left of it goes with the other temporary files.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
