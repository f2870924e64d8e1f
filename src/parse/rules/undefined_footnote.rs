//! The rule `undefined-footnote`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A footnote that is cited has no text.
pub const RULE: Rule = Rule {
    name: "undefined-footnote",
    summary: "A footnote that is cited has no text.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A footnote that is cited but has no text.

## Why it matters

Readers see a mark that leads nowhere.

## What to do

Write the text on a line of its own: `[^name]: The text.`
",
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct UndefinedFootnote;

impl TextRule for UndefinedFootnote {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Brackets { at, .. } = event else { return };
        let written = note.written(at);
        for found in footnotes(written) {
            let label = &written[found.start + "[^".len()..found.end - "]".len()];
            let message = format!("the footnote \"{label}\" has no text");
            let help = format!("add a line at the end of the note: [^{label}]: …");
            let place = at.start + found.start..at.start + found.end;
            findings.error(&place, &RULE, message, help);
        }
    }
}

/// Finds `[^label]` in a text. Where a footnote has a text, its signs are no text.
fn footnotes(text: &str) -> Vec<Range<usize>> {
    let starts = text
        .match_indices('[')
        .filter(|(at, _)| text[*at..].starts_with("[^") && !text[..*at].ends_with('\\'));
    let ends = starts.filter_map(|(at, _)| {
        let label = at + "[^".len();
        let length = text[label..].find([']', '[', ' ', '\n', '`'])?;
        let is_label = length > 0 && text[label + length..].starts_with(']');
        is_label.then_some(at..label + length + 1)
    });
    ends.collect()
}
