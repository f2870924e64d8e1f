//! The problems of the book as an editor shows them.

use gen_lsp_types::*;

use super::abilities::MANUAL_SCHEME;
use super::convert::PlacedTexts;
use super::position::LineStarts;
use crate::diagnostic::{self, Severity};
use crate::editor::{EditedBook, other_places};
use crate::manual::manual_pages;
use crate::workspace::rules;

/// The name of the program as the source of problems.
const SOURCE: &str = "fieldbook";

/// The rules whose findings are about something that nobody needs.
const UNUSED: [&str; 3] = ["unused-exception", "unused-footnote", "unused-word"];

/// The rules whose findings are about something that should no longer be used.
const OUTDATED: [&str; 1] = ["superseded-cited"];

/// The text in which problems are, and the book around it.
#[derive(Clone, Copy)]
pub(super) struct ProblemText<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a LineStarts,
    pub(super) book: EditedBook<'a>,
    pub(super) placed: PlacedTexts<'a>,
    /// True if the editor shows other places of a problem.
    pub(super) related: bool,
}

impl ProblemText<'_> {
    /// Returns the other places of a problem.
    fn related(self, found: &diagnostic::Diagnostic) -> Option<Vec<DiagnosticRelatedInformation>> {
        if !self.related || found.others.is_empty() {
            return None;
        }
        let others = other_places(self.book, found).into_iter();
        let related = others.map(|(place, message)| DiagnosticRelatedInformation {
            location: self.placed.locations(&[place]).remove(0),
            message,
        });
        Some(related.collect())
    }
}

/// Returns problems of one text as the protocol has them.
pub(super) fn problems(
    found: &[diagnostic::Diagnostic],
    within: ProblemText<'_>,
) -> Vec<Diagnostic> {
    found.iter().map(|found| problem(found, within)).collect()
}

/// Returns a problem as the protocol has it.
pub(super) fn problem(found: &diagnostic::Diagnostic, within: ProblemText<'_>) -> Diagnostic {
    let mut message = capitalised(&found.message);
    for help in found.helps() {
        message.push('\n');
        message.push_str(&capitalised(&help));
    }
    for line in found.shown_fix() {
        message.push_str("\n    ");
        message.push_str(line);
    }
    let name = found.rule.name;
    let tag = if UNUSED.contains(&name) {
        Some(DiagnosticTag::Unnecessary)
    } else {
        OUTDATED.contains(&name).then_some(DiagnosticTag::Deprecated)
    };
    Diagnostic {
        range: within.lines.range(within.text, found.span, within.placed.unit),
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
        }),
        code: Some(Code::String(name.to_owned())),
        code_description: Some(CodeDescription {
            href: Uri(format!("{MANUAL_SCHEME}:/rules/{name}.md")),
        }),
        source: Some(SOURCE.to_owned()),
        message: Message::String(message),
        tags: tag.map(|tag| vec![tag]),
        related_information: within.related(found),
        data: None,
    }
}

/// Returns a text with a capital letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the page of the manual at an address such as `fieldbook:/rules/broken-link.md`.
pub(super) fn manual_page(uri: &Uri) -> Option<String> {
    let path = uri.0.strip_prefix(MANUAL_SCHEME)?.strip_prefix(':')?;
    let name = path.rsplit('/').next()?.trim_end_matches(".md");
    if let Some(rule) = rules::all().named(name) {
        return Some(rule.explanation());
    }
    manual_pages().iter().find(|page| page.name == name).map(|page| page.text())
}
