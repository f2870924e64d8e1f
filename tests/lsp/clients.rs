//! Editors that others made: Neovim, driven by a script, and the profiles and the validator of pytest-lsp.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::book::Book;
use crate::world::LINKED;

/// The script for Neovim.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lsp/neovim.lua");

/// The script for pytest-lsp.
const PROFILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lsp/profiles.py");

/// Returns a program of the Python environment that `.ci/run` makes, or of this machine. Without it, the test fails under CI
/// and is left out elsewhere.
fn program(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("FIELDBOOK_CLIENTS").map(PathBuf::from);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders =
        folder.map(|folder| folder.join("bin")).into_iter().chain(std::env::split_paths(&folders));
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    assert!(found.is_some() || std::env::var_os("CI").is_none(), "{name} is not installed");
    found
}

#[test]
fn neovim_finds_its_way_and_renames_a_note() {
    let Some(neovim) = program("nvim") else { return };
    let book = Book::new(LINKED);
    let root = book.root().canonicalize().expect("a folder");
    let result = root.join("result.json");
    let mut command = Command::new(neovim);
    command.args(["--clean", "--headless", "-u", "NONE", "-l", SCRIPT]).stdin(Stdio::null());
    command
        .env("FIELDBOOK", env!("CARGO_BIN_EXE_fieldbook"))
        .env("BOOK", &root)
        .env("RESULT", &result);
    let run = command.output().expect("Neovim");
    let results = std::fs::read_to_string(&result).unwrap_or_default();
    assert!(run.status.success(), "{results} {}", String::from_utf8_lossy(&run.stderr));
    let results: Value = serde_json::from_str(&results).expect("results");
    assert_eq!(results["encoding"], "utf-8");
    assert!(results["hover"].as_str().is_some_and(|text| text.starts_with("**Safe water**")));
    assert_eq!(results["definition"], "content/themes/water.md");
    assert_eq!(results["completion"][0], "Safe water");
    let problem = &results["problems"][0];
    assert_eq!((&problem["code"], &problem["line"]), (&"broken-link".into(), &results["line"]));
    assert_eq!(problem["column"], 10);
    let first = book.read("content/lessons/first.md");
    assert!(
        first.contains("[[clean-water]], [the pumps](../themes/clean-water.md#pumps)"),
        "{first}"
    );
    assert!(book.has("content/themes/clean-water.md") && !book.has("content/themes/water.md"));
}

#[test]
fn every_message_is_valid_for_the_profiles_of_editors() {
    let Some(pytest) = program("pytest") else { return };
    let book = Book::new(LINKED);
    let mut command = Command::new(pytest);
    command.args(["-q", "-p", "no:cacheprovider", PROFILES]).stdin(Stdio::null());
    command.env("FIELDBOOK", env!("CARGO_BIN_EXE_fieldbook")).env("BOOK", book.root());
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    let run = command.output().expect("pytest");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}
