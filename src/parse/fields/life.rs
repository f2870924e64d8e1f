//! The life of a note, as far as its own front matter tells: whether it says what it rests on, who
//! endorsed it, why it was withdrawn; and from which rules it is an exception.

use unicode_segmentation::UnicodeSegmentation;

use super::FactsDraft;
use super::value::example;
use crate::config::{Config, KindId, WantedField};
use crate::diagnostic::{Code, Diagnostic};
use crate::note::{RefField, RuleException, Status};
use crate::span::Span;
use crate::table::{TableReader, TomlTable, quoted, suggest, text_in_place};

/// How long a summary may be where the book does not say: what a card and a search result show.
const SUMMARY: usize = 160;

impl FactsDraft {
    /// Looks at what is there; where a line could not be read, what seems to be missing may stand
    /// in it.
    pub(super) fn life(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &TomlTable<'_, '_>,
        config: &Config,
        kind: KindId,
    ) {
        self.tabs(reader);
        self.long_summary(reader, config.check.summary_limit.unwrap_or(SUMMARY));
        if !reader.is_whole() {
            return;
        }
        let place = self.status_span.or(self.title.as_ref().map(|title| title.1));
        let place = place.unwrap_or(Span { start: table.span.start, end: table.span.start });
        let standing = &self.standing;
        if self.status == Status::Endorsed && standing.endorsed_by.is_none() {
            let message = "the note says that it is endorsed, and not by whom";
            let help = "add a line: endorsed-by = \"…\"".to_owned();
            reader.report(place, Code::UnnamedEndorser, message).help.push(help);
        }
        if self.status == Status::Withdrawn && standing.withdrawn_reason.is_none() {
            let message = "the note was withdrawn, and does not say why";
            let help = "add a line: withdrawn-reason = \"…\"";
            warn(reader, place, Code::WithdrawnUnexplained, message, help);
        }
        self.other_status(reader, place);
        let is_relied_on = matches!(self.status, Status::Published | Status::Endorsed);
        if is_relied_on && self.sources.is_empty() && !self.has_sources {
            let message = "the note names no source";
            let help = "say what it rests on: [[sources]], and below it a line ref = \"…\"";
            warn(reader, place, Code::Unsourced, message, help);
        }
        self.undated(reader, config, kind, place);
        self.wanted(reader, config, kind, place);
    }

    /// A feed tells of notes by their dates. What others are filed under has none by its nature, and its
    /// feeds tell of those.
    fn undated(&self, reader: &mut TableReader<'_>, config: &Config, kind: KindId, place: Span) {
        let is_dated = self.date.or(self.updated).or(self.standing.withdrawn_on).is_some()
            || !self.changes.is_empty();
        let kind = config.kind(kind);
        let has_feed = kind.feed && !kind.shown.axis && config.base_url.is_some();
        if !is_dated && has_feed && !reader.has_strayed("date") {
            let message = "the note has no date, so the feed of its kind does not tell of it";
            warn(reader, place, Code::Undated, message, "add a line: date = 2024-06-24");
        }
    }

    /// Lines that go with a status the note does not have. What it once had may still be told of one
    /// that was withdrawn.
    fn other_status(&mut self, reader: &mut TableReader<'_>, place: Span) {
        let standing = &self.standing;
        let withdrawn = standing.withdrawn_reason.is_some() || standing.withdrawn_on.is_some();
        if withdrawn && self.status != Status::Withdrawn {
            let message = "the note says when or why it was withdrawn, and is shown as current";
            let help = "add the line: status = \"withdrawn\"".to_owned();
            reader.report(place, Code::MissingField, message).help.push(help);
            self.doubt(&[Code::MissingField], place);
        }
        let standing = &self.standing;
        let comments = standing.comment_until.is_some() || standing.comment_to.is_some();
        if comments && matches!(self.status, Status::Published | Status::Endorsed) {
            let message = "the note says how to comment on it, and readers are not told";
            let help = "add the line status = \"under-review\", or take these lines out";
            warn(reader, place, Code::OtherStatus, message, help);
        }
        if standing.endorsed_by.is_some() && self.status == Status::Published {
            let message = "the note says who endorsed it, and readers are not told";
            let help = "add the line status = \"endorsed\", or take this one out";
            warn(reader, place, Code::OtherStatus, message, help);
        }
    }

