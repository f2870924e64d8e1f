//! `fieldbook explain`: the manual page of a rule.

use super::{Failed, Outcome, print};
use crate::cli::Explain;
use crate::diagnostic::{Code, Level};
use crate::nearest::nearest;

pub(super) fn run(arguments: &Explain) -> Result<Outcome, Failed> {
    let Some(name) = &arguments.code else {
        print(&list())?;
        return Ok(Outcome::Fine);
    };
    let Some(code) = Code::named(name) else {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help = match near.first() {
            Some(near) => format!("did you mean {near}?"),
            None => "fieldbook explain, with nothing after it, lists all rules".to_owned(),
        };
        return Err(Failed::usage(format!("no rule is called \"{name}\"; {help}")));
    };
    print(code.manual())?;
    Ok(Outcome::Fine)
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
        format!("{:<22} {level:<7}{set} {}\n", code.name(), code.in_a_sentence())
    };
    let lines: String = Code::ALL.iter().map(line).collect();
    format!(
        "{lines}\n* may be set in [check] of the configuration, and a note may be an exception.\n"
    )
}
