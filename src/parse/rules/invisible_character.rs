//! The rule `invisible-character`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::parse::fields::FrontMatterContext;
use crate::parse::file_rule::ParsedFile;
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use crate::span::Span;
use crate::table::TableReader;

/// A character that nobody sees, and that programs trip over.
pub const RULE: Rule = Rule {
    name: "invisible-character",
    summary: "A character that nobody sees, and that programs trip over.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("invisible-character"),
};

/// The beginnings of the entries of a list of tasks.
const TASKS: &[&str] = &["[ ]", "[x]", "[X]"];

/// Looks for a byte order mark at the beginning of a file.
pub(crate) fn check_file(file: &ParsedFile<'_>, out: &mut Vec<Diagnostic>) {
    if file.text.starts_with('\u{feff}') {
        let message = "the file begins with a mark that nobody sees, a byte order mark";
        let span = Span { start: 0, end: 3 };
        let diagnostic = Diagnostic::warning(file.path, span, &RULE, message);
        out.push(diagnostic.help("save the file as \"UTF-8\", not as \"UTF-8 with BOM\""));
    }
}

/// Looks for tabs and spaces without width in title and summary.
pub(crate) fn check_front_matter(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    for (text, span) in note.draft.title.iter().chain(&note.draft.summary) {
        if text.contains(['\t', '\u{feff}']) || has_stray_space(text) {
            let message = "this text holds a tab, or another sign that nobody sees";
            reader.warn(*span, &RULE, message, "type a space in its place");
        }
    }
}

/// Says whether a space without width stands where it parts no words: Khmer, Thai, Lao and Burmese, which
/// write none between words, set it there.
fn has_stray_space(text: &str) -> bool {
    let parts_words = |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    text.match_indices('\u{200b}').any(|(at, _)| !text[..at].ends_with(parts_words))
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
        }
    }
}

/// Says whether a letter is a space that does not break, or one of the width of a letter.
fn is_unbroken(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace()
}
