//! Notes of which nobody can tell whether readers may see them: what would say that they are drafts, withdrawn
//! or confidential can't be read. Where a book takes such mistakes for less than errors, these notes are left out.

use super::FactsDraft;
use crate::config::{Config, KindId};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::note::Status;
use crate::span::Span;
use crate::table::{TableReader, TomlTable};

/// What can't be read, as it was reported.
pub(super) struct VisibilityDoubt {
    pub(super) codes: &'static [Code],
    pub(super) at: Span,
}

impl FactsDraft {
    pub(super) fn doubt(&mut self, codes: &'static [Code], at: Span) {
        self.doubt.get_or_insert(VisibilityDoubt { codes, at });
    }

    /// Looks for what else may say who may see the note.
    pub(super) fn look_for_doubts(
        &mut self,
        reader: &TableReader<'_>,
        table: &TomlTable<'_, '_>,
        config: &Config,
        kind: KindId,
    ) {
        let at = Span { start: table.span.start, end: table.span.start };
        if reader.has_lost() {
            self.doubt(&[Code::BadFrontMatter], at);
        }
        let fields = &config.kind(kind).fields;
        let names: Vec<&str> = match table.is_taken() {
            true => Vec::new(),
            false => fields.iter().map(|field| field.name.as_str()).collect(),
        };
        let is_astray = |key: &str| {
            reader.has_strayed(key) || !table.is_taken() && table.holds_like(key, &names)
        };
        if self.status_span.is_none() && is_astray("status") {
            self.doubt(&[Code::UnknownKey], at);
        }
        let Some(rule) = &config.check.confidential else { return };
        let Some(field) = fields.iter().position(|field| field.name == rule.field) else { return };
        if self.unreadable.contains(&field) {
            self.doubt(&[Code::BadValue, Code::ValueNotInList], at);
        }
        let is_there = self.values.iter().any(|value| usize::from(value.field) == field);
        if !is_there && is_astray(&rule.field) {
            self.doubt(&[Code::UnknownKey], at);
        }
    }

    /// Makes the note a draft if what can't be read is no error in this book, and says so.
    pub(super) fn hold_back(&mut self, config: &Config, kind: KindId, out: &mut Vec<Diagnostic>) {
        let Some(VisibilityDoubt { codes, at }) = &self.doubt else { return };
        let is_error = |code: &Code| config.check.level(*code, Some(kind)) == Level::Error;
        if codes.iter().all(is_error) {
            return;
        }
        let left_out = "the note is left out until this is mended";
        let own = out.iter_mut().rfind(|found| found.code == Code::BadFrontMatter);
        match own.filter(|_| codes.contains(&Code::BadFrontMatter)) {
            Some(own) => own.help.push(left_out.to_owned()),
            None if codes.contains(&Code::BadFrontMatter) => {}
            None => self.report_doubt(*at, left_out, out),
        }
        if !is_error(&Code::BadFrontMatter) {
            self.status = Status::Draft;
        }
    }

    fn report_doubt(&self, at: Span, help: &str, out: &mut Vec<Diagnostic>) {
        let Some(path) = out.last().map(|found| found.path.clone()) else { return };
        let message = "nobody can tell whether readers may see this note, since a line that may say so can't be read";
        out.push(Diagnostic::error(&path, at, Code::BadFrontMatter, message).help(help));
    }
}
