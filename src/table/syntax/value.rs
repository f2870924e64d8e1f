//! Explanations of values that can't be read.

use std::fmt::Write;

use super::quotes::{CURLY, Quotes};
use super::repair::{TomlFault, dated, flag, holds_several, is_value, number, quoted, repaired};
use super::{SyntaxHelp, is_key, write_like};
use crate::date;

/// The message about a text that is not a date, after that text.
pub(in super::super) const NO_DATE: &str = " is not a date";

/// The help about it.
pub(in super::super) const DATE_HELP: &str = "a date is written 2024-06-24; where only the month or \
                                              year is known, \"2024-06\" or \"2024\" in quotes";

/// The help about a text that ends too early, or holds a character with another meaning.
const ESCAPES: &str = "inside a text, write \\\" for a quote and \\\\ for a backslash";

/// Returns the message about `value`, and what to do.
pub(super) fn explain(key: &str, value: &str) -> (String, Option<SyntaxHelp>) {
    if let Some(rest) = value.strip_prefix('=') {
        return said("one equals sign is enough", key, meant(rest));
    }
    if let Some(explained) = followed(key, value) {
        return explained;
    }
    let value = value.trim_end_matches([',', ';']).trim_end();
    let repaired = repaired(value);
    let curly = "these are curly quotes; straight ones are needed";
    match value.chars().next() {
        Some('[' | '{') => container(key, value, repaired),
        Some(sign) if CURLY.contains(&sign) => {
            let several = meant(&format!("[{value}]")).filter(|list| holds_several(list));
            said(curly, key, several.or_else(|| first(repaired)))
        }
        Some('"') if matches!(repaired, Some((_, TomlFault::Curly))) => said(
            "this text ends with a curly quote; a straight one is needed",
            key,
            first(repaired),
        ),
        Some('"') => in_quotes(key, value, first(repaired)),
        Some('\'') => {
            let is_closed = value.len() > 1 && value.ends_with('\'');
            let message = if is_closed { TOO_EARLY } else { NO_QUOTE };
            said(message, key, first(repaired))
        }
        Some('(') if value[1..].trim_start().starts_with(['"', '\'']) => {
            let inner = value.trim_start_matches('(').trim_end_matches(')');
            let list = meant(&format!("[{inner}]"));
            said("a list stands in square brackets, not in round ones", key, list)
        }
        _ => bare(key, value, first(repaired)),
    }
}

const NO_QUOTE: &str = "this text has no closing quote";
const TOO_EARLY: &str = "this text ends too early";

/// Returns `value` as it was meant: unchanged if a program can read it.
pub(super) fn meant(value: &str) -> Option<String> {
    let value = value.trim().trim_end_matches([',', ';']).trim_end();
    match is_value(value) {
        true => Some(value.to_owned()),
        false => first(repaired(value)),
    }
}

fn first(repaired: Option<(String, TomlFault)>) -> Option<String> {
    repaired.map(|(value, _)| value)
}

/// A message, and the line as it was meant; where that is not clear, what a text looks like.
fn said(message: &str, key: &str, meant: Option<String>) -> (String, Option<SyntaxHelp>) {
    let help = meant.and_then(|value| write_like(key, &value));
    let form = || Some(format!("write it between straight quotes: {key} = \"…\"").into());
    (message.to_owned(), help.or_else(form))
}

/// A value that is whole, and something after it in its line.
fn followed(key: &str, value: &str) -> Option<(String, Option<SyntaxHelp>)> {
    let (whole, rest) = value.split_at(end_of(value)?);
    let rest = rest.trim();
    let after = rest.trim_start_matches([',', ';', ' ']);
    if rest.is_empty() || !is_value(whole) {
        return None;
    }
    if after.is_empty() || after.starts_with('#') && after.len() < rest.len() {
        let sign = if rest.starts_with(',') { "comma" } else { "semicolon" };
        let message = format!("the {sign} after this value does not belong there");
        return Some((message, write_like(key, whole)));
    }
    let next = after.split_once('=').map(|(next, _)| next.trim()).filter(|next| is_key(next));
    if let Some(next) = next {
        let message = "two settings stand in one line".to_owned();
        return Some((message, Some(format!("begin a new line before \"{next}\"").into())));
    }
    let is_text = whole.starts_with(['"', '\'']) && rest.starts_with(',');
    let list = meant(&format!("[{value}]")).filter(|_| is_text)?;
    Some(("several texts stand in square brackets".to_owned(), write_like(key, &list)))
}

