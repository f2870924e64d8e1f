//! The rule `no-alt-text`.

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A picture has no text for readers who can't see it.
pub const RULE: Rule = Rule {
    name: "no-alt-text",
    summary: "A picture has no text for readers who can't see it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A picture without alternative text.

## Why it matters

Readers who can't see it, or whose network does not load it, learn nothing.

## What to do

Describe the picture in the square brackets: `![Deminers mark a lane](lane.jpg)`.
",
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct NoAltText;

impl TextRule for NoAltText {
    fn visit(&mut self, event: &TextEvent<'_>, _: &TextContext<'_>, findings: &mut Findings<'_>) {
        let TextEvent::Picture { alt, at } = event else { return };
        if alt.trim().is_empty() {
            let message = "this picture has no words for those who can't see it";
            findings.warn(at, &RULE, message, "say what it shows: ![what it shows](file)");
        }
    }
}
