//! The rule `deep-nesting`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text::DEEPEST;

/// Quotations and lists are nested too deep.
pub const RULE: Rule = Rule {
    name: "deep-nesting",
    summary: "Quotations and lists are nested too deep.",
    level: Level::Error,
    relaxation: Relaxation::None("the text of the note would be missing"),
    options: &[],
    page: "
## What it finds

More than 100 quotations and lists within each other, or an entry of a list that is indented by more than 1,000 spaces.

## Why it matters

Nobody could read such a page. A line like this is a slip, or is meant to keep the program busy: each further line would take as much work as there are quotations and lists around it.

## What to do

Take out signs and spaces at the beginning of the line. Until then the text is not read, so more problems may come to light.
",
};

/// Reports signs that open too many quotations and lists within each other.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = format!("more than {DEEPEST} quotations and lists lie within each other here");
    let help = "take out some of these signs; nothing of the text is read until then";
    findings.error(at, &RULE, message, help);
}
