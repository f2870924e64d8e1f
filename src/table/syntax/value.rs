//! Explanations of values that can't be read.

use std::fmt::Write;

use super::quotes::{CURLY, Quotes};
use super::repair::{TomlFault, dated, flag, holds_several, is_value, number, quoted, repaired};
use super::{SyntaxFault, SyntaxHelp, is_key, write_like};
use crate::date;

/// The help about a date that is none.
pub(in super::super) const DATE_HELP: &str = "a date is written 2024-06-24; where only the month or \
                                              year is known, \"2024-06\" or \"2024\" in quotes";

/// The help about a text that ends too early, or holds a sign that means something else.
const ESCAPES: &str = "inside a text, write \\\" for a quote and \\\\ for a backslash";

/// Returns what is wrong with `value`, and what to do about it.
pub(super) fn explain(key: &str, value: &str) -> (SyntaxFault, Option<SyntaxHelp>) {
    if let Some(rest) = value.strip_prefix('=') {
        return said(SyntaxFault::SecondEqualsSign, key, meant(rest));
    }
    if let Some(explained) = followed(key, value) {
        return explained;
    }
    let value = value.trim_end_matches([',', ';']).trim_end();
    let repaired = repaired(value);
    match value.chars().next() {
        Some('[' | '{') => container(key, value, repaired),
        Some(sign) if CURLY.contains(&sign) => {
            let several = meant(&format!("[{value}]")).filter(|list| holds_several(list));
            said(SyntaxFault::CurlyQuotes, key, several.or_else(|| first(repaired)))
        }
        Some('"') if matches!(repaired, Some((_, TomlFault::Curly))) => {
            said(SyntaxFault::CurlyEnd, key, first(repaired))
        }
        Some('"') => in_quotes(key, value, first(repaired)),
        Some('\'') => {
            let is_closed = value.len() > 1 && value.ends_with('\'');
            let early = SyntaxFault::EarlyEnd;
            let fault = if is_closed { early } else { SyntaxFault::NoClosingQuote };
            said(fault, key, first(repaired))
        }
        Some('(') if value[1..].trim_start().starts_with(['"', '\'']) => {
            let inner = value.trim_start_matches('(').trim_end_matches(')');
            let list = meant(&format!("[{inner}]"));
            said(SyntaxFault::RoundBrackets, key, list)
        }
        _ => bare(key, value, first(repaired)),
    }
}

/// Returns `value` as it was meant: unchanged if a program can read it.
pub(super) fn meant(value: &str) -> Option<String> {
    let value = value.trim().trim_end_matches([',', ';']).trim_end();
    if is_value(value) { Some(value.to_owned()) } else { first(repaired(value)) }
}

fn first(repaired: Option<(String, TomlFault)>) -> Option<String> {
    repaired.map(|(value, _)| value)
}

/// Returns a fault, and as help the line as it was meant; where that is not clear, the form of a text.
fn said(fault: SyntaxFault, key: &str, meant: Option<String>) -> (SyntaxFault, Option<SyntaxHelp>) {
    let help = meant.and_then(|value| write_like(key, &value));
    let form = || Some(format!("write it between straight quotes: {key} = \"…\"").into());
    (fault, help.or_else(form))
}

