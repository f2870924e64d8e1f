//! The rule `bad-math`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;

/// A formula that can't be shown.
pub const RULE: Rule = Rule {
    name: "bad-math",
    summary: "A formula that can't be shown.",
    level: Level::Error,
    relaxation: Relaxation::None("the formula would be missing from the page"),
    options: &[],
    page: manual!("bad-math"),
};

/// Reports a formula that can't be shown, for the reason `why`.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>, why: &str) {
    let message = format!("this formula can't be shown: {why}");
    findings.error(at, &RULE, message, "a dollar sign that is not a formula is written \\$");
}
