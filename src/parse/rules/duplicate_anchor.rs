//! The rule `duplicate-anchor`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;

/// A block id, heading id or other anchor occurs twice in a note.
pub const RULE: Rule = Rule {
    name: "duplicate-anchor",
    summary: "A block id, heading id or other anchor occurs twice in a note.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("duplicate-anchor"),
};

/// Reports an id that the note has already.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>, id: &str) {
    let message = format!("the note has two places called \"{id}\"");
    findings.error(at, &RULE, message, "give one of them another name");
}

/// Reports an id that the page itself may have.
pub(crate) fn report_of_page(findings: &mut Findings<'_>, at: &Range<usize>, id: &str) {
    let message = format!("\"{id}\" begins as the names of the page's own parts do");
    findings.error(at, &RULE, message, "give it another name");
}
