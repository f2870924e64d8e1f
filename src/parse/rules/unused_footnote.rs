//! The rule `unused-footnote`.

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A footnote is not cited, so readers never see it.
pub const RULE: Rule = Rule {
    name: "unused-footnote",
    summary: "A footnote is not cited, so readers never see it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A footnote that is not cited, or that has two texts.

## Why it matters

Readers never see the text.

## What to do

Cite it in the text: `[^name]`, or delete it.
",
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct UnusedFootnote;

impl TextRule for UnusedFootnote {
    fn visit(&mut self, event: &TextEvent<'_>, _: &TextContext<'_>, findings: &mut Findings<'_>) {
        let TextEvent::Footnote { label, at, is_again, is_cited } = event else { return };
        if *is_again {
            let message = format!("the footnote \"{label}\" has a text already");
            findings.warn(at, &RULE, message, "give this one another name, and cite that");
        } else if !is_cited {
            let message = format!("nothing cites the footnote \"{label}\"");
            let help = format!("cite it in the text: [^{label}], or delete it");
            findings.warn(at, &RULE, message, help);
        }
    }
}
