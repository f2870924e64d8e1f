//! The rule `refused-scheme`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;

/// A link with a scheme that is not on the list of what is allowed.
pub const RULE: Rule = Rule {
    name: "refused-scheme",
    summary: "A link with a scheme that is not on the list of what is allowed.",
    level: Level::Error,
    relaxation: Relaxation::None("it could run a program in the browser of a reader"),
    options: &[],
    page: manual!("refused-scheme"),
};

/// Reports a link that begins with `scheme`.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>, scheme: &str) {
    let message = format!("a link may not begin with \"{scheme}:\"");
    let help = "links lead to notes of the book, or begin with https:, http:, mailto: or tel:";
    findings.error(at, &RULE, message, help);
}
