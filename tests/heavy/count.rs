//! The work of a command: the number of instructions that the program runs. The number is the same
//! on a busy machine and on a quiet one, so a test may rely on it, which it can't on time.

use std::path::Path;
use std::process::Command;

/// The work and the output of a command.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// The number of instructions, on one thread.
    pub(crate) instructions: u64,
    /// The number of bytes of the output: the site or the report.
    pub(crate) bytes: u64,
}

/// Returns the work of `fieldbook build` for a book. Returns `None` without Valgrind, which counts; under `CI` its
/// absence is a failure.
pub(crate) fn cost(files: &[(String, String)]) -> Option<Cost> {
    let book = tempfile::tempdir().expect("a folder for the book");
    write_book(book.path(), files);
    count(book.path())
}

/// Writes the files of a book to a folder.
pub(crate) fn write_book(folder: &Path, files: &[(String, String)]) {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
}

/// Returns the work of `fieldbook build` for the book in a folder. Returns `None` as [`cost`] does.
pub(crate) fn count(book: &Path) -> Option<Cost> {
    let state = tempfile::tempdir().expect("a folder for the state");
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_fieldbook"))
        .arg("build")
        .args(["--today", "2026-11-22", "-r"])
        .arg(book)
        .env("RAYON_NUM_THREADS", "1")
        .env("XDG_STATE_HOME", state.path());
    let said = said_by_valgrind(&mut command)?;
    let line = said
        .lines()
        .rev()
        .find_map(|line| line.split_once("I   refs:").or(line.split_once("I refs:")));
    let (_, figure) = line.unwrap_or_else(|| panic!("valgrind counted nothing: {said}"));
    let instructions = figure.trim().replace(',', "").parse().expect("a number");
    let bytes = size(&book.join("public"));
    Some(Cost { instructions, bytes })
}

/// Runs Valgrind, and returns what it says. Returns `None` if there is none; under `CI` its absence is a failure.
pub(crate) fn said_by_valgrind(command: &mut Command) -> Option<String> {
    let Ok(output) = command.output() else {
        let message = "there is no valgrind, so the work of the program was not counted";
        assert!(std::env::var_os("CI").is_none(), "{message}");
        eprintln!("{message}");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    Some(said)
}

/// Returns the number of bytes of the files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.path() {
        path if path.is_dir() => size(&path),
        path => path.metadata().map_or(0, |metadata| metadata.len()),
    });
    sizes.sum()
}
