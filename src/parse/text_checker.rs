//! The rules over texts at work on one note.

use super::findings::Findings;
use super::rules::TextRules;
use super::text_rule::{TextContext, TextEvent, TextRule};

/// The rules over texts, with what they know of the note, and their findings.
pub(crate) struct TextChecker<'a> {
    rules: TextRules,
    note: TextContext<'a>,
    pub(crate) findings: Findings<'a>,
}

impl<'a> TextChecker<'a> {
    pub(crate) fn new(note: TextContext<'a>, mut findings: Findings<'a>) -> Self {
        let mut rules = TextRules::default();
        rules.visit(&TextEvent::Start, &note, &mut findings);
        Self { rules, note, findings }
    }

    /// Shows all rules the next part of the text.
    pub(crate) fn visit(&mut self, event: &TextEvent<'_>) {
        self.rules.visit(event, &self.note, &mut self.findings);
    }
}
