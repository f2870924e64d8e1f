//! The rule `unused-footnote`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A footnote that nothing cites, so that nobody sees it.
pub const RULE: Rule = Rule {
    name: "unused-footnote",
    summary: "A footnote that nothing cites, so that nobody sees it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unused-footnote"),
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
