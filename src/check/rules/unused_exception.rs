//! The rule `unused-exception`.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Fix, Level, Relaxation, Rule};
use crate::note::{Note, RuleException};

/// A note has an exception to a rule that it keeps.
pub const RULE: Rule = Rule {
    name: "unused-exception",
    summary: "A note has an exception to a rule that it keeps.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

An exception to a rule that the note keeps.

## Why it matters

It would hide a later problem, and its reason no longer holds.

## What to do

Delete the exception.
",
};

/// Reports an exception that nothing needs. A rule that is off finds nothing, and may be on again tomorrow.
pub(crate) fn finding(
    config: &Config,
    note: &Note,
    exception: &RuleException,
) -> Option<Diagnostic> {
    let level = |rule: &Rule| config.check.level(rule, Some(note.facts.kind));
    if level(exception.rule) == Level::Off {
        return None;
    }
    let severity = level(&RULE).severity()?;
    let fix = Fix::safe("delete the exception");
    let fix = exception.whole.into_iter().fold(fix, Fix::delete);
    let message = format!("the note keeps the rule \"{}\"", exception.rule.name);
    let diagnostic = Diagnostic::warning(&note.source, exception.span, &RULE, message);
    Some(Diagnostic { severity, ..diagnostic }.help_with(fix))
}