/// Returns the end of the first value, as far as quotes and brackets tell.
pub(super) fn end_of(value: &str) -> Option<usize> {
    let first = value.chars().next()?;
    if !matches!(first, '"' | '\'' | '[' | '{') {
        return Some(value.find([' ', '\t', ',', ';']).unwrap_or(value.len()));
    }
    let (mut depth, mut quotes) = (0, Quotes::default());
    for (at, c) in value.char_indices() {
        match c {
            _ if quotes.take(c) => {}
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        if !quotes.is_open() && depth <= 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// A text in straight quotes, at least where it begins.
fn in_quotes(key: &str, value: &str, repaired: Option<String>) -> (String, Option<SyntaxHelp>) {
    if value.starts_with("\"\"\"") {
        let is_closed = value.len() > 5 && value.ends_with("\"\"\"");
        let help = if is_closed { ESCAPES } else { "end it with three quotes, as it begins" };
        let message = if is_closed { "this text can't be read" } else { NO_QUOTE };
        return (message.to_owned(), Some(help.into()));
    }
    let quotes = value.matches('"').count() - value.matches("\\\"").count();
    let ends_escaped = value.ends_with("\\\"");
    if value.contains('\\') && (quotes == 2 || quotes == 1 && ends_escaped) {
        return said("a backslash in a text is written twice", key, repaired);
    }
    if quotes % 2 == 1 {
        return said(NO_QUOTE, key, repaired);
    }
    // `"one" "two"` may be meant as two texts.
    let meant = repaired.filter(|_| !value.contains("\" \""));
    let help = meant.and_then(|value| write_like(key, &value));
    (TOO_EARLY.to_owned(), Some(help.unwrap_or_else(|| ESCAPES.into())))
}

/// A list, or a part with keys.
fn container(
    key: &str,
    value: &str,
    repaired: Option<(String, TomlFault)>,
) -> (String, Option<SyntaxHelp>) {
    let is_list = value.starts_with('[');
    let is_plain = is_list && !value.contains('{');
    let message = match repaired.as_ref().map(|found| found.1) {
        _ if is_list && !value.contains(']') => "this list has no closing bracket",
        Some(TomlFault::Bracket) => "this list has no closing bracket",
        Some(TomlFault::Curly) => "these are curly quotes; straight ones are needed",
        Some(TomlFault::Quotes) if is_plain => "the texts of a list stand in quotes",
        Some(TomlFault::Quotes) => "text stands in quotes",
        Some(TomlFault::Comma) if is_list => "between the items of a list stands a comma",
        Some(TomlFault::Comma) => "between two settings in braces stands a comma",
        _ if is_list => "this list can't be read",
        _ => "this part can't be read",
    };
    let help = repaired.and_then(|(value, _)| write_like(key, &value));
    let form = match is_plain {
        _ if message.ends_with("bracket") => "put ] after its last item".to_owned(),
        true => format!("a list is written like this: {key} = [\"…\", \"…\"]"),
        false => "each setting in braces is a key, an equals sign and a value: { ref = \"…\" }"
            .to_owned(),
    };
    (message.to_owned(), Some(help.unwrap_or_else(|| form.into())))
}

/// A value that begins with no sign of its own.
fn bare(key: &str, value: &str, repaired: Option<String>) -> (String, Option<SyntaxHelp>) {
    if looks_like_date(value) {
        let meant: Vec<String> =
            date::meant(value).iter().map(|date| format!("{key} = {}", dated(date))).collect();
        let help = SyntaxHelp { sentence: DATE_HELP.to_owned(), meant, is_certain: true };
        return (format!("{value}{NO_DATE}"), Some(help));
    }
    if let Some(flag) = flag(value).filter(|_| value.chars().all(char::is_alphabetic)) {
        let message = "yes is written true, and no is written false";
        return said(message, key, Some(flag.to_string()));
    }
    if let Some(number) = number(value).filter(|number| number != value) {
        let message = match () {
            () if !value.contains(',') => "a number does not begin with 0",
            () if number.contains('.') && !value.contains('.') => "a number has a point, no comma",
            () => "a number is written without commas",
        };
        let as_text = format!("{key} = {}", quoted(value));
        let help = write_like(key, &number).map(|mut help| {
            let _ = write!(help.sentence, "; or, if it is no number, {as_text}");
            help.meant.push(as_text);
            help
        });
        return (message.to_owned(), help);
    }
    said("text stands in quotes", key, repaired)
}

/// Digits with the signs that people write between the parts of a date.
fn looks_like_date(value: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/');
    let months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let in_words = || {
        let lower = value.to_lowercase();
        let words: Vec<&str> =
            lower.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
        let is_month = |word: &&str| months.iter().any(|month| word.starts_with(month));
        (2..=3).contains(&words.len())
            && words.iter().filter(|word| is_month(word)).count() == 1
            && words
                .iter()
                .all(|word| is_month(word) || word.starts_with(|c: char| c.is_ascii_digit()))
    };
    value.chars().all(is_part) && value.contains(['-', '.', '/']) || in_words()
}
