//! The aliases in `.cargo/config.toml`.

use crate::{cargo, text, toml};

#[test]
fn aliases_are_explained_and_hide_no_command_of_cargo() {
    let config = toml(".cargo/config.toml");
    let aliases = config["alias"].as_table().expect("a table");
    // Outside the project Cargo knows only its own commands and those that the user has installed.
    let folder = tempfile::tempdir().expect("a folder");
    let listed = cargo(folder.path(), &["--list"]);
    let commands: Vec<&str> =
        listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"build"), "no list of commands: {listed}");
    let guide = text(".github/CONTRIBUTING.md");
    for alias in aliases.keys() {
        assert!(!commands.contains(&alias.as_str()), "`cargo {alias}` is a command already");
        let command = format!("`cargo {alias}`");
        assert!(guide.contains(&command), "CONTRIBUTING.md does not mention {command}");
    }
}
