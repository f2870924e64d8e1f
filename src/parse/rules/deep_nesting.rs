//! The rule `deep-nesting`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;
use crate::parse::text::DEEPEST;

/// Quotations and lists that lie too deep in each other.
pub const RULE: Rule = Rule {
    name: "deep-nesting",
    summary: "Quotations and lists that lie too deep in each other.",
    level: Level::Error,
    relaxation: Relaxation::None("the text of the note would be missing"),
    options: &[],
    page: manual!("deep-nesting"),
};

/// Reports signs that open too many quotations and lists within each other.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = format!("more than {DEEPEST} quotations and lists lie within each other here");
    let help = "take out some of these signs; nothing of the text is read until then";
    findings.error(at, &RULE, message, help);
}
