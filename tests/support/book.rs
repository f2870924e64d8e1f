//! A book in a folder of its own, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::Tree;

/// The smallest book of several pages.
pub(crate) const SMALL: &[(&str, &str)] = &[
    ("book.toml", "title = \"Small\"\n\n[kinds.lesson]\nfolder = \"lessons\"\n"),
    ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\nSee [[First]].\n"),
    ("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nThe first.\n"),
    ("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nThe second.\n"),
];

/// Environment variables that must not affect the tests.
const VARIABLES: &[&str] = &[
    "SOURCE_DATE_EPOCH",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "RAYON_NUM_THREADS",
    "COLUMNS",
];

/// A book in a folder, and the folder for the state of its user's programs. Both are deleted with
/// this value.
pub(crate) struct Book {
    folder: tempfile::TempDir,
    state: tempfile::TempDir,
}

/// The result of a run.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Book {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = || tempfile::tempdir().expect("a folder");
        let book = Self { folder: folder(), state: folder() };
        files.iter().for_each(|(path, text)| book.write(path, text));
        book
    }

    pub(crate) fn small() -> Self {
        Self::new(SMALL)
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the folder in which the program records what it wrote.
    pub(crate) fn state(&self) -> PathBuf {
        self.state.path().join("fieldbook")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.path(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, content).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        let bytes = std::fs::read(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        String::from_utf8(bytes).expect("text")
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    pub(crate) fn remove(&self, path: &str) {
        std::fs::remove_file(self.path(path)).expect("a file that can be removed");
    }

    /// Returns the site in the default output folder.
    pub(crate) fn site(&self) -> Tree {
        super::read_tree(&self.path("public"))
    }

    /// Returns the program with `arguments`, to be run in a folder other than the book.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        VARIABLES.iter().for_each(|variable| {
            command.env_remove(variable);
        });
        command.env("XDG_STATE_HOME", self.state.path());
        command.current_dir(std::env::temp_dir()).args(arguments).arg("-r").arg(self.root());
        command
    }

    /// Runs `fieldbook` with `arguments` on the book.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        finish(&mut self.command(arguments))
    }

    /// Builds the site for the day that all tests share.
    pub(crate) fn build(&self) -> Run {
        self.run(&["build", "--today", "2026-11-22"])
    }

    /// Starts to build the site.
    pub(crate) fn begin(&self) -> Child {
        let mut command = self.command(&["build", "--today", "2026-11-22"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a program")
    }
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.stdin(Stdio::null()).output().expect("a program that can be run");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Run {
    /// Fails the test unless the run ended with `code`, and wrote nothing to the standard output.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.err);
        assert_eq!(self.out, "", "nothing belongs on the standard output");
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    /// Fails the test unless `part` was printed.
    #[track_caller]
    pub(crate) fn says(self, part: &str) -> Self {
        assert!(self.err.contains(part), "\"{part}\" is not in:\n{}", self.err);
        self
    }

    pub(crate) fn last_line(&self) -> &str {
        self.err.lines().last().unwrap_or_default()
    }
}
