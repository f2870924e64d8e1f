//! The findings about the text of a note, reported by their places in the Markdown.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fix, FixSafety, Rule};
use crate::parse::text::EditedText;
use crate::path::SourcePath;
use crate::table::rules::refused_scheme;

/// The findings about a text.
pub(crate) struct Findings<'a> {
    path: &'a SourcePath,
    /// The text, by which places in the Markdown are turned into places in the file.
    edited: &'a EditedText<'a>,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    pub(crate) fn new(
        path: &'a SourcePath,
        edited: &'a EditedText<'a>,
        out: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { path, edited, out }
    }

    /// Reports an error at a place of the Markdown.
    pub(crate) fn error(
        &mut self,
        at: &Range<usize>,
        rule: &'static Rule,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        let span = self.edited.span(at.clone());
        self.push(Diagnostic::error(self.path, span, rule, message).help(help))
    }

    /// Reports a warning at a place of the Markdown.
    pub(crate) fn warn(
        &mut self,
        at: &Range<usize>,
        rule: &'static Rule,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        let span = self.edited.span(at.clone());
        self.push(Diagnostic::warning(self.path, span, rule, message).help(help))
    }

    fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let at = self.out.len();
        self.out.push(diagnostic);
        &mut self.out[at]
    }

    /// Adds a fix to the finding that was reported last: its edits are at places of the Markdown. A
    /// place that is written in another way in the file can't be edited; then there is no fix.
    pub(super) fn fix(
        &mut self,
        safety: FixSafety,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = (Range<usize>, String)>,
    ) {
        let fix = edits.into_iter().try_fold(Fix::new(title, safety), |fix, (at, text)| {
            Some(fix.replace(self.edited.exact_span(at)?, text))
        });
        let fix = fix.filter(|fix| !fix.edits.is_empty());
        if let Some((found, fix)) = self.out.last_mut().zip(fix) {
            found.add_fix(fix);
        }
    }
}

/// Reports a link that begins with `scheme`.
pub(crate) fn report_scheme(findings: &mut Findings<'_>, at: &Range<usize>, scheme: &str) {
    let message = format!("a link may not begin with \"{scheme}:\"");
    let help = "links lead to notes of the book, or begin with https:, http:, mailto: or tel:";
    findings.error(at, &refused_scheme::RULE, message, help);
}
