//! The keys that every note may have.

use super::draft::FactsDraft;
use super::former::{UnfitAlias, former};
use super::value::{change, is_empty, not_in_list, url};
use crate::config::{COMMON_KEYS, FieldConfig, LONGEST_TEXT};
use crate::diagnostic::{Fix, RuleTable};
use crate::note::{Citation, RefField, RuleException, Status};
use crate::parse::rules::{missing_field, value_not_in_list};
use crate::span::Span;
use crate::table::rules::bad_value;
use crate::table::{TableReader, TomlEntry, TomlTable, quoted, suggest};

/// The most bytes of a summary. A book warns of one that is longer than lists show.
const LONGEST_SUMMARY: usize = 4 * LONGEST_TEXT;

impl FactsDraft {
    /// Reads the keys that every note may have; the same as [`COMMON_KEYS`].
    pub(crate) fn common<'k>(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        fields: &'k [FieldConfig],
        rules: RuleTable,
    ) {
        let title = table.take("title");
        self.title = title.and_then(|e| Some((reader.short_text(e, LONGEST_TEXT)?, e.span)));
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let is_misspelt = title.is_none() && table.holds_like("title", &names);
        self.has_title = title.is_some() && self.title.is_none() || is_misspelt;
        self.title_span = title.map(|entry| entry.span);
        self.title = self.title.take().filter(|title| !title.0.trim().is_empty());
        let summary = table.take("summary");
        self.summary = summary.and_then(|e| Some((reader.short_text(e, LONGEST_SUMMARY)?, e.span)));
        self.summary = self.summary.take().filter(|summary| !summary.0.trim().is_empty());
        self.date = table.take("date").and_then(|entry| reader.date(entry));
        self.updated = table.take("updated").and_then(|entry| reader.date(entry));
        if let Some(entry) = table.take("status") {
            self.status = self.read_status(reader, entry);
        }
        self.standing.endorsed_by = table.take("endorsed-by").and_then(|entry| reader.text(entry));
        self.standing.withdrawn_reason =
            table.take("withdrawn-reason").and_then(|entry| reader.text(entry));
        self.standing.withdrawn_on =
            table.take("withdrawn-on").and_then(|entry| reader.date(entry));
        self.standing.comment_until =
            table.take("comment-until").and_then(|entry| reader.date(entry));
        self.standing.comment_to = table.take("comment-to").and_then(|entry| reader.text(entry));
        if let Some(entry) = table.take("supersedes") {
            self.refer(reader, entry, true, RefField::Supersedes);
        }
        if let Some(entry) = table.take("sources") {
            self.has_sources = !reader.is_empty_list(entry);
            self.read_sources(reader, entry, fields);
        }
        if let Some(entry) = table.take("review-by") {
            self.review_by = reader.date(entry);
            self.spans.review_by = entry.span;
        }
        for entry in table.take("aliases").and_then(|e| reader.list(e)).unwrap_or_default() {
            if let Some(alias) = reader.short_text(entry, LONGEST_TEXT) {
                self.alias(reader, alias, entry.span);
            }
        }
        self.order = table.take("order").and_then(|entry| reader.integer(entry));
        self.hides_terms = table.take("terms").and_then(|entry| reader.flag(entry)) == Some(false);
        for entry in table.take("changes").and_then(|e| reader.list(e)).unwrap_or_default() {
            self.changes.extend(reader.nested(entry, change).flatten());
        }
        for entry in table.take("except").and_then(|e| reader.list(e)).unwrap_or_default() {
            let read = |reader: &mut _, table: &mut _| exception(reader, table, rules);
            self.exceptions.extend(reader.nested(entry, read).flatten());
        }
    }

    /// Reads an alias: one with a slash and without a space is a former address, any other is another name.
    fn alias(&mut self, reader: &mut TableReader<'_>, alias: String, span: Span) {
        if !alias.contains('/') || alias.contains(char::is_whitespace) {
            self.aliases.push(alias);
            return;
        }
        match former(&alias) {
            Ok(output) => {
                self.redirects.push(output);
                self.spans.redirects.push(span);
            }
            Err(UnfitAlias { why, help, meant }) => {
                let diagnostic = reader.report(span, &bad_value::RULE, why);
                diagnostic.help.push(help);
                if let Some((meant, safety)) = meant {
                    let fix = Fix::new(format!("write {meant}"), safety);
                    diagnostic.fixes.push(fix.replace(span, quoted(&meant)));
                }
            }
        }
    }

    fn read_status(&mut self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Status {
        let Some(written) = reader.text(entry) else {
            self.doubt(&[&bad_value::RULE], entry.span);
            return Status::default();
        };
        let found = Status::ALL.iter().find(|(name, _)| *name == written);
        let Some((_, status)) = found else {
            not_in_list(reader, entry, &written, Status::ALL.iter().map(|status| status.0));
            self.doubt(&[&value_not_in_list::RULE], entry.span);
            return Status::default();
        };
        self.status_span = Some(entry.span);
        *status
    }

    fn read_sources(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        fields: &[FieldConfig],
    ) {
        for entry in reader.list(entry).unwrap_or_default() {
            let mut name = None;
            let citation = reader.nested(entry, |reader, table| {
                reader.stray(table, "sources", |key| is_of_note(key, fields));
                let [written, title] = ["ref", "title"].map(|key| table.take(key));
                name = written.and_then(|e| Some((reader.text(e)?, e.span)));
                let citation = Citation {
                    reference: None,
                    title: title.and_then(|entry| reader.text(entry)),
                    url: table.take("url").and_then(|entry| url(reader, entry)),
                    locator: table.take("locator").and_then(|entry| reader.text(entry)),
                    accessed: table.take("accessed").and_then(|entry| reader.date(entry)),
                };
                // One that can't be read was reported, and is not missing.
                if written.is_none() && title.is_none() && reader.is_whole() {
                    let message = "a source has a ref to a note, or a title and a url";
                    let help = "add below [[sources]]: ref = \"…\", or title = \"…\"".to_owned();
                    reader.report(table.span, &missing_field::RULE, message).help.push(help);
                }
                citation
            });
            name = name.filter(|(name, span)| !is_empty(reader, "ref", name, *span));
            let Some(mut citation) = citation else { continue };
            let reference = name.map(|(name, span)| self.refer_to(&name, span, RefField::Sources));
            citation.reference = reference;
            self.sources.push(citation);
        }
    }
}

