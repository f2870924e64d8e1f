//! The aliases in `.cargo/config.toml`.

use std::path::Path;
use std::process::Command;

use crate::{text, toml};

/// Returns what Cargo prints of the commands that come with it, and not of those that the user has installed.
fn list_of_commands() -> String {
    let cargo = Path::new(env!("CARGO"));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(cargo);
    command.arg("--list").current_dir(elsewhere.path()).env("CARGO_HOME", elsewhere.path());
    command.env("PATH", cargo.parent().expect("a folder"));
    String::from_utf8(command.output().expect("Cargo runs").stdout).expect("UTF-8")
}

#[test]
fn aliases_are_explained_and_hide_no_command_of_cargo() {
    let config = toml(".cargo/config.toml");
    let aliases = config["alias"].as_table().expect("a table");
    let listed = list_of_commands();
    let commands: Vec<&str> =
        listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let are_there = ["build", "clippy"].iter().all(|command| commands.contains(command));
    assert!(are_there, "no list of commands: {listed}");
    let guide = text(".github/CONTRIBUTING.md");
    for alias in aliases.keys() {
        assert!(!commands.contains(&alias.as_str()), "`cargo {alias}` is a command already");
        let command = format!("`cargo {alias}`");
        assert!(guide.contains(&command), "CONTRIBUTING.md does not mention {command}");
    }
}