    fn tabs(&self, reader: &mut TableReader<'_>) {
        for (text, span) in self.title.iter().chain(&self.summary) {
            if text.contains(['\t', '\u{feff}']) || has_stray_space(text) {
                let message = "this text holds a tab, or another sign that nobody sees";
                let code = Code::InvisibleCharacter;
                let diagnostic = Diagnostic::warning(reader.path(), *span, code, message);
                let fix = text_in_place(*span, &without_marks(text));
                reader.push(diagnostic.help("type a space in its place").fix(fix));
            }
        }
    }

    fn long_summary(&self, reader: &mut TableReader<'_>, limit: usize) {
        let Some((summary, span)) = &self.summary else { return };
        // No text has more characters than bytes, and most are short.
        let length = if summary.len() > limit { summary.graphemes(true).count() } else { 0 };
        if length > limit {
            let message =
                format!("the summary has {length} characters; cards and search show {limit}");
            let help = "say it in one short sentence, and leave the rest to the text";
            warn(reader, *span, Code::LongSummary, &message, help);
        }
    }

    fn wanted(&self, reader: &mut TableReader<'_>, config: &Config, kind: KindId, place: Span) {
        let fields = &config.kind(kind).fields;
        let is_there = |at: usize, reader: &TableReader<'_>| {
            let own = RefField::Own(at as u16);
            self.references.iter().any(|reference| reference.field == own)
                || self.values.iter().any(|value| usize::from(value.field) == at)
                || self.unreadable.contains(&at)
                || reader.has_strayed(&fields[at].name)
        };
        for (at, field) in fields.iter().enumerate() {
            let Some(WantedField { unless }) = &field.wanted else { continue };
            let reason =
                unless.as_ref().and_then(|name| fields.iter().position(|f| f.name == *name));
            if is_there(at, reader) || reason.is_some_and(|at| is_there(at, reader)) {
                continue;
            }
            let message = format!("the note has no \"{}\"", field.name);
            let help = match unless {
                Some(unless) => {
                    format!("add a line: {}; or say in \"{unless}\" why not", example(field))
                }
                None => format!("add a line: {}", example(field)),
            };
            warn(reader, place, Code::WantedField, &message, &help);
        }
    }
}

/// Returns whether a space without width stands where it separates no words: Khmer, Thai, Lao and
/// Burmese, which write none between words, set it there.
fn has_stray_space(text: &str) -> bool {
    text.match_indices('\u{200b}').any(|(at, _)| !text[..at].ends_with(separates_words))
}

fn separates_words(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Returns a text without the characters that nobody sees, and with spaces for tabs.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            '\u{feff}' => {}
            '\u{200b}' if !out.ends_with(separates_words) => {}
            c => out.push(c),
        }
    }
    out
}

fn warn(reader: &mut TableReader<'_>, place: Span, code: Code, message: &str, help: &str) {
    let diagnostic = Diagnostic::warning(reader.path(), place, code, message).help(help);
    reader.push(diagnostic);
}

/// `[[except]]`, with the name of a rule and the reason.
pub(super) fn exception(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> Option<RuleException> {
    let rule = table.take("rule");
    let reason = table.take("reason");
    let text = reason.and_then(|entry| reader.text(entry));
    let is_empty = text.as_ref().is_some_and(|text| text.trim().is_empty());
    let text = text.filter(|_| !is_empty);
    let is_missing = (rule.is_none() || reason.is_none()) && reader.is_whole();
    if is_missing || is_empty {
        let message = "an exception has a rule and a reason";
        let help = "write below [[except]]: rule = \"…\" and reason = \"…\"".to_owned();
        reader.report(table.span, Code::MissingField, message).help.push(help);
    }
    let entry = rule?;
    let written = reader.text(entry)?;
    let Some(code) = Code::named(&written).filter(|code| code.is_excusable()) else {
        let names = Code::ALL.iter().filter(|code| code.is_excusable()).map(|code| code.name());
        let message = match Code::named(&written) {
            Some(_) => format!("no note can be an exception from \"{written}\""),
            None => format!("no rule is called \"{written}\""),
        };
        let near = reader.nearest(&written, names);
        let diagnostic = reader.report(entry.span, Code::ValueNotInList, message);
        suggest(diagnostic, &written, &near, quoted);
        let help = "the name of a rule stands in brackets after the word warning or error";
        diagnostic.help.push(help.to_owned());
        return None;
    };
    Some(RuleException { code, reason: text?, span: entry.span })
}
