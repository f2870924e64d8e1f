//! Notes in one layout: the settings of their front matter in one order and spacing, line ends, composed letters, and
//! no blanks at the ends of lines. Markdown is never written again, and no page changes.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::proof::EditedFile;
use crate::config::{Config, Kind};
use crate::diagnostic::TextEdit;
use crate::diagnostic::with_edits;
use crate::note::{self, Note};
use crate::note_settings::{WrittenFrontMatter, key_rank};
use crate::parse::front_matter;
use crate::parse::{MARKDOWN, parse};
use crate::path::SourcePath;
use crate::slug::composed;
use crate::source::Source;
use crate::span::Span;
use crate::table::{Notation, SettingForm, SettingPlace};

/// A note after tidying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TidyOutcome {
    /// It was tidy.
    Tidy,
    /// It has another text, which makes the same page.
    Changed(EditedFile),
    /// It is left as it is, for its page would change.
    Left,
}

/// Tidies a note; its text is kept only if it is read as the same note.
pub fn tidy(source: &Source, config: &Config) -> TidyOutcome {
    let Some(before) = source.text() else { return TidyOutcome::Tidy };
    let mut was_read = None;
    for composes in [true, false] {
        let after = tidied(before, &source.path, config, composes);
        if after == before {
            // Letters that would have to be composed stay as they are.
            return if was_read.is_some() { TidyOutcome::Left } else { TidyOutcome::Tidy };
        }
        let was = was_read.get_or_insert_with(|| parse(source, config, false));
        let edited = Source::new(source.path.clone(), after.clone().into_bytes());
        if is_same(was, &parse(&edited, config, false)) {
            let (path, before) = (source.path.clone(), before.to_owned());
            return TidyOutcome::Changed(EditedFile { path, before, after });
        }
    }
    TidyOutcome::Left
}

/// Says whether a note makes the same pages with another text.
pub fn makes_same_pages(before: &Source, after: &str, config: &Config) -> bool {
    let edited = Source::new(before.path.clone(), after.as_bytes().to_vec());
    is_same(&parse(before, config, false), &parse(&edited, config, false))
}

/// Says whether two readings of a note make the same pages.
fn is_same(a: &Note, b: &Note) -> bool {
    let parts = |note: &Note| -> Vec<(String, note::PartHash)> {
        note.parts.iter().map(|part| (format!("{:?}", part.place), part.hash)).collect()
    };
    let problems = |note: &Note| {
        let mut rules: Vec<&str> = note.diagnostics.iter().map(|found| found.rule.name).collect();
        rules.sort_unstable();
        rules
    };
    let exceptions = |note: &Note| -> Vec<(&str, String)> {
        note.exceptions.iter().map(|except| (except.rule.name, except.reason.clone())).collect()
    };
    a.facts == b.facts
        && a.body.fingerprint() == b.body.fingerprint()
        && a.excerpts == b.excerpts
        && parts(a) == parts(b)
        && problems(a) == problems(b)
        && exceptions(a) == exceptions(b)
}

/// Returns the text of a note in the layout.
fn tidied(text: &str, path: &SourcePath, config: &Config, composes: bool) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let text = if composes { composed(&text).into_owned() } else { text };
    let kind = config.kind(note::kind(&note::place(path, config), config));
    let text = match WrittenFrontMatter::of(path, &text).filter(|front| front.is_fenced) {
        Some(front) => with_block(&front, kind),
        None => text,
    };
    let start = front_matter::split(path, &text, &mut Vec::new()).body;
    let mut text = with_edits(&text, &trailing_blanks(&text, start)).unwrap_or(text);
    let end = text.trim_end_matches('\n').len().max(start.min(text.len()));
    text.truncate(end);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Returns the edits that take the blanks at the ends of lines out of a text, except in code, in HTML and where two of them
/// break a line.
fn trailing_blanks(text: &str, start: usize) -> Vec<TextEdit> {
    let mut kept: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(&text[start..], MARKDOWN).into_offset_iter() {
        let is_kept = matches!(
            event,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_))
                | Event::Code(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::HardBreak
        );
        if is_kept {
            kept.push(range.start + start..range.end + start);
        }
    }
    kept.sort_by_key(|range| (range.start, range.end));
    let (mut edits, mut at, mut next, mut end) = (Vec::new(), start, 0, 0);
    for line in text[start..].split_inclusive('\n') {
        let written = line.trim_end_matches('\n');
        let blanks = at + written.trim_end_matches([' ', '\t']).len()..at + written.len();
        while kept.get(next).is_some_and(|range| range.start < at + line.len()) {
            end = end.max(kept[next].end);
            next += 1;
        }
        let is_kept = end > blanks.start;
        if !blanks.is_empty() && !is_kept {
            edits.push(TextEdit { span: Span::from(blanks), text: String::new() });
        }
        at += line.len();
    }
    edits
}

