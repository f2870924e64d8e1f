//! The program with a preloaded library that kills it, or makes an operation fail, at one exact
//! file operation.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::support::book::{Book, Run, finish};

/// The effect on an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blow {
    /// The program is killed.
    Kill,
    /// The operation fails with this error, and the next one works.
    Once(i32),
    /// This operation and all later ones fail.
    Always(i32),
}

/// Error codes: no space is left on the device; input or output failed.
pub(crate) const ENOSPC: i32 = 28;
pub(crate) const EIO: i32 = 5;

/// Builds the book, and counts the operations.
pub(crate) fn count(book: &Book) -> usize {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let mut command = command(book);
    finish(command.env("SHIM_COUNT", file.path())).ends(0);
    let text = std::fs::read_to_string(file.path()).expect("a count");
    text.trim().parse().expect("a number")
}

/// Builds the book with an interruption at operation `at`, counted from 1.
pub(crate) fn strike(book: &Book, at: usize, blow: Blow) -> Run {
    let mut command = command(book);
    command.env("SHIM_AT", at.to_string());
    match blow {
        Blow::Kill => {}
        Blow::Once(error) => drop(command.env("SHIM_ERROR", error.to_string())),
        Blow::Always(error) => {
            command.env("SHIM_ERROR", error.to_string()).env("SHIM_STICKY", "1");
        }
    }
    finish(&mut command)
}

/// Uses one thread, so that the operations come in a fixed order.
fn command(book: &Book) -> Command {
    let mut command = book.command(&["build", "-q", "--today", "2026-11-22"]);
    command.env("LD_PRELOAD", library()).env("RAYON_NUM_THREADS", "1");
    command
}

/// Returns the library, which is compiled once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/safety/shim.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shim.so");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl");
        let compiled = compiler.stdin(Stdio::null()).status();
        assert!(compiled.is_ok_and(|status| status.success()), "cc compiles the library");
        library
    })
}
