//! The rule `remote-image`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;

/// A picture that lies on another site.
pub const RULE: Rule = Rule {
    name: "remote-image",
    summary: "A picture that lies on another site.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("remote-image"),
};

const HELP: &str = "save the picture beside the note, and name the file here";

/// Reports a picture in whose place readers get a link.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = "this picture lies on another site, so readers get a link to it";
    findings.warn(at, &RULE, message, HELP);
}

/// Reports a picture of raw HTML, in whose place readers get nothing.
pub(crate) fn report_left_out(findings: &mut Findings<'_>, at: &Range<usize>) {
    findings.warn(at, &RULE, "a picture that lies on another site is left out", HELP);
}
