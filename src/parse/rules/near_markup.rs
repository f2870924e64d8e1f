//! The rule `near-markup`.

use std::ops::Range;

use crate::diagnostic::{FixSafety, Level, Relaxation, Rule, line_break};
use crate::parse::findings::Findings;
use crate::parse::rules::foreign_markup::callout_type;
use crate::parse::text::{REACH, is_escaped, line_above, line_below, line_of, whole_line};
use crate::parse::text_rule::SignLine;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A text is nearly Markdown, and is shown as it was typed.
pub const RULE: Rule = Rule {
    name: "near-markup",
    summary: "A text is nearly Markdown, and is shown as it was typed.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

Signs that are nearly Markdown, and that readers see as they are typed: rows of a table without the line
`| --- | --- |` below the first, `[!note]` without `>` before it, bullets pasted from a word processor (`•`), stars that
make nothing bold because of a space inside them, and `~2~` or `^2^` within a word.

## Why it matters

Readers see signs, and no table, list or bold words.

## What to do

Type what the message shows. If the signs are meant, put a backslash before each: `\*\*`.
"#,
};

/// Bullets of word processors, with which a list of Markdown does not begin.
const BULLETS: &[char] =
    &['•', '▪', '◦', '‣', '●', '○', '■', '□', '❖', '➢', '✓', '\u{f0b7}', '\u{f0a7}'];

/// Dashes and points that begin an entry only where several lines begin so: one may name who is quoted.
const DASHES: &[char] = &['–', '—', '·', '−'];

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct NearMarkup {
    /// The end of the last line of which a bar was looked at, in bytes.
    bars_seen: usize,
}

impl TextRule for NearMarkup {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        match event {
            TextEvent::SignLine(line) if line.line.starts_with("[!") => {
                check_callout(note, line, findings);
            }
            TextEvent::SignLine(line) => check_bullet(note, line, findings),
            TextEvent::Sign { sign: b'*', at, before, rest } => {
                check_stars(note.markdown, *at, *before, rest, findings);
            }
            TextEvent::Sign { sign: b'~' | b'^', at, before, rest } => {
                check_script(note.markdown, *at, *before, rest, findings);
            }
            TextEvent::Bar { at, in_table: false } => self.check_bar(note.markdown, *at, findings),
            _ => {}
        }
    }
}

impl NearMarkup {
    /// Looks at a bar: perhaps it is of a table that lacks the line below its head.
    fn check_bar(&mut self, markdown: &str, at: usize, findings: &mut Findings<'_>) {
        // Only the first bar of a line is looked at.
        if at < self.bars_seen {
            return;
        }
        let (start, line) = line_of(markdown, at);
        let bars = |line: &str| line.matches('|').count();
        let (below, above) = (line_below(markdown, start), line_above(markdown, start));
        let is_row = |row: &str| {
            if line.starts_with('|') {
                row.starts_with('|') && bars(row) > 1
            } else {
                row.contains(" | ") && bars(row) == bars(line)
            }
        };
        let is_rule =
            |row: &str| row.contains('-') && row.bytes().all(|byte| b"|-: \t".contains(&byte));
        let is_table =
            is_row(line) && (is_row(below) || line.starts_with('|') && line.ends_with('|'));
        let is_whole = is_rule(line) || is_rule(below) || is_row(above) || is_rule(above);
        let is_first_bar = !markdown[start..at].contains('|');
        let columns = line.trim_matches('|').split('|').count();
        let place = start..start + line.len();
        self.bars_seen = place.end;
        if is_first_bar && is_table && !is_whole {
            let message = "this is meant as a table, and readers see its bars";
            let rule = format!("|{}", " --- |".repeat(columns));
            let help = format!("put below its first line: {rule}");
            findings.warn(&place, &RULE, message, &help);
            if let Some(line) = whole_line(markdown, &place).filter(|line| line.end > place.end) {
                let end = line_break(&markdown[line.clone()]);
                let edit = (line.end..line.end, format!("{rule}{end}"));
                findings.fix(FixSafety::NeedsReview, help, [edit]);
            }
        }
    }
}

