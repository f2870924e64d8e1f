//! `fieldbook explain`: prints a page of the manual.

use super::manual::unknown;
use super::{CommandError, CommandOutcome, print};
use crate::cli::ExplainArgs;
use crate::diagnostic::{Code, Level};
use crate::manual::manual_pages;

pub(super) fn run(arguments: &ExplainArgs) -> Result<CommandOutcome, CommandError> {
    let Some(name) = &arguments.code else {
        print(&list())?;
        return Ok(CommandOutcome::Fine);
    };
    let Some(code) = Code::named(name) else {
        let pages = manual_pages();
        let Some(page) = pages.iter().find(|page| page.name == *name) else {
            return Err(unknown(name, pages.iter().map(|page| page.name.as_str())));
        };
        print(&page.text())?;
        return Ok(CommandOutcome::Fine);
    };
    print(&format!("{}\n## Can it be set?\n\n{}\n", code.explanation().trim_end(), set(code)))?;
    Ok(CommandOutcome::Fine)
}

/// Returns a description of how a book may set a rule.
fn set(code: Code) -> String {
    let name = code.name();
    match (code.least(), code) {
        (Level::Off, _) => format!(
            "Yes, to `\"error\"`, `\"warning\"` or `\"off\"`: `{name} = \"warning\"` below `[check]` in the \
             configuration. A note may be an exception."
        ),
        (Level::Warning, _) => {
            format!("Yes, to `\"error\"` or `\"warning\"`: `{name} = \"warning\"` below `[check]` in the configuration.")
        }
        (Level::Error, Code::ConfidentialName) => {
            "It is always an error, where the configuration asks for it. A note may be an exception.".to_owned()
        }
        (Level::Error, _) => "No: it is always an error, since it would harm readers.".to_owned(),
    }
}

/// Returns a list of every rule, its default level and what it finds.
fn list() -> String {
    let line = |code: &Code| {
        let level = match code.level() {
            Level::Off => "off",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let set = if code.is_settable() { "*" } else { " " };
        format!("{:<22} {level:<7}{set} {}\n", code.name(), code.summary())
    };
    let lines: String = Code::ALL.iter().map(line).collect();
    format!(
        "{lines}\n* may be set in [check] of the configuration. fieldbook explain RULE says how.\n"
    )
}
