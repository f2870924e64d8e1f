//! The events of pieces of text within a line, for the rules over texts.

use std::ops::Range;

use super::parser::BodyParser;
use crate::parse::text::{REACH, starts_line};
use crate::parse::text_rule::{SignLine, TextEvent};

impl BodyParser<'_, '_> {
    /// Shows the rules a piece of text as it is written.
    pub(crate) fn visit_words(&mut self, at: &Range<usize>) {
        let written = &self.events.markdown[at.clone()];
        let (in_link, in_table) = (self.in_link(), !self.table.alignments.is_empty());
        self.to.visit(&TextEvent::Words { at, in_link });
        if memchr::memchr3(b'[', b']', b'<', written.as_bytes()).is_some() {
            self.to.visit(&TextEvent::Brackets { at, in_table });
        }
        let Some(first) = written.chars().next() else { return };
        if !first.is_alphanumeric() {
            self.visit_sign_line(first, at.start);
        }
        if self.left_over.common {
            for star in memchr::memchr_iter(b'*', written.as_bytes()) {
                self.visit_sign(at.start + star);
            }
            if let Some(bar) = memchr::memchr(b'|', written.as_bytes()) {
                self.to.visit(&TextEvent::Bar { at: at.start + bar, in_table });
            }
        }
        if self.left_over.rare {
            for sign in memchr::memchr3_iter(b'{', b'~', b'^', written.as_bytes()) {
                self.visit_sign(at.start + sign);
            }
        }
    }

    /// Shows the rules a line, if one begins with the sign at `start`.
    fn visit_sign_line(&mut self, sign: char, start: usize) {
        // Behind a backslash that is not the writer's own: see `mends`.
        let is_mended = start > 0 && self.events.markdown[..start].ends_with('\\') && {
            let inserted = self.to.edited.span(start - 1..start);
            inserted.start == inserted.end
        };
        if !starts_line(self.events.markdown, start - usize::from(is_mended)) {
            return;
        }
        let line = self.events.markdown[start..].split('\n').next().unwrap_or_default().trim_end();
        let before = &self.events.markdown[..start];
        let in_quote = before.ends_with(['>']) || before.ends_with("> ");
        let at = start..start + line.len();
        self.to.visit(&TextEvent::SignLine(SignLine { sign, line, at, in_quote }));
    }

    /// Shows the rules a sign that is text.
    fn visit_sign(&mut self, at: usize) {
        let before = self.events.markdown[..at].chars().next_back();
        let rest = &self.events.markdown[at..];
        let near = &rest[..rest.floor_char_boundary(REACH.min(rest.len()))];
        let rest = near.split('\n').next().unwrap_or_default();
        let sign = near.as_bytes()[0];
        self.to.visit(&TextEvent::Sign { sign, at, before, rest });
    }
}