/// Explains a value that is whole, and something after it in its line.
fn followed(key: &str, value: &str) -> Option<(SyntaxFault, Option<SyntaxHelp>)> {
    let (whole, rest) = value.split_at(end_of(value)?);
    let rest = rest.trim();
    let after = rest.trim_start_matches([',', ';', ' ']);
    if rest.is_empty() || !is_value(whole) {
        return None;
    }
    if after.is_empty() || after.starts_with('#') && after.len() < rest.len() {
        let sign = if rest.starts_with(',') { "comma" } else { "semicolon" };
        return Some((SyntaxFault::SignAfterValue(sign), write_like(key, whole)));
    }
    let next = after.split_once('=').map(|(next, _)| next.trim()).filter(|next| is_key(next));
    if let Some(next) = next {
        return Some((
            SyntaxFault::TwoSettings,
            Some(format!("begin a new line before \"{next}\"").into()),
        ));
    }
    let is_text = whole.starts_with(['"', '\'']) && rest.starts_with(',');
    let list = meant(&format!("[{value}]")).filter(|_| is_text)?;
    Some((SyntaxFault::SeveralTexts, write_like(key, &list)))
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

/// Explains a text in straight quotes, at least where it begins.
fn in_quotes(
    key: &str,
    value: &str,
    repaired: Option<String>,
) -> (SyntaxFault, Option<SyntaxHelp>) {
    if value.starts_with("\"\"\"") {
        let is_closed = value.len() > 5 && value.ends_with("\"\"\"");
        let help = if is_closed { ESCAPES } else { "end it with three quotes, as it begins" };
        let fault = if is_closed { SyntaxFault::Text } else { SyntaxFault::NoClosingQuote };
        return (fault, Some(help.into()));
    }
    let quotes = value.matches('"').count() - value.matches("\\\"").count();
    let ends_escaped = value.ends_with("\\\"");
    if value.contains('\\') && (quotes == 2 || quotes == 1 && ends_escaped) {
        return said(SyntaxFault::Backslash, key, repaired);
    }
    if quotes % 2 == 1 {
        return said(SyntaxFault::NoClosingQuote, key, repaired);
    }
    // `"one" "two"` may be meant as two texts.
    let meant = repaired.filter(|_| !value.contains("\" \""));
    let help = meant.and_then(|value| write_like(key, &value));
    (SyntaxFault::EarlyEnd, Some(help.unwrap_or_else(|| ESCAPES.into())))
}

/// Explains a list, or a part with keys.
fn container(
    key: &str,
    value: &str,
    repaired: Option<(String, TomlFault)>,
) -> (SyntaxFault, Option<SyntaxHelp>) {
    let is_list = value.starts_with('[');
    let is_plain = is_list && !value.contains('{');
    let fault = match repaired.as_ref().map(|found| found.1) {
        _ if is_list && !value.contains(']') => SyntaxFault::NoClosingBracket,
        Some(TomlFault::Bracket) => SyntaxFault::NoClosingBracket,
        Some(TomlFault::Curly) => SyntaxFault::CurlyQuotes,
        Some(TomlFault::Quotes) if is_plain => SyntaxFault::NoQuotesInList,
        Some(TomlFault::Quotes) => SyntaxFault::NoQuotes,
        Some(TomlFault::Comma) if is_list => SyntaxFault::NoCommaInList,
        Some(TomlFault::Comma) => SyntaxFault::NoCommaInBraces,
        _ if is_list => SyntaxFault::List,
        _ => SyntaxFault::Part,
    };
    let help = repaired.and_then(|(value, _)| write_like(key, &value));
    let form = match is_plain {
        _ if fault == SyntaxFault::NoClosingBracket => "put ] after its last item".to_owned(),
        true => format!("a list is written like this: {key} = [\"…\", \"…\"]"),
        false => "each setting in braces is a key, an equals sign and a value: { ref = \"…\" }"
            .to_owned(),
    };
    (fault, Some(help.unwrap_or_else(|| form.into())))
}

/// Explains a value that begins with no sign of its own.
fn bare(key: &str, value: &str, repaired: Option<String>) -> (SyntaxFault, Option<SyntaxHelp>) {
    if looks_like_date(value) {
        let meant: Vec<String> =
            date::meant(value).iter().map(|date| format!("{key} = {}", dated(date))).collect();
        let help = SyntaxHelp { sentence: DATE_HELP.to_owned(), meant, is_certain: true };
        return (SyntaxFault::NoDate(value.to_owned()), Some(help));
    }
    if let Some(flag) = flag(value).filter(|_| value.chars().all(char::is_alphabetic)) {
        return said(SyntaxFault::YesOrNo, key, Some(flag.to_string()));
    }
    if let Some(number) = number(value).filter(|number| number != value) {
        let fault = if !value.contains(',') {
            SyntaxFault::LeadingZero
        } else if number.contains('.') && !value.contains('.') {
            SyntaxFault::CommaForPoint
        } else {
            SyntaxFault::CommasInNumber
        };
        let as_text = format!("{key} = {}", quoted(value));
        let help = write_like(key, &number).map(|mut help| {
            let _ = write!(help.sentence, "; or, if it is no number, {as_text}");
            help.meant.push(as_text);
            help
        });
        return (fault, help);
    }
    said(SyntaxFault::NoQuotes, key, repaired)
}

/// Says whether a value is digits with the signs that people write between the parts of a date.
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
