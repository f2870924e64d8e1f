//! The rule `empty-heading`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A heading without words.
pub const RULE: Rule = Rule {
    name: "empty-heading",
    summary: "A heading without words.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("empty-heading"),
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct EmptyHeading;

impl TextRule for EmptyHeading {
    fn visit(&mut self, event: &TextEvent<'_>, _: &TextContext<'_>, findings: &mut Findings<'_>) {
        if let TextEvent::Heading { is_empty: true, at, .. } = event {
            let help = "write what the part below is about, or delete the signs";
            findings.warn(at, &RULE, "this heading has no words", help);
        }
    }
}
