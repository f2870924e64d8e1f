//! Explanations of lines of TOML that can't be read, for somebody who has never heard of TOML.

mod fault;
mod quotes;
mod repair;
mod space;
mod value;

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::diagnostic::{Fix, FixSafety};
use crate::span::Span;
pub(super) use fault::SyntaxFault;
use fault::is_duplicate_key;
pub(crate) use quotes::CURLY;
use repair::is_value;
pub(crate) use repair::quoted;
pub(super) use repair::{dated, flag, number};
pub(super) use value::DATE_HELP;

/// A fault of the text, its place, and what to do about it.
pub(super) struct SyntaxExplanation {
    pub(super) place: Range<usize>,
    pub(super) fault: SyntaxFault,
    pub(super) help: Option<SyntaxHelp>,
}

/// The help about a line that can't be read.
#[derive(Debug, Default)]
pub(super) struct SyntaxHelp {
    /// The instruction.
    pub(super) sentence: String,
    /// The settings that may have been meant, to be written in place of the line.
    pub(super) meant: Vec<String>,
    /// True if a setting in other words than those of the line is certain all the same.
    pub(super) is_certain: bool,
}

impl<T: Into<String>> From<T> for SyntaxHelp {
    fn from(sentence: T) -> Self {
        Self { sentence: sentence.into(), ..Self::default() }
    }
}

impl SyntaxHelp {
    /// Returns fixes that write the settings that may have been meant in place of `written`, which
    /// stands at `span`.
    pub(super) fn fixes(&self, written: &str, span: Span) -> Vec<Fix> {
        let fix = |setting: &String| {
            let is_certain = self.is_certain || says_the_same(written, setting);
            let safety = FixSafety::when(self.meant.len() == 1 && is_certain);
            Fix::new(like(setting), safety).replace(span, setting)
        };
        self.meant.iter().filter(|setting| *setting != written).map(fix).collect()
    }
}

/// Returns whether a setting has the words of the lines in whose place it is written, and differs only
/// in signs. What follows # may have been a remark.
fn says_the_same(written: &str, setting: &str) -> bool {
    let is_word =
        |c: &char| !(c.is_whitespace() || "=:,;[](){}\"'\\-".contains(*c) || CURLY.contains(c));
    let words = |text: &str| {
        text.chars().filter(is_word).filter(|c| space::is_seen(*c)).collect::<String>()
    };
    !written.contains('#') && words(written) == words(setting)
}

/// The contents of a key, for messages.
const KEYS: &str = "a key consists of the letters a to z, digits and hyphens";

/// A part of the text that can't be read.
pub(super) struct SyntaxProblem {
    pub(super) explained: SyntaxExplanation,
    /// The setting that the help is about, without spaces around it.
    pub(super) setting: Range<usize>,
    /// The lines that can't be read.
    pub(super) lines: Range<usize>,
    /// As many bytes that can be read in place of the lines, if any can.
    pub(super) instead: Option<String>,
}

/// Explains the errors of a parser, one a line: what follows on the same line is a consequence, and
/// so is what stands on the further lines of a value that goes on.
pub(super) fn explain(text: &str, errors: &[Error]) -> Vec<SyntaxProblem> {
    let mut problems = Vec::new();
    let mut explained_up_to = 0;
    let mut errors: Vec<(Range<usize>, &Error)> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error)).collect();
    errors.sort_by_key(|(span, _)| span.start);
    for (span, error) in errors {
        let line = line_around(text, span.start.min(text.len()));
        if line.start < explained_up_to {
            continue;
        }
        if let Some(problem) = space::explain(text, line.clone()) {
            explained_up_to = line.end + 1;
            problems.push(problem);
            continue;
        }
        let found = line.end;
        let line = first_line_of(text, line, explained_up_to);
        let end = end_of_value(text, &line);
        let lines = line.start..found.max(end);
        explained_up_to = lines.end + 1;
        let setting = trimmed(text, line.start..end);
        let explained = explain_line(text, line, end, span, error);
        problems.push(SyntaxProblem { explained, setting, lines, instead: None });
    }
    problems
}

/// Returns a range without the spaces at its beginning and end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Returns the line where a list or text begins that is not closed, which is only found out below.
fn first_line_of(text: &str, line: Range<usize>, from: usize) -> Range<usize> {
    let mut above = line.start;
    while above > from {
        let before = line_around(text, above - 1);
        let content = text[before.clone()].trim();
        if is_open(content) {
            return before;
        }
        let is_setting = content.contains('=') && !content.starts_with('{');
        if is_setting || content.is_empty() || content.ends_with(']') {
            break;
        }
        above = before.start;
    }
    line
}

/// Says whether a setting begins a list that its line does not end.
fn is_open(content: &str) -> bool {
    let value = content.split_once('=').map_or("", |(_, value)| value.trim());
    let ends = value.trim_end_matches([',', ';']).ends_with(']');
    value.starts_with('[') && !ends && value::end_of(value).is_none()
}