/// Looks at a line that begins with `[!`: perhaps it is a callout that lacks a sign.
fn check_callout(note: &TextContext<'_>, line: &SignLine<'_>, findings: &mut Findings<'_>) {
    let SignLine { line, at, in_quote, .. } = line;
    let name = callout_type(&line[2..]);
    // With a closing bracket it is a callout.
    let is_whole = *in_quote && line.contains(']');
    if name.is_empty() || is_whole || is_escaped(note.markdown, at.start) {
        return;
    }
    let (message, help) = if *in_quote {
        ("this callout has no closing bracket", format!("write > [!{name}]"))
    } else {
        let help = format!("write > [!{name}], and > before each line of its text");
        ("a callout begins with >", help)
    };
    findings.warn(at, &RULE, message, help);
}

/// Looks at a line that begins with a bullet of another program: perhaps it is the first of a list.
fn check_bullet(note: &TextContext<'_>, line: &SignLine<'_>, findings: &mut Findings<'_>) {
    let SignLine { sign, line, at, .. } = line;
    let is_bullet = BULLETS.contains(sign);
    if !is_bullet && !DASHES.contains(sign) {
        return;
    }
    let is_entry = line.chars().nth(1).is_some_and(char::is_whitespace) || *sign == '•';
    let is_list = is_bullet || line_below(note.markdown, at.start).starts_with(*sign);
    // Once for each list.
    let is_first = || !line_above(note.markdown, at.start).starts_with(*sign);
    if is_entry && is_list && is_first() {
        let place = at.start..at.start + sign.len_utf8();
        let message = format!("\"{sign}\" begins no list");
        let help = "begin each entry with - and a space";
        findings.warn(&place, &RULE, message, help);
        let entries = entries(note.markdown, at.start, *sign);
        findings.fix(FixSafety::when(is_bullet), help, entries);
    }
}

/// Returns the edits that make a list of the lines that begin with a bullet, from `start` on.
fn entries(markdown: &str, start: usize, sign: char) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let mut at = start;
    for line in markdown[start..].split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t', '>']);
        let Some(entry) = text.strip_prefix(sign) else { break };
        let bullet = at + line.len() - text.len();
        let new = if entry.starts_with([' ', '\t']) { "-" } else { "- " };
        edits.push((bullet..bullet + sign.len_utf8(), new.to_owned()));
        at += line.len();
    }
    edits
}

/// Looks at a star: perhaps it is the first of two that make nothing bold.
fn check_stars(
    markdown: &str,
    at: usize,
    before: Option<char>,
    rest: &str,
    findings: &mut Findings<'_>,
) {
    let is_row = before == Some('*') || rest.starts_with("***");
    if is_row || !rest.starts_with("**") || is_escaped(markdown, at) {
        return;
    }
    let after = rest[2..].chars().next();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if is_word(before) && is_word(after) && after.is_some_and(|c| c.is_ascii()) {
        return;
    }
    let near = markdown.floor_char_boundary(at.saturating_sub(REACH));
    let before = markdown[near..at].rsplit('\n').next().unwrap_or_default();
    if rest[2..].contains("**") || before.contains("**") {
        let message = "these stars make nothing bold, and readers see them";
        let help = "put them right at the letters, **so**, or a backslash before stars that are meant: \\*\\*";
        findings.warn(&(at..at + 2), &RULE, message, help);
    }
}

/// Looks at a tilde or caret: perhaps it stands within a word, to set letters below or above the line.
fn check_script(
    markdown: &str,
    at: usize,
    before: Option<char>,
    rest: &str,
    findings: &mut Findings<'_>,
) {
    let inner = &rest[1..];
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_closed = inner.as_bytes().get(length) == rest.as_bytes().first();
    let is_in_word = before.is_some_and(char::is_alphanumeric);
    if (1..=3).contains(&length) && is_closed && is_in_word && !is_escaped(markdown, at) {
        let element = if rest.starts_with('~') { "sub" } else { "sup" };
        let word = &inner[..length];
        let message = "within a word these signs set nothing above or below the line";
        let meant = format!("<{element}>{word}</{element}>");
        let (place, help) = (at..at + length + 2, format!("write {meant}"));
        findings.warn(&place, &RULE, message, &help);
        findings.fix(FixSafety::Safe, help, [(place, meant)]);
    }
}
