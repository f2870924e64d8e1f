//! The findings about the text of a note, reported by their places in the Markdown.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Rule};
use crate::parse::text::EditedText;
use crate::path::SourcePath;

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
}
