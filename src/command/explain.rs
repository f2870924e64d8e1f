//! `fieldbook explain`: the manual page of a rule.

use super::{CommandError, CommandOutcome, print};
use crate::cli::ExplainArgs;
use crate::diagnostic::{Code, Level};
use crate::nearest::nearest;

pub(super) fn run(arguments: &ExplainArgs) -> Result<CommandOutcome, CommandError> {
    let Some(name) = &arguments.code else {
        print(&list())?;
        return Ok(CommandOutcome::Fine);
    };
    let Some(code) = Code::named(name) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help = match near.first() {
            Some(near) => format!("did you mean {near}?"),
            None => "fieldbook explain, with nothing after it, lists all rules".to_owned(),
        };
        return Err(CommandError::usage(format!("no rule is called \"{name}\"; {help}")));
    };
    print(&format!("{}\n## Can it be set?\n\n{}\n", code.explanation().trim_end(), set(code)))?;
    Ok(CommandOutcome::Fine)
}

/// Returns how a book may set a rule.
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
        (Level::Error, _) => "No: it is always an error, since readers would come to harm.".to_owned(),
    }
}

/// Every rule, how bad it is where the book does not say, and what it finds.
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
