//! The keys that every note may have, as `config::note_keys` declares them.

use super::draft::FactsDraft;
use super::former::{UnfitAlias, former};
use super::value::{change, is_empty};
use crate::config::FieldConfig;
use crate::config::note_keys::{self, SOURCE_KEYS};
use crate::diagnostic::{Fix, RuleTable};
use crate::note::{
    Citation, Locator, RecordPlace, RecordedPart, RefField, RuleException, Status, StatusDetails,
    TranslationDetails,
};
use crate::parse::rules::missing_field;
use crate::span::Span;
use crate::table::rules::{bad_value, value_not_in_list};
use crate::table::{
    Notation, ReadShape, TableReader, TomlEntry, TomlKey, TomlTable, quoted, suggest,
};

impl FactsDraft {
    /// Reads the keys that every note may have.
    pub(crate) fn common<'k>(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        fields: &'k [FieldConfig],
        rules: RuleTable,
    ) {
        self.read_title(reader, table, fields);
        self.short = note_keys::SHORT.read(reader, table).filter(|short| !short.trim().is_empty());
        let in_sentence = note_keys::IN_SENTENCE.read(reader, table);
        self.in_sentence = in_sentence.filter(|name| !name.trim().is_empty());
        self.also = note_keys::ALSO.read_or_default(reader, table);
        let has_own = |key: &&str| fields.iter().any(|field| field.name == *key);
        let former = note_keys::SUMMARY.former;
        let former = if former.iter().any(has_own) { &[] } else { former };
        let summary = TomlKey { former, ..note_keys::SUMMARY }.read_with_place(reader, table);
        self.summary = summary.filter(|summary| !summary.0.trim().is_empty());
        self.date = note_keys::DATE.read(reader, table);
        self.published = note_keys::PUBLISHED.read(reader, table);
        self.updated = note_keys::UPDATED.read(reader, table);
        self.reviewed_on = note_keys::REVIEWED_ON.read(reader, table);
        let status = note_keys::STATUS.take(table);
        self.standing = StatusDetails {
            endorsed_by: note_keys::ENDORSED_BY.read(reader, table),
            withdrawn_reason: note_keys::WITHDRAWN_REASON.read(reader, table),
            withdrawn_on: note_keys::WITHDRAWN_ON.read(reader, table),
            comment_until: note_keys::COMMENT_UNTIL.read(reader, table),
            comment_to: note_keys::COMMENT_TO.read(reader, table),
            language: None,
        };
        self.read_translation(reader, table);
        if let Some(entry) = status {
            self.status = self.read_status(reader, entry);
        }
        self.read_hidden(reader, table);
        if let Some(entry) = note_keys::SUPERSEDES.take(table) {
            self.refer(reader, entry, true, RefField::Supersedes);
        }
        if let Some(entry) = note_keys::SOURCES.take(table) {
            self.has_sources = !reader.is_empty_list(entry);
            self.read_sources(reader, entry, fields);
        }
        if let Some(entry) = note_keys::REVIEW_BY.take(table) {
            self.review_by = note_keys::REVIEW_BY.shape.read(reader, entry);
            self.spans.review_by = entry.span;
        }
        let aliases = note_keys::ALIASES.take(table).and_then(|entry| reader.list(entry));
        for entry in aliases.unwrap_or_default() {
            if let Some(alias) = note_keys::ALIASES.shape.items.read(reader, entry) {
                self.alias(reader, alias, entry.span);
            }
        }
        if let Some(entry) = note_keys::PERMALINK.take(table)
            && let Some(address) = note_keys::PERMALINK.shape.read(reader, entry)
        {
            let before = self.redirects.len();
            self.alias(reader, format!("/{}", address.trim_start_matches('/')), entry.span);
            if self.redirects.len() > before {
                self.permalink = self.redirects.pop().zip(self.spans.redirects.pop());
            }
        }
        self.order = note_keys::ORDER.read(reader, table);
        self.hides_terms = !note_keys::TERMS.read_or_default(reader, table);
        let changes = note_keys::CHANGES.take(table).and_then(|entry| reader.list(entry));
        for entry in changes.unwrap_or_default() {
            self.changes.extend(reader.nested(entry, change).flatten());
        }
        let exceptions = note_keys::EXCEPT.take(table).and_then(|entry| reader.list(entry));
        for entry in exceptions.unwrap_or_default() {
            let read = |reader: &mut _, table: &mut _| exception(reader, table, rules);
            self.exceptions.extend(reader.nested(entry, read).flatten());
        }
    }

    /// Reads what makes the note a draft in other programs.
    fn read_hidden(&mut self, reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) {
        for (key, hides) in [(&note_keys::DRAFT, true), (&note_keys::PUBLISH, false)] {
            let Some(entry) = key.take(table) else { continue };
            match key.shape.read(reader, entry) {
                Some(flag) if flag == hides => self.status = Status::Draft,
                Some(_) => {}
                None => self.doubt(&[&bad_value::RULE], entry.span),
            }
        }
    }

    /// Reads what a translation says of itself.
    fn read_translation(&mut self, reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) {
        let standing = note_keys::TRANSLATION.read_with_place(reader, table);
        let by = note_keys::TRANSLATED_BY.read_with_place(reader, table);
        let on = note_keys::TRANSLATED_ON.read_with_place(reader, table);
        let recorded = note_keys::TRANSLATED_FROM.take(table);
        let spans = [
            standing.as_ref().map(|read| read.1),
            by.as_ref().map(|read| read.1),
            on.as_ref().map(|read| read.1),
        ];
        let title = self.title.as_ref().map(|title| title.1);
        let ends = spans.iter().flatten().chain(&title).map(|span| span.end);
        self.spans.record_place = ends.max().map(RecordPlace::Below);
        self.spans.recorded = recorded.map(|entry| entry.span);
        self.recorded = recorded.and_then(|entry| self.read_record(reader, entry));
        let spans = spans.into_iter().chain([self.spans.recorded]);
        self.translation_span = spans.flatten().min_by_key(|span| span.start);
        self.translation = TranslationDetails {
            standing: standing.map(|read| read.0),
            by: by.map(|read| read.0).filter(|by| !by.trim().is_empty()),
            on: on.map(|read| read.0),
        };
    }

    /// Reads the parts of the original from which a translation was made.
    fn read_record(
        &self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
    ) -> Option<Vec<RecordedPart>> {
        let mut parts = Vec::new();
        for entry in reader.list(entry)? {
            let text = note_keys::TRANSLATED_FROM.shape.items.read(reader, entry)?;
            let Some(part) = RecordedPart::parse(&text) else {
                let message = "this is no part of an original";
                let help =
                    "fieldbook translation accept, with the path of this file, writes the list";
                reader.report(entry.span, &bad_value::RULE, message).help.push(help.to_owned());
                return None;
            };
            parts.push(part);
        }
        Some(parts)
    }

    /// Reads the title; one that is empty counts as missing.
    fn read_title(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, '_>,
        fields: &[FieldConfig],
    ) {
        let key = &note_keys::TITLE;
        let entry = key.take(table);
        let title = entry.and_then(|e| Some((key.shape.read(reader, e)?, e.span)));
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let is_misspelt = entry.is_none() && table.holds_like(key.name, &names);
        self.has_title = entry.is_some() && title.is_none() || is_misspelt;
        self.title_span = entry.map(|entry| entry.span);
        self.title = title.filter(|title| !title.0.trim().is_empty());
    }

    /// Takes an alias: one with a slash and without a space is a former address, any other is another
    /// name.
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
                    diagnostic.add_fix(fix.replace(span, quoted(&meant)));
                }
            }
        }
    }

    /// Reads the status; if it can't be read, nobody can tell whether readers may see the note.
    fn read_status(&mut self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Status {
        let Some(written) = reader.text(entry) else {
            self.doubt(&[&bad_value::RULE], entry.span);
            return Status::default();
        };
        let found = Status::ALL.iter().find(|(name, _)| *name == written);
        let Some((_, status)) = found else {
            reader.not_in_list(entry, &written, Status::ALL.iter().map(|status| status.0));
            self.doubt(&[&value_not_in_list::RULE], entry.span);
            return Status::default();
        };
        self.status_span = Some(entry.span);
        *status
    }

    /// Reads the sources, and reports those that name nothing.
    fn read_sources(
        &mut self,
        reader: &mut TableReader<'_>,
        entry: TomlEntry<'_>,
        fields: &[FieldConfig],
    ) {
        for entry in reader.list(entry).unwrap_or_default() {
            let (mut name, mut address) = (None, None);
            let citation = reader.nested(entry, |reader, table| {
                reader.stray(table, "sources", |key| is_of_note(key, fields));
                let written = note_keys::SOURCE_REF.take(table);
                let title = note_keys::SOURCE_TITLE.take(table);
                name = written.and_then(|e| Some((reader.text(e)?, e.span)));
                address = note_keys::SOURCE_URL.read_with_place(reader, table);
                let citation = Citation {
                    reference: None,
                    title: title.and_then(|e| note_keys::SOURCE_TITLE.shape.read(reader, e)),
                    url: address.as_ref().map(|(url, _)| url.clone()),
                    locator: note_keys::SOURCE_LOCATOR
                        .read(reader, table)
                        .map(|text| Locator::new(&text)),
                    accessed: note_keys::SOURCE_ACCESSED.read(reader, table),
                    language: None,
                };
                // One that can't be read was reported, and is not missing.
                if written.is_none() && title.is_none() && reader.is_whole() {
                    let message = "a source has a ref to a note, or a title and a url";
                    let notation = reader.notation();
                    let [name, title] = ["ref", "title"].map(|key| notation.setting(key, "\"…\""));
                    let help = match notation {
                        Notation::Toml => format!("add below [[sources]]: {name}, or {title}"),
                        Notation::Yaml => {
                            format!("add to this part of sources: {name}, or {title}")
                        }
                    };
                    reader.report(table.span, &missing_field::RULE, message).help.push(help);
                }
                citation
            });
            self.addresses.extend(address);
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
    let of_source = SOURCE_KEYS.iter().any(|declared| declared.name() == key);
    let mut of_note = note_keys::names();
    !of_source && (of_note.any(|name| name == key) || fields.iter().any(|f| f.name == key))
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
        let notation = reader.notation();
        let [rule, reason] = ["rule", "reason"].map(|key| notation.setting(key, "\"…\""));
        let help = match notation {
            Notation::Toml => format!("write below [[except]]: {rule} and {reason}"),
            Notation::Yaml => format!("write below except: a hyphen, {rule} and {reason}"),
        };
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
