//! The rule `broken-link`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;

/// A link or reference leads to no note.
pub const RULE: Rule = Rule {
    name: "broken-link",
    summary: "A link or reference leads to no note.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A link, embed, reference or entry of the menu that leads to no note.

## Why it matters

The reader finds nothing there. If a book allows it, readers get the text of the link without the link.

## What to do

Correct the name. If the note has another name now, give it the old one as an alias: `aliases = ["Old name"]`. A draft can't be linked from a note that is published. For another site, write the whole address, with `https://`.
"#,
};

/// Reports a link that names nothing at all. What it names is looked up when all notes are known.
pub(crate) fn report_empty(findings: &mut Findings<'_>, at: &Range<usize>) {
    let help = "write between the brackets the name of a note, or an address";
    findings.error(at, &RULE, "this link leads nowhere", help);
}
