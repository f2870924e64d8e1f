//! `fieldbook explain`: prints a page of the manual.

use super::manual::unknown;
use super::{CommandError, CommandOutcome, print};
use crate::cli::ExplainArgs;
use crate::diagnostic::{Relaxation, Rule};
use crate::manual::manual_pages;
use crate::workspace::rules;

pub(super) fn run(arguments: &ExplainArgs) -> Result<CommandOutcome, CommandError> {
    let Some(name) = &arguments.code else {
        print(&list())?;
        return Ok(CommandOutcome::Fine);
    };
    let rules = rules::all();
    let Some(rule) = rules.named(name) else {
        let pages = manual_pages();
        let Some(page) = pages.iter().find(|page| page.name == *name) else {
            return Err(unknown(name, pages.iter().map(|page| page.name.as_str())));
        };
        print(&page.text())?;
        return Ok(CommandOutcome::Fine);
    };
    let (page, set) = (rule.explanation(), setting(rule));
    print(&format!("{}\n\n## Can it be set?\n\n{set}\n", page.trim_end()))?;
    Ok(CommandOutcome::Fine)
}

/// Returns a description of how a book may set a rule.
fn setting(rule: &Rule) -> String {
    let name = rule.name;
    match rule.relaxation {
        Relaxation::Off => format!(
            "Yes, to `\"error\"`, `\"warning\"` or `\"off\"`: `{name} = \"warning\"` below `[check]` in the \
             configuration. A note may be an exception."
        ),
        Relaxation::Warning(_) => {
            format!("Yes, to `\"error\"` or `\"warning\"`: `{name} = \"warning\"` below `[check]` in the configuration.")
        }
        Relaxation::Exception(_) => {
            "It is always an error, where the configuration asks for it. A note may be an exception.".to_owned()
        }
        Relaxation::None(_) => "No: it is always an error, since it would harm readers.".to_owned(),
    }
}

/// Returns a list of every rule, its default level and what it finds, and of the other pages of the manual.
fn list() -> String {
    let line = |rule: &&Rule| {
        let set = if rule.is_settable() { "*" } else { " " };
        format!("{:<22} {:<7}{set} {}\n", rule.name, rule.level.name(), rule.summary)
    };
    let lines: String = rules::all().all().iter().map(line).collect();
    let pages = manual_pages();
    let others = pages.iter().filter(|page| rules::all().named(&page.name).is_none());
    let others: String =
        others.map(|page| format!("{:<30} {}\n", page.name, page.title())).collect();
    format!(
        "{lines}\n* may be set in [check] of the configuration. fieldbook explain RULE says how.\n\n\
         The other pages of the manual, each of which fieldbook explain PAGE prints:\n\n{others}"
    )
}
