//! Notes of which nobody can tell whether readers may see them: what would say that they are drafts, withdrawn
//! or confidential can't be read. Where a book takes such mistakes for less than errors, these notes are left out.

use super::draft::{FactsDraft, VisibilityDoubt};
use crate::config::{Config, KindId};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::note::Status;
use crate::parse::rules::{bad_front_matter, confidential_name, missing_field};
use crate::span::Span;
use crate::table::rules::value_not_in_list;
use crate::table::rules::{bad_value, unknown_key};
use crate::table::{TableReader, TomlTable};

impl FactsDraft {
    pub(crate) fn doubt(&mut self, rules: &'static [&'static Rule], at: Span) {
        self.doubt.get_or_insert(VisibilityDoubt { rules, at });
    }

    /// Reports a note that is withdrawn by all but its status.
    pub(crate) fn check_withdrawn(&mut self, reader: &mut TableReader<'_>, place: Span) {
        let details = &self.standing;
        let is_withdrawn = details.withdrawn_reason.is_some() || details.withdrawn_on.is_some();
        if is_withdrawn && self.status != Status::Withdrawn {
            let message = "the note says when or why it was withdrawn, and is shown as current";
            let line = reader.notation().setting("status", "\"withdrawn\"");
            let help = format!("add the line: {line}");
            reader.report(place, &missing_field::RULE, message).help.push(help);
            self.doubt(&[&missing_field::RULE], place);
        }
    }

    /// Looks for what else may say who may see the note.
    pub(crate) fn look_for_doubts(
        &mut self,
        reader: &TableReader<'_>,
        table: &TomlTable<'_, '_>,
        config: &Config,
        kind: KindId,
    ) {
        let at = Span { start: table.span.start, end: table.span.start };
        if reader.has_lost() {
            self.doubt(&[&bad_front_matter::RULE], at);
        }
        let fields = &config.kind(kind).fields;
        let names: Vec<&str> = if table.is_taken() {
            Vec::new()
        } else {
            fields.iter().map(|field| field.name.as_str()).collect()
        };
        let is_astray = |key: &str| {
            reader.has_strayed(key) || !table.is_taken() && table.holds_like(key, &names)
        };
        if self.status_span.is_none() && is_astray("status") {
            self.doubt(&[&unknown_key::RULE], at);
        }
        let name = config.check.text(&confidential_name::RULE, &confidential_name::FIELD);
        let Some(field) = fields.iter().position(|field| field.name == name) else { return };
        if self.unreadable.contains(&field) {
            self.doubt(&[&bad_value::RULE, &value_not_in_list::RULE], at);
        }
        let is_there = self.values.iter().any(|value| usize::from(value.field) == field);
        if !is_there && is_astray(name) {
            self.doubt(&[&unknown_key::RULE], at);
        }
    }

    /// Makes the note a draft if what can't be read is no error in this book, and says so.
    pub(crate) fn hold_back(&mut self, config: &Config, kind: KindId, out: &mut Vec<Diagnostic>) {
        let Some(VisibilityDoubt { rules, at }) = &self.doubt else { return };
        let is_error = |rule: &&Rule| config.check.level(rule, Some(kind)) == Level::Error;
        if rules.iter().all(is_error) {
            return;
        }
        let left_out = "the note is left out until this is mended";
        let own = out.iter_mut().rfind(|found| found.rule == &bad_front_matter::RULE);
        match own.filter(|_| rules.contains(&&bad_front_matter::RULE)) {
            Some(own) => own.help.push(left_out.to_owned()),
            None if rules.contains(&&bad_front_matter::RULE) => {}
            None => self.report_doubt(*at, left_out, out),
        }
        if !is_error(&&bad_front_matter::RULE) {
            self.status = Status::Draft;
        }
    }

    fn report_doubt(&self, at: Span, help: &str, out: &mut Vec<Diagnostic>) {
        let Some(path) = out.last().map(|found| found.path.clone()) else { return };
        let message = "nobody can tell whether readers may see this note, since a line that may say so can't be read";
        out.push(Diagnostic::error(&path, at, &bad_front_matter::RULE, message).help(help));
    }
}
