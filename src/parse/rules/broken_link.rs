//! The rule `broken-link`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;

/// A link or reference names no note.
pub const RULE: Rule = Rule {
    name: "broken-link",
    summary: "A link or reference names no note.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("broken-link"),
};

/// Reports a link that names nothing at all. What it names is looked up when all notes are known.
pub(crate) fn report_empty(findings: &mut Findings<'_>, at: &Range<usize>) {
    let help = "write between the brackets the name of a note, or an address";
    findings.error(at, &RULE, "this link leads nowhere", help);
}
