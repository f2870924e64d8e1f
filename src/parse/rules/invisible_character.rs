//! The rule `invisible-character`.

use crate::diagnostic::{Diagnostic, Fix, FixSafety, Level, Relaxation, Rule};
use crate::parse::file_rule::ParsedFile;
use crate::parse::findings::Findings;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use crate::span::Span;
use crate::table::{TableReader, text_in_place};

/// A text has an invisible character that programs trip over.
pub const RULE: Rule = Rule {
    name: "invisible-character",
    summary: "A text has an invisible character that programs trip over.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

An invisible character: a byte order mark at the top of a file, a tab in a text of the front matter, or a no-break space in
place of a plain one, as in `## Heading` or `- entry`. On a Mac, the space bar together with the Option
key types it; word processors put it in by themselves.

## Why it matters

Programs trip over it. A title with a tab in it is not found by those who search for it. A heading or entry whose sign is
not followed by a plain space is shown as a line that begins with that sign.

## What to do

Delete the mark. Save the file as "UTF-8", not as "UTF-8 with BOM". Type a space for the tab or the other space.
"#,
};

/// The beginnings of the entries of a list of tasks.
const TASKS: &[&str] = &["[ ]", "[x]", "[X]"];

/// Looks for a byte order mark at the beginning of a file.
pub(crate) fn check_file(file: &ParsedFile<'_>, out: &mut Vec<Diagnostic>) {
    if file.text.starts_with('\u{feff}') {
        let message = "the file begins with a mark that nobody sees, a byte order mark";
        let span = Span { start: 0, end: 3 };
        let diagnostic = Diagnostic::warning(file.path, span, &RULE, message);
        let diagnostic = diagnostic.help("save the file as \"UTF-8\", not as \"UTF-8 with BOM\"");
        out.push(diagnostic.fix(Fix::safe("delete the byte order mark").delete(span)));
    }
}

/// Looks for tabs and spaces without width in title and summary.
pub(crate) fn check_front_matter(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    for (text, span) in note.draft.title.iter().chain(&note.draft.summary) {
        if text.contains(['\t', '\u{feff}']) || has_stray_space(text) {
            let message = "this text holds a tab, or another sign that nobody sees";
            let diagnostic = Diagnostic::warning(reader.path(), *span, &RULE, message);
            let fix = text_in_place(*span, &without_marks(text));
            reader.push(diagnostic.help("type a space in its place").fix(fix));
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

/// The rule over the text of a note: a sign of Markdown, and behind it a space that Markdown does not take for
/// one.
#[derive(Default)]
pub(crate) struct InvisibleCharacter;

impl TextRule for InvisibleCharacter {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Words { at, .. } = event else { return };
        let written = note.written(at);
        let run = |is: fn(char) -> bool| written.len() - written.trim_start_matches(is).len();
        let length = match written.as_bytes().first() {
            Some(b'#') => run(|c| c == '#'),
            Some(b'-' | b'*' | b'+') => 1,
            Some(b'0'..=b'9') => run(|c| c.is_ascii_digit()) + 1,
            Some(b'[') if TASKS.iter().any(|task| written.starts_with(task)) => 3,
            Some(b'|') if written.chars().all(|c| "|-: ".contains(c) || is_unbroken(c)) => {
                written.find(is_unbroken).unwrap_or_default()
            }
            _ => return,
        };
        let Some((sign, rest)) = written.split_at_checked(length) else { return };
        let Some(space) = rest.chars().next().filter(|c| is_unbroken(*c)) else { return };
        let is_sign = !sign.starts_with(|c: char| c.is_ascii_digit()) || sign.ends_with(['.', ')']);
        let signs = |c: char| " \t>-*+.)0123456789".contains(c);
        let before = note.markdown[..at.start].trim_end_matches(signs);
        if is_sign && (before.is_empty() || before.ends_with('\n')) {
            let message = "this space is not a plain one, so the sign before it is shown as it is";
            let help = "delete it, and type a plain space";
            let place = at.start..at.start + length + space.len_utf8();
            findings.warn(&place, &RULE, message, help);
            let edit = (at.start + length..place.end, " ".to_owned());
            findings.fix(FixSafety::Safe, "type a plain space", [edit]);
        }
    }
}

/// Says whether a letter is a space that does not break, or one of the width of a letter.
fn is_unbroken(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace()
}
