//! Signs that are nearly Markdown, and those that only other programs read: readers would see them as they
//! are typed. Each is told with what to type instead.

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, Tag};

use super::comments::is_escaped;
use super::events::LocatedEvent;
use super::markdown::BodyParser;
use super::mends::starts_line;
use super::slips::REACH;
use crate::parse::rules::{foreign_markup, near_markup, unclosed_code, unread_markdown};

/// Bullets of word processors, with which a list of Markdown does not begin.
const BULLETS: &[char] =
    &['•', '▪', '◦', '‣', '●', '○', '■', '□', '❖', '➢', '✓', '\u{f0b7}', '\u{f0a7}'];

/// Dashes and points that begin an entry only where several lines begin so: one may name who is quoted.
const DASHES: &[char] = &['–', '—', '·', '−'];

/// Blocks of code of which other programs make something.
const DIAGRAMS: &[&str] = &["mermaid", "plantuml", "graphviz", "dot", "flowchart", "sequence"];
const QUERIES: &[&str] = &["dataview", "dataviewjs", "tasks", "query", "base", "bases"];

/// The signs of a note that may be left over from markup. Most have none, and their texts need no look then.
#[derive(Clone, Copy)]
pub(super) struct LeftoverSigns {
    /// Whether there are braces, tildes or carets. Those of footnotes are none.
    rare: bool,
    /// Whether there are stars that make nothing bold, or bars outside of tables.
    common: bool,
    /// The end of the last line of which a bar was looked at, in bytes.
    bars_seen: usize,
}

impl LeftoverSigns {
    /// Looks through a text whose `events` are known.
    pub(super) fn new(markdown: &str, events: &[LocatedEvent<'_>]) -> Self {
        let bytes = markdown.as_bytes();
        let mut found = memchr::memchr3_iter(b'{', b'~', b'^', bytes);
        let rare = found.any(|at| bytes[at] != b'^' || at == 0 || bytes[at - 1] != b'[');
        let (mut bold, mut from, mut bars) = (0, 0, false);
        for (event, range) in events {
            match event {
                Event::Start(Tag::Strong) => bold += 2,
                Event::Start(Tag::Table(_)) => {
                    bars |=
                        memchr::memchr(b'|', &bytes[from.min(range.start)..range.start]).is_some();
                    from = range.end;
                }
                _ => {}
            }
        }
        bars |= memchr::memchr(b'|', &bytes[from..]).is_some();
        let common = bars || memmem::find_iter(bytes, b"**").count() > bold;
        Self { rare, common, bars_seen: 0 }
    }
}

impl BodyParser<'_, '_> {
    /// A text as it was written, which may be a whole line or the beginning of one.
    pub(super) fn advise_near_miss(&mut self, range: &Range<usize>) {
        let written = &self.markdown[range.clone()];
        let Some(first) = written.chars().next() else { return };
        if "!?:[*#{$\\".contains(first) || is_of_word(first) {
            self.advise_line(range);
        }
        let LeftoverSigns { rare, common, .. } = self.left_over;
        if common {
            for at in memchr::memchr_iter(b'*', written.as_bytes()) {
                self.advise_sign(range.start + at);
            }
            if let Some(at) = memchr::memchr(b'|', written.as_bytes()) {
                self.advise_row_without_table(range.start + at);
            }
        }
        if rare {
            for at in memchr::memchr3_iter(b'{', b'~', b'^', written.as_bytes()) {
                self.advise_sign(range.start + at);
            }
        }
    }

