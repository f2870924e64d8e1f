//! The rule `repeated-title`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use crate::slug::fold;

/// The text has a heading of the first level, as the title is one.
pub const RULE: Rule = Rule {
    name: "repeated-title",
    summary: "The text has a heading of the first level, as the title is one.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("repeated-title"),
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
            findings.warn(at, &RULE, "the title stands here again", "delete this line");
        } else {
            let message = "the title is the only heading of the first level";
            findings.warn(at, &RULE, message, "begin it with ##");
        }
    }
}
