//! The rule `repeated-title`.

use crate::diagnostic::{FixSafety, Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text::whole_line;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use crate::slug::fold;

/// The text has a heading of the first level, as the title is one.
pub const RULE: Rule = Rule {
    name: "repeated-title",
    summary: "The text has a heading of the first level, as the title is one.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A heading of the first level in the text: `# Heading`.

## Why it matters

The title from the front matter is the heading of the page. A second one, often the same words, confuses those who move by headings.

## What to do

Delete the line if it repeats the title. Begin other headings with `##`.
",
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct RepeatedTitle;

impl TextRule for RepeatedTitle {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Heading { level: 1, words, is_empty: false, at } = event else { return };
        if fold(words) == fold(note.title) {
            let help = "delete this line";
            findings.warn(at, &RULE, "the title stands here again", help);
            if let Some(line) = whole_line(note.markdown, at) {
                findings.fix(FixSafety::NeedsReview, help, [(line, String::new())]);
            }
        } else {
            let message = "the title is the only heading of the first level";
            let help = "begin it with ##";
            findings.warn(at, &RULE, message, help);
            // A heading may also be underlined.
            if note.markdown[at.start..].starts_with('#') {
                let edit = (at.start..at.start, "#".to_owned());
                findings.fix(FixSafety::NeedsReview, help, [edit]);
            }
        }
    }
}