    /// The line in which a place stands, without the signs of quotations before it; where it begins.
    fn line_of(&self, at: usize) -> (usize, &str) {
        let markdown = self.markdown;
        let start = markdown[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = markdown[start..].split('\n').next().unwrap_or_default();
        let text = line.trim_start_matches([' ', '\t', '>']);
        (start + line.len() - text.len(), text.trim_end())
    }

    /// The line after a place, without the signs of quotations.
    fn next_line(&self, at: usize) -> &str {
        let rest = self.markdown[at..].split_once('\n').map_or("", |(_, rest)| rest);
        let line = rest.split('\n').next().unwrap_or_default();
        line.trim_start_matches([' ', '\t', '>']).trim_end()
    }

    /// Signs at the beginning of a line.
    fn advise_line(&mut self, range: &Range<usize>) {
        let start = range.start;
        // Behind a backslash that is not the writer's own: see `mends`.
        let is_mended = start > 0 && self.markdown[..start].ends_with('\\') && {
            let inserted = self.to.edited.span(start - 1..start);
            inserted.start == inserted.end
        };
        if !starts_line(self.markdown, start - usize::from(is_mended)) {
            return;
        }
        let line = self.markdown[start..].split('\n').next().unwrap_or_default().trim_end();
        let line = line.to_owned();
        let place = start..start + line.len();
        let in_quote =
            self.markdown[..start].ends_with(['>']) || self.markdown[..start].ends_with("> ");
        let word = |text: &str| {
            let end = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
            text[..end].to_lowercase()
        };
        let first = line.chars().next().unwrap_or_default();
        let foreign = &foreign_markup::RULE;
        if let Some(rest) =
            ["!!! ", "??? ", "???+ "].iter().find_map(|sign| line.strip_prefix(sign))
        {
            let message = "this is a callout of another program, and readers see its signs";
            let title = rest.split_once('"').map_or("", |(_, title)| title.trim_end_matches('"'));
            let help = format!("write > [!{}] {title}", word(rest));
            let help = format!("{}, and > before each line of its text", help.trim_end());
            self.to.warn(&place, foreign, message, &help);
        } else if let Some(rest) = line.strip_prefix(":::") {
            let name = word(rest.trim_start_matches([':', ' ', '{', '.']));
            if name.is_empty() {
                return;
            }
            let message = "this is a callout of another program, and readers see its signs";
            let help = format!(
                "write > [!{name}] instead, > before each line of its text, and delete the line ::: at its end"
            );
            self.to.warn(&place, foreign, message, &help);
        } else if line.starts_with("[!") && !is_escaped(self.markdown, start) {
            let name = word(&line[2..]);
            // With a closing bracket it is a callout.
            if name.is_empty() || in_quote && line.contains(']') {
                return;
            }
            let (message, help) = match in_quote {
                true => ("this callout has no closing bracket", format!("write > [!{name}]")),
                false => (
                    "a callout begins with >",
                    format!("write > [!{name}], and > before each line of its text"),
                ),
            };
            self.to.warn(&place, &near_markup::RULE, message, &help);
        } else if ["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "${toc}"]
            .contains(&line.to_lowercase().as_str())
        {
            let message =
                "this asks another program for a table of contents, and readers see its signs";
            self.to.warn(&place, foreign, message, "delete it: each page lists its headings");
        } else if line.starts_with("*[") && line.contains("]:") {
            let message =
                "this explains an abbreviation to another program, and readers see its signs";
            let help = "write <abbr title=\"what it means\">it</abbr> where it stands, or a note of a glossary";
            self.to.warn(&place, foreign, message, help);
        } else if first == '#' && line.split_whitespace().all(is_hashtag) {
            let message = "tags in a text mean nothing here, and readers see their signs";
            let help = "file the note under them in its front matter, and delete this line";
            self.to.warn(&place, foreign, message, help);
        } else if BULLETS.contains(&first) || DASHES.contains(&first) {
            let mut rest = line.chars().skip(1);
            let is_entry = rest.next().is_some_and(char::is_whitespace) || first == '•';
            let is_list = BULLETS.contains(&first) || self.next_line(start).starts_with(first);
            let above = self.line_above(start);
            // Once for each list.
            if is_entry && is_list && !above.starts_with(first) {
                let message = format!("\"{first}\" begins no list");
                let at = start..start + first.len_utf8();
                self.to.warn(
                    &at,
                    &near_markup::RULE,
                    &message,
                    "begin each entry with - and a space",
                );
            }
        }
    }

    /// The line above a place at which a line begins, without the signs of quotations.
    fn line_above(&self, start: usize) -> &str {
        let above = self.markdown[..start].rfind('\n').unwrap_or(0);
        if above == 0 { "" } else { self.line_of(above).1 }
    }

    /// A brace, star, tilde or caret in a text.
    fn advise_sign(&mut self, at: usize) {
        let markdown = self.markdown;
        if is_escaped(markdown, at) {
            return;
        }
        let rest = &markdown[at..];
        let before = markdown[..at].chars().next_back();
        let far = rest.floor_char_boundary(REACH.min(rest.len()));
        let line = rest[..far].split('\n').next().unwrap_or_default();
        match rest.as_bytes()[0] {
            b'{' => {
                let close =
                    ["{{<", "{{%", "{{", "{%", "{:"].iter().find(|open| rest.starts_with(**open));
                let Some(open) = close else { return };
                let close = if *open == "{:" {
                    "}"
                } else if *open == "{%" {
                    "%}"
                } else {
                    "}}"
                };
                let Some(end) = line.find(close) else { return };
                // The second of two braces was told with the first.
                if before == Some('{') {
                    return;
                }
                let message = "this is a command of another program, and readers see its signs";
                let help = "write it in Markdown; signs that are meant as such stand between backticks: `{{ }}`";
                self.to.warn(&(at..at + end + close.len()), &foreign_markup::RULE, message, help);
            }
            b'*' => {
                let is_row = before == Some('*') || rest.starts_with("***");
                if is_row || !rest.starts_with("**") {
                    return;
                }
                let after = rest[2..].chars().next();
                let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                if is_word(before) && is_word(after) && after.is_some_and(|c| c.is_ascii()) {
                    return;
                }
                let near = markdown.floor_char_boundary(at.saturating_sub(REACH));
                let before = markdown[near..at].rsplit('\n').next().unwrap_or_default();
                if line[2..].contains("**") || before.contains("**") {
                    let message = "these stars make nothing bold, and readers see them";
                    let help = "put them right at the letters, **so**, or a backslash before stars that are meant: \\*\\*";
                    self.to.warn(&(at..at + 2), &near_markup::RULE, message, help);
                }
            }
            sign @ (b'~' | b'^') => {
                let inner = &rest[1..];
                let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
                let is_closed = inner.as_bytes().get(length) == Some(&sign);
                if (1..=3).contains(&length)
                    && is_closed
                    && before.is_some_and(char::is_alphanumeric)
                {
                    let element = if sign == b'~' { "sub" } else { "sup" };
                    let word = &inner[..length];
                    let message = "within a word these signs set nothing above or below the line";
                    let help = format!("write <{element}>{word}</{element}>");
                    self.to.warn(&(at..at + length + 2), &near_markup::RULE, message, &help);
                }
            }
            _ => {}
        }
    }

    /// A bar in a text: perhaps of a table that lacks the line below its head.
    fn advise_row_without_table(&mut self, at: usize) {
        // Only the first bar of a line is looked at.
        if !self.table.alignments.is_empty() || at < self.left_over.bars_seen {
            return;
        }
        let (start, line) = self.line_of(at);
        let bars = |line: &str| line.matches('|').count();
        let next = self.next_line(start);
        let above = self.line_above(start);
        let is_row = |row: &str| match line.starts_with('|') {
            true => row.starts_with('|') && bars(row) > 1,
            false => row.contains(" | ") && bars(row) == bars(line),
        };
        let is_rule =
            |row: &str| row.contains('-') && row.bytes().all(|byte| b"|-: \t".contains(&byte));
        let is_table =
            is_row(line) && (is_row(next) || line.starts_with('|') && line.ends_with('|'));
        let is_whole = is_rule(line) || is_rule(next) || is_row(above) || is_rule(above);
        let is_first_bar = !self.markdown[start..at].contains('|');
        let columns = line.trim_matches('|').split('|').count();
        let place = start..start + line.len();
        self.left_over.bars_seen = place.end;
        if is_first_bar && is_table && !is_whole {
            let message = "this is meant as a table, and readers see its bars";
            let help = format!("put below its first line: |{}", " --- |".repeat(columns));
            self.to.warn(&place, &near_markup::RULE, message, &help);
        }
    }

    /// A block of code at `range`, which is fenced.
    pub(super) fn advise_code(&mut self, language: &str, range: &Range<usize>) {
        let written = self.markdown[range.clone()].trim_end();
        let first = written.split('\n').next().unwrap_or_default();
        let sign = if first.starts_with('~') { '~' } else { '`' };
        let fence = first.len() - first.trim_start_matches(sign).len();
        let last = written.rsplit('\n').next().filter(|_| written.contains('\n'));
        let last = last.unwrap_or_default().trim_start_matches([' ', '\t', '>']);
        let is_closed = last.len() >= fence && last.chars().all(|c| c == sign);
        let place = range.start..range.start + first.len();
        if !is_closed {
            let message = "this block of code has no end, so all that follows is shown as code";
            let help =
                format!("write {} on a line of its own where the code ends", &first[..fence]);
            self.to.warn(&place, &unclosed_code::RULE, message, &help);
        } else if DIAGRAMS.contains(&language) {
            let message = "readers see the code of this diagram, for Fieldbook draws none";
            let help = "save the diagram as a picture, and show that: ![what it shows](file.svg)";
            self.to.warn(&place, &foreign_markup::RULE, message, help);
        } else if QUERIES.contains(&language) || language.starts_with("ad-") {
            let message = "this is a command of another program, and readers see its code";
            let help = match language.strip_prefix("ad-") {
                Some(name) => format!("write a callout: > [!{name}]"),
                None => {
                    "list the notes here; what points at a note is listed on its page".to_owned()
                }
            };
            self.to.warn(&place, &foreign_markup::RULE, message, &help);
        }
    }

    /// Text in a block of HTML at `place`, where Markdown is not read.
    pub(super) fn advise_unread(&mut self, text: &str, place: Range<usize>) -> bool {
        let Some(at) = sign_of_markdown(text) else { return false };
        let start = (place.start + at).min(place.end);
        let message = "Markdown is not read here, so readers see its signs";
        let help = "put an empty line before this text, and one behind it";
        self.to.warn(&(start..start + 1), &unread_markdown::RULE, message, help);
        true
    }
}

/// Says whether a letter is one that word processors begin entries with.
fn is_of_word(c: char) -> bool {
    BULLETS.contains(&c) || DASHES.contains(&c)
}

fn is_hashtag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphabetic))
}

/// Returns where a text has a sign that is surely meant as Markdown.
fn sign_of_markdown(text: &str) -> Option<usize> {
    let links = ["[[", "]("].iter().filter_map(|sign| text.find(sign));
    let bold = text.find("**").filter(|at| text[at + 2..].contains("**"));
    let code = text.find('`').filter(|at| text[at + 1..].contains('`'));
    let is_entry = |line: &str| {
        let hashes = line.trim_start_matches('#');
        line.starts_with("- ")
            || line.starts_with("* ")
            || hashes.len() < line.len() && hashes.starts_with(' ')
    };
    let mut at = 0;
    let mut entry = None;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start();
        if is_entry(inner) && entry.is_none() {
            entry = Some(at + line.len() - inner.len());
        }
        at += line.len();
    }
    links.chain(bold).chain(code).chain(entry).min()
}
