//! The reference of commands, written from the command line.

use clap::{Arg, Command, CommandFactory};

use fieldbook::cli::Cli;

const HEAD: &str = r#"+++
title = "Commands"
summary = "Every command of the program, with its options, exit codes and variables of the environment."
order = 3
+++

`fieldbook --help`, and `--help` after any command, prints these lists in the terminal.

Results go to the standard output, and all else to the standard error. A command ends with one of these codes:

| code | meaning |
|---|---|
| 0 | All is well. |
| 1 | The content has errors. |
| 2 | The command or the configuration is wrong. |
| 3 | The system did not do what was needed. |

These variables of the environment count:

| variable | meaning |
|---|---|
| `NO_COLOR` | No colours. |
| `SOURCE_DATE_EPOCH` | The day to build for, in seconds since 1970. |
| `GITHUB_ACTIONS` | With `true`, `check` reports for GitHub Actions. |
| `XDG_STATE_HOME` | The folder in which the program notes what it wrote, on Linux and macOS: `fieldbook` in this folder, or in `~/.local/state` without it. |
| `XDG_CACHE_HOME` | The folder in which the manual is written, on Linux and macOS: `fieldbook` in this folder, or in `~/.cache` without it. |
"#;

#[test]
fn every_command_stands_in_the_reference() {
    let page = page();
    for command in Cli::command().get_subcommands() {
        let heading = format!("## `fieldbook {}`", command.get_name());
        let count = page.lines().filter(|line| **line == heading).count();
        assert_eq!(count, 1, "{heading}");
    }
}

/// The page of the manual.
pub(crate) fn page() -> String {
    let mut page = HEAD.to_owned();
    let mut cli = Cli::command();
    cli.build();
    let (global, own): (Vec<&Arg>, Vec<&Arg>) =
        cli.get_arguments().partition(|argument| argument.is_global_set());
    page.push_str("\n## Options of every command {#options}\n");
    arguments(&mut page, &global);
    assert!(own.iter().all(|argument| ["help", "version"].contains(&argument.get_id().as_str())));
    for command in cli.get_subcommands() {
        describe(&mut page, command, "##");
    }
    page
}

fn describe(page: &mut String, command: &Command, level: &str) {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    page.push_str(&format!("\n{level} `{name}`\n\n{about}.\n"));
    let own: Vec<&Arg> = command
        .get_arguments()
        .filter(|argument| !argument.is_global_set() && argument.get_id() != "help")
        .collect();
    if !own.is_empty() {
        arguments(page, &own);
    }
    for command in command.get_subcommands() {
        describe(page, command, "###");
    }
}

fn arguments(page: &mut String, arguments: &[&Arg]) {
    page.push_str("\n| option | meaning |\n|---|---|\n");
    for argument in arguments {
        page.push_str(&format!("| {} | {} |\n", form(argument), meaning(argument)));
    }
}

/// An argument as it is typed.
fn form(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let value = match argument.get_action().takes_values() {
        true => names.iter().map(|name| format!(" {name}")).collect(),
        false => String::new(),
    };
    let short = argument.get_short().map(|short| format!("`-{short}{value}`"));
    let long = argument.get_long().map(|long| format!("`--{long}{value}`"));
    let named: Vec<String> = short.into_iter().chain(long).collect();
    let form = match named.is_empty() {
        true => format!("`{}`", value.trim_start()),
        false => named.join(", "),
    };
    form.replace('|', "\\|")
}

fn meaning(argument: &Arg) -> String {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let mut text = help.replace('|', "\\|");
    let words: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if !words.is_empty() {
        text.push_str(&format!(": {}", words.join(", ")));
    }
    let defaults = argument.get_default_values().iter().map(|value| value.to_string_lossy());
    let defaults: Vec<String> = defaults.map(|value| format!("`{value}`")).collect();
    if !defaults.is_empty() && argument.get_action().takes_values() {
        text.push_str(&format!(" [default: {}]", defaults.join(", ")));
    }
    text
}
