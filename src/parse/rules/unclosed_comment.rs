//! The rule `unclosed-comment`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;
use crate::parse::text::is_escaped;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use memchr::memmem;

/// A comment does not end.
pub const RULE: Rule = Rule {
    name: "unclosed-comment",
    summary: "A comment does not end.",
    level: Level::Error,
    relaxation: Relaxation::None("readers would see what is not meant for them"),
    options: &[],
    page: manual!("unclosed-comment"),
};

/// The rule over the text of a note: the beginning of a comment of HTML that would be shown.
#[derive(Default)]
pub(crate) struct UnclosedComment;

impl TextRule for UnclosedComment {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Brackets { at, in_table } = event else { return };
        for found in memmem::find_iter(note.written(at).as_bytes(), b"<!--") {
            let place = at.start + found..at.start + found + "<!--".len();
            if !is_escaped(note.markdown, place.start) {
                let message = "this comment does not end here, so it would be shown to readers";
                let help = if *in_table {
                    "a bar ends the cell and the comment with it: write a bar in it as \\|"
                } else {
                    "write --> where it ends, or \\<!-- if these signs are no comment"
                };
                findings.error(&place, &RULE, message, help);
            }
        }
    }
}

/// Reports a comment of a writer, `%%`, that does not end.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = "this comment does not end, so it would be shown to readers";
    let help = "write %% where it ends, or \\%% if these signs are no comment";
    findings.error(at, &RULE, message, help);
}

/// Reports a comment in a block of raw HTML that does not end.
pub(crate) fn report_in_html(findings: &mut Findings<'_>, at: &Range<usize>) {
    let message = "this comment does not end, so all after it would be lost";
    findings.error(at, &RULE, message, "write --> where it ends");
}
