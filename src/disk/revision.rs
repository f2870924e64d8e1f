//! A book as it was in a revision of the git repository in which it lies. The program `git` writes the files of the
//! revision to a folder for temporary files, with its attributes and an index of its own, and they are read there as any
//! book is. The repository, its index and the files of the user stay as they are, and no hook of the repository runs.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{DiskError, read, with_path};
use crate::path::SourcePath;
use crate::source::Sources;

/// The variables that name a repository other than the one in which a folder lies. A hook of git has them set.
pub(super) const OF_REPOSITORY: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
];

/// Reads the files of the book at `root`, with the configuration `config`, as they are in `revision`: a commit, branch or
/// tag. The error says what git said.
pub fn read_revision(
    root: &Path,
    revision: &str,
    config: &SourcePath,
) -> Result<Sources, DiskError> {
    let place = TemporaryFolder::new()?;
    let git = GitCommand { place: &place.path, folder: root.to_owned(), repository: None };
    let repository = git.ask(&["rev-parse", "--absolute-git-dir"])?;
    let below = git.ask(&["rev-parse", "--show-prefix"])?;
    let failed = |why: &str| DiskError::new(Path::new(revision), why);
    let wanted = format!("{revision}^{{commit}}");
    let commit = git
        .ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])
        .map_err(|_| {
            failed(
                "it is no folder with a book, and no branch, tag or commit of the git repository of this book; if the \
                 repository was fetched in part, fetch it whole, and name a branch that only the server has as origin/NAME",
            )
        })?;
    let tree = place.path.join("tree");
    with_path(&tree, std::fs::create_dir(&tree))?;
    // The attributes of the revision count, since the folder that git takes for the work tree has none.
    let git = GitCommand { place: &place.path, folder: tree.clone(), repository: Some(repository) };
    git.ask(&["read-tree", &commit])?;
    let list = place.path.join("list");
    let within = if below.is_empty() { "." } else { &below };
    let files = git.run(&["--literal-pathspecs", "ls-files", "-z", "--", within], None)?;
    with_path(&list, std::fs::write(&list, &files))?;
    git.run(&["checkout-index", "--quiet", "-z", "--stdin"], Some(&list))?;
    let book = tree.join(&below);
    if files.is_empty() || !book.is_dir() {
        return Err(failed(&format!("the folder {below} of this book is not in it")));
    }
    read(&book, config)
}

/// Runs of git in a folder.
struct GitCommand<'a> {
    /// The folder for temporary files.
    place: &'a Path,
    /// The folder in which git runs.
    folder: PathBuf,
    /// The folder of the repository, if the folder is not in it; then the folder is the work tree.
    repository: Option<String>,
}

impl GitCommand<'_> {
    /// Runs git, and returns what it says, without the line break at the end.
    fn ask(&self, arguments: &[&str]) -> Result<String, DiskError> {
        let said = self.run(arguments, None)?;
        Ok(String::from_utf8_lossy(&said).trim_end_matches(['\n', '\r']).to_owned())
    }

    /// Runs git with a file as its input, and returns what it says.
    fn run(&self, arguments: &[&str], input: Option<&Path>) -> Result<Vec<u8>, DiskError> {
        let mut command = Command::new("git");
        for name in OF_REPOSITORY {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        command.env("GIT_INDEX_FILE", self.place.join("index"));
        let hooks = format!("core.hooksPath={}", self.place.join("hooks").display());
        command.arg("-C").arg(&self.folder).args(["-c", &hooks, "-c", "core.fsmonitor=false"]);
        if let Some(repository) = &self.repository {
            command.arg("--git-dir").arg(repository).arg("--work-tree").arg(&self.folder);
        }
        command.args(arguments).stdin(Stdio::null());
        if let Some(input) = input {
            command.stdin(with_path(input, File::open(input))?);
        }
        let done = command.output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                DiskError::new(Path::new("git"), "this program is not installed; name a folder")
            }
            _ => DiskError { path: PathBuf::from("git"), error },
        })?;
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr);
            let line = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
            return Err(DiskError::new(&self.folder, line));
        }
        Ok(done.stdout)
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
        let all = with_path(&all, all.canonicalize())?;
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| DiskError::new(&all, error.to_string()))?;
        let path = all.join(format!("fieldbook-{:032x}", u128::from_ne_bytes(random)));
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
