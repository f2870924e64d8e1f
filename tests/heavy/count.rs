//! The work of a build, counted: how many instructions the program runs. A count is the same on a
//! busy machine and on a quiet one, so a test may rest on it where it must not rest on time.

use std::path::Path;
use std::process::Command;

/// How many instructions `fieldbook build` runs for a book, on one thread. `None` without valgrind,
/// which counts them; under `CI` its absence is a failure.
pub(crate) fn instructions(files: &[(String, String)]) -> Option<u64> {
    let book = tempfile::tempdir().expect("a folder for the book");
    for (path, text) in files {
        let path = book.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    count(book.path())
}

fn count(book: &Path) -> Option<u64> {
    let state = tempfile::tempdir().expect("a folder for the state");
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_fieldbook"))
        .args(["build", "--today", "2026-11-22", "-r"])
        .arg(book)
        .env("RAYON_NUM_THREADS", "1")
        .env("XDG_STATE_HOME", state.path())
        .output();
    let Ok(output) = output else {
        let message = "there is no valgrind, so the work of heavy notes was not counted";
        assert!(std::env::var_os("CI").is_none(), "{message}");
        eprintln!("{message}");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let line = said
        .lines()
        .rev()
        .find_map(|line| line.split_once("I   refs:").or(line.split_once("I refs:")));
    let (_, figure) = line.unwrap_or_else(|| panic!("valgrind counted nothing: {said}"));
    Some(figure.trim().replace(',', "").parse().expect("a number"))
}