/// Returns the end of the value that begins in `line` and can't be read: a text that goes on over
/// several lines, or a list written below its key with a hyphen for each item.
fn end_of_value(text: &str, line: &Range<usize>) -> usize {
    let content = text[line.clone()].trim();
    let is_yaml_list = content.ends_with(':');
    let has_open_text = content.split_once('=').is_some_and(|(_, value)| {
        let value = value.trim();
        value.starts_with('"') && value.matches('"').count() % 2 == 1
    });
    // What follows is looked at only where it can belong to the value: it may be long.
    if !is_yaml_list && !has_open_text && !is_open(content) {
        return line.end;
    }
    let goes_on = |rest: &str| {
        if is_yaml_list {
            return rest.starts_with("- ") || rest == "-";
        }
        let is_setting = rest.contains('=') && !rest.starts_with('{');
        !rest.is_empty() && !is_setting && !rest.starts_with('[')
    };
    let mut end = line.end;
    while end < text.len() {
        let next = line_around(text, end + 1);
        if next.start <= end || !goes_on(text[next.clone()].trim()) {
            break;
        }
        end = next.end;
    }
    end
}

/// Explains the error at `span` in a value that begins in `line` and ends at `end`.
fn explain_line(
    text: &str,
    line: Range<usize>,
    end: usize,
    span: Range<usize>,
    error: &Error,
) -> SyntaxExplanation {
    let content = text[line.clone()].trim();
    let start = line.start + (text[line.clone()].len() - text[line.clone()].trim_start().len());
    let whole = start..start + content.len();
    if is_duplicate_key(error) {
        let key = text.get(span.clone()).unwrap_or(content).to_owned();
        let help = "keep one of the two lines and delete the other".into();
        return explained(span, SyntaxFault::SetTwice(key), Some(help));
    }
    let colon = content.find(':').filter(|at| is_key(content[..*at].trim()));
    let equals = content.find('=');
    let (Some(at), None) = (equals, colon.filter(|colon| equals.is_none_or(|at| *colon < at)))
    else {
        return without_equals(text, content, whole);
    };
    let key = content[..at].trim();
    if key.contains(char::is_whitespace) && !key.starts_with('"') {
        let joined = key.split_whitespace().collect::<Vec<_>>().join("-");
        let fault = SyntaxFault::SpaceInKey(key.to_owned());
        let help = value::meant(&content[at + 1..]).and_then(|value| write_like(&joined, &value));
        let help = help.or_else(|| Some(KEYS.into()));
        return explained(start..start + key.len(), fault, help);
    }
    if !key.is_ascii() && !key.starts_with(['"', '\'']) {
        let fault = SyntaxFault::LetterInKey(key.to_owned());
        return explained(start..start + key.len(), fault, Some(KEYS.into()));
    }
    let value = content[at + 1..].trim();
    let at = start + at + 1;
    let at = at + (text[at..line.end].len() - text[at..line.end].trim_start().len());
    if value.is_empty() {
        let help = format!("write the value after the sign, {key} = \"…\", or delete the line");
        return explained(whole, SyntaxFault::NoValue(key.to_owned()), Some(help.into()));
    }
    // A list may go on below.
    let whole = if is_open(content) { text[at..end].trim() } else { value };
    let (fault, help) = value::explain(key, whole);
    explained(at..at + value.len(), fault, help)
}

fn explained(
    place: Range<usize>,
    fault: SyntaxFault,
    help: Option<SyntaxHelp>,
) -> SyntaxExplanation {
    SyntaxExplanation { place, fault, help }
}

/// Returns the advice to write `key = value`, if a program can read that.
fn write_like(key: &str, value: &str) -> Option<SyntaxHelp> {
    let setting = format!("{key} = {value}");
    let is_read = is_value(value) && DeTable::parse(&setting).is_ok();
    is_read.then(|| SyntaxHelp {
        sentence: like(&setting),
        meant: vec![setting],
        is_certain: false,
    })
}

/// Returns the advice to write a setting, in words.
pub(super) fn like(setting: &str) -> String {
    format!("write it like this: {setting}")
}

fn is_key(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    !text.is_empty() && text.chars().all(is_letter)
}

fn without_equals(text: &str, content: &str, whole: Range<usize>) -> SyntaxExplanation {
    if let Some(inner) = content.strip_prefix('[') {
        let name = inner.trim_matches(['[', ']']).trim();
        let brackets = if content.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
        let help = format!("write it alone in its line: {}{name}{}", brackets.0, brackets.1);
        return explained(whole, SyntaxFault::Heading, Some(help.into()));
    }
    let setting = content.split_once(':').filter(|(key, _)| is_key(key.trim()));
    let Some((key, value)) = setting.map(|(key, value)| (key.trim(), value.trim())) else {
        let help = "each line here is a key, an equals sign and a value: title = \"…\"";
        return explained(whole, SyntaxFault::Line, Some(help.into()));
    };
    let items: Vec<String> = text[whole.end..]
        .lines()
        .skip(1)
        .map_while(|line| line.trim().strip_prefix("- "))
        .map(|item| item.trim().to_owned())
        .collect();
    if value.is_empty() && !items.is_empty() {
        let list = value::meant(&format!("[{}]", items.join("\n, ")));
        let help = list.and_then(|list| write_like(key, &list));
        let form = || Some(format!("a list is written like this: {key} = [\"…\", \"…\"]").into());
        return explained(whole, SyntaxFault::ListBelow, help.or_else(form));
    }
    let meant = if value.is_empty() { None } else { value::meant(value) };
    let help = meant.and_then(|value| write_like(key, &value));
    let help = help.or_else(|| Some(like(&format!("{key} = \"…\"")).into()));
    explained(whole, SyntaxFault::Colon, help)
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    start..end
}