/// Returns the text with its front matter in the layout.
fn with_block(front: &WrittenFrontMatter<'_>, kind: &Kind) -> String {
    let text = front.text;
    let lines: Vec<&SettingPlace> =
        front.settings.iter().filter(|setting| front.is_line(setting)).collect();
    // Where two settings share a line, nothing is sure.
    let ends: Vec<usize> = lines
        .iter()
        .map(|setting| front.next_line(setting.place.end.max(setting.key_place.end)))
        .collect();
    let shares = |(at, setting): (usize, &&SettingPlace)| {
        at > 0 && front.line_start(setting.key_place.start) < ends[at - 1]
    };
    if lines.iter().enumerate().any(shares) {
        return text.to_owned();
    }
    let mut statements = Vec::with_capacity(lines.len());
    let mut from = front.block.start;
    for (setting, end) in lines.iter().zip(&ends) {
        let start = front.line_start(setting.key_place.start);
        let end = (*end).min(front.block.end);
        let lead = lead(&text[from..start]);
        statements.push((key_rank(kind, &setting.key), lead, statement(front, setting, end)));
        from = end;
    }
    let mut head = String::new();
    if let Some((_, lead, _)) = statements.first_mut() {
        // What stands above all and is parted by an empty line belongs to no setting.
        if let Some(at) = lead.rfind("\n\n") {
            head = lead[..at + 2].trim_start_matches('\n').to_owned();
            lead.replace_range(..at + 2, "");
        }
    }
    statements.sort_by_key(|(rank, ..)| *rank);
    let mut block = head;
    for (_, lead, line) in statements {
        block.push_str(&lead);
        block.push_str(&line);
    }
    block.push_str(&sections(&text[from..front.block.end]));
    let block = block.trim_matches('\n');
    let end = if block.is_empty() { "" } else { "\n" };
    format!("{}{block}{end}{}", &text[..front.block.start], &text[front.block.end..])
}

/// Returns the remarks above a setting, without blanks at the ends of lines and with one empty line in place of several.
fn lead(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && (out.ends_with("\n\n") || out == "\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Returns the lines of a setting with one blank around the sign that parts key and value.
fn statement(front: &WrittenFrontMatter<'_>, setting: &SettingPlace, end: usize) -> String {
    let text = front.text;
    let start = match front.notation {
        Notation::Toml => setting.key_place.start,
        Notation::Yaml => front.line_start(setting.key_place.start),
    };
    let (key_end, value) = (setting.key_place.end, setting.place.clone());
    let sign = match front.notation {
        Notation::Toml => " = ",
        Notation::Yaml => ": ",
    };
    let between = text.get(key_end..value.start).unwrap_or_default();
    let is_plain = between.trim_matches([' ', '\t']) == sign.trim();
    let rest = &text[value.end.max(key_end)..end];
    let line = match rest.split_once('\n') {
        Some((line, more)) => format!("{}\n{more}", line.trim_end()),
        None => format!("{}\n", rest.trim_end()),
    };
    if !is_plain {
        return format!("{}{line}", &text[start..value.end.max(key_end)]);
    }
    format!("{}{sign}{}{line}", &text[start..key_end], list(front, setting))
}

/// Returns the value of a setting; a list in one line has a blank after each comma, and none within the brackets.
fn list(front: &WrittenFrontMatter<'_>, setting: &SettingPlace) -> String {
    let written = &front.text[setting.place.clone()];
    let SettingForm::Several { items, in_brackets: true } = &setting.form else {
        return written.to_owned();
    };
    let mut at = setting.place.start;
    let mut is_plain = !written.contains('\n');
    for item in items {
        let between = front.text.get(at..item.place.start).unwrap_or("?");
        is_plain &= between.chars().all(|c| matches!(c, ' ' | '\t' | ',' | '['));
        at = item.place.end;
    }
    if !is_plain {
        return written.to_owned();
    }
    let items: Vec<&str> = items.iter().map(|item| &front.text[item.place.clone()]).collect();
    format!("[{}]", items.join(", "))
}

/// Returns the parts with keys of their own, each below an empty line.
fn sections(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && (out.ends_with("\n\n") || out.is_empty()) {
            continue;
        }
        let is_heading = line.starts_with('[');
        if is_heading
            && !out.ends_with("\n\n")
            && !out.trim_end().rsplit('\n').next().is_some_and(|above| above.starts_with('#'))
        {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}
