//! Rules for what surrounds the code: the crates that it uses, and the commands that contributors are told of.
#![allow(
    clippy::disallowed_methods,
    reason = "these tests read files of the project and ask Cargo about it"
)]

mod commands;
mod dependencies;
mod licence;

use std::path::Path;
use std::process::Command;

/// Returns the text of a file of the project.
fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns a file of the project that is written in TOML.
fn toml(path: &str) -> toml::Table {
    text(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns what Cargo prints when it runs in the project.
fn cargo(arguments: &[&str]) -> String {
    let project = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(project).output();
    let output = output.expect("Cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}: {errors}", arguments.join(" "));
    String::from_utf8(output.stdout).expect("UTF-8")
}
