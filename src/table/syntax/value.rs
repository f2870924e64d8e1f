//! What is wrong with a value.

use super::{plain, write_like};

/// What is said of a date that is none, after the date.
pub(in super::super) const NO_DATE: &str = " is not a date";

/// What to do about it.
pub(in super::super) const DATE_HELP: &str = "a date is written 2024-06-24; where only the month or \
                                              year is known, \"2024-06\" or \"2024\" in quotes";

/// Signs that are quotes to a reader, and not to a program.
const CURLY: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// What is wrong with `value`, and what to do.
pub(super) fn explain(key: &str, value: &str) -> (String, Option<String>) {
    let said = |message: &str, value: &str| (message.to_owned(), Some(write_like(key, value)));
    if let Some(rest) = value.strip_prefix('=') {
        return said("one equals sign is enough", rest.trim());
    }
    if value.starts_with(CURLY) || value.starts_with('[') && value.contains(CURLY) {
        let straight: String = value.chars().map(straight).collect();
        return said("these are curly quotes; straight ones are needed", &straight);
    }
    if value.starts_with('"') {
        return in_quotes(key, value);
    }
    if value.starts_with('[') {
        return list(key, value);
    }
    if looks_like_date(value) {
        return (format!("{value}{NO_DATE}"), Some(DATE_HELP.to_owned()));
    }
    if matches!(value.to_lowercase().as_str(), "true" | "false" | "yes" | "no") {
        let flag =
            if matches!(value.to_lowercase().as_str(), "true" | "yes") { "true" } else { "false" };
        return said("yes is written true, and no is written false", flag);
    }
    if value.chars().any(char::is_alphabetic) && !value.starts_with(['{', '\'']) {
        return said("text stands in quotes", &format!("\"{}\"", plain(value)));
    }
    if value.starts_with('\'') {
        return said("this text has no closing quote", &format!("\"{}\"", plain(value)));
    }
    (format!("the value of \"{key}\" can't be read"), None)
}

fn in_quotes(key: &str, value: &str) -> (String, Option<String>) {
    let quotes = value.matches('"').count() - value.matches("\\\"").count();
    if quotes % 2 == 1 {
        let help = write_like(key, &format!("{value}\""));
        return ("this text has no closing quote".to_owned(), Some(help));
    }
    if value.contains('\\') && quotes == 2 {
        let help = write_like(key, &value.replace('\\', "\\\\"));
        return ("a backslash in a text is written twice".to_owned(), Some(help));
    }
    if value.contains("\",") {
        let help = write_like(key, &format!("[{value}]"));
        return ("several texts stand in square brackets".to_owned(), Some(help));
    }
    let help = "inside a text, write \\\" for a quote and \\\\ for a backslash".to_owned();
    ("this text ends too early".to_owned(), Some(help))
}

fn list(key: &str, value: &str) -> (String, Option<String>) {
    let message = match () {
        () if !value.contains(']') => "this list has no closing bracket",
        () if !value.contains(['"', '\'']) => "the texts of a list stand in quotes",
        () if value.contains("\" \"") || value.contains("\"\"") => {
            "between the items of a list stands a comma"
        }
        () => "this list can't be read",
    };
    (message.to_owned(), Some(write_like(key, &quoted_list(value))))
}

/// The items of a list, each in quotes and with commas between them.
pub(super) fn quoted_list(value: &str) -> String {
    let inner = value.trim_start_matches('[').trim_end_matches(']');
    let inner = inner.replace("\" \"", "\", \"");
    let items = inner.split(',').map(plain).filter(|item| !item.is_empty());
    let items: Vec<String> = items.map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", items.join(", "))
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

fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        other => other,
    }
}