/// Says whether a key below `[[sources]]` is one of the note, and none of a source.
fn is_of_note(key: &str, fields: &[FieldConfig]) -> bool {
    let of_source = matches!(key, "title" | "ref" | "url" | "locator" | "accessed");
    !of_source && (COMMON_KEYS.contains(&key) || fields.iter().any(|field| field.name == key))
}

/// Reads `[[except]]`, with the name of a rule and the reason.
fn exception(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    rules: RuleTable,
) -> Option<RuleException> {
    let name = table.take("rule");
    let reason = table.take("reason");
    let text = reason.and_then(|entry| reader.text(entry));
    let is_empty = text.as_ref().is_some_and(|text| text.trim().is_empty());
    let text = text.filter(|_| !is_empty);
    let is_missing = (name.is_none() || reason.is_none()) && reader.is_whole();
    if is_missing || is_empty {
        let message = "an exception has a rule and a reason";
        let help = "write below [[except]]: rule = \"…\" and reason = \"…\"".to_owned();
        reader.report(table.span, &missing_field::RULE, message).help.push(help);
    }
    let entry = name?;
    let written = reader.text(entry)?;
    let Some(rule) = rules.named(&written).filter(|rule| rule.is_excusable()) else {
        let message = match rules.named(&written) {
            Some(_) => format!("no note can be an exception from \"{written}\""),
            None => format!("no rule is called \"{written}\""),
        };
        let near = reader.nearest(&written, rules.excusable());
        let diagnostic = reader.report(entry.span, &value_not_in_list::RULE, message);
        suggest(diagnostic, &written, &near, quoted);
        let help = "the name of a rule stands in brackets after the word warning or error";
        diagnostic.help.push(help.to_owned());
        return None;
    };
    // Other keys, which were reported, would be left behind.
    let end = reason.map_or(entry.span.end, |reason| reason.span.end.max(entry.span.end));
    let whole = Span { start: table.span.start, end };
    let whole = Some(whole).filter(|_| table.is_taken());
    Some(RuleException { rule, reason: text?, span: entry.span, whole })
}
