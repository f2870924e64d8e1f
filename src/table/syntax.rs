//! What is wrong with a line of TOML, in words for somebody who has never heard of TOML.

use std::ops::Range;

use toml::de::Error;

/// A place in the text, what is wrong there, and what to do.
type Explained = (Range<usize>, String, Option<String>);

/// What is said of a date that is none, after the date.
pub(super) const NO_DATE: &str = " is not a date";

/// What to do about it.
pub(super) const DATE_HELP: &str = "a date is written 2024-06-24; where only the month or year is \
                                    known, \"2024-06\" or \"2024\" in quotes";

/// Explains the errors of a parser, one a line: what follows on the same line is a consequence.
pub(super) fn explain(text: &str, errors: &[Error]) -> Vec<Explained> {
    let mut explained: Vec<Explained> = Vec::new();
    let mut last_line = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = line_around(text, span.start.min(text.len()));
        if last_line.replace(line.start) != Some(line.start) {
            explained.push(explain_line(text, line, span, error.message()));
        }
    }
    explained
}

fn explain_line(text: &str, line: Range<usize>, span: Range<usize>, message: &str) -> Explained {
    let content = text[line.clone()].trim();
    let start = line.start + (text[line.clone()].len() - text[line.clone()].trim_start().len());
    let whole = start..start + content.len();
    if message.contains("duplicate key") {
        let key = text.get(span.clone()).unwrap_or(content).to_owned();
        let help = "keep one of the two lines and delete the other".to_owned();
        return (span, format!("\"{key}\" is set twice"), Some(help));
    }
    let Some((key, value)) = content.split_once('=') else {
        return without_equals(content, whole);
    };
    let (key, value) = (key.trim(), value.trim());
    let at = line.start + text[line.clone()].find('=').unwrap_or(0) + 1;
    let at = at + (text[at..line.end].len() - text[at..line.end].trim_start().len());
    let place = at..(at + value.len()).max(at);
    if value.is_empty() {
        let help = format!("write the value after the sign, {key} = \"…\", or delete the line");
        return (whole, format!("\"{key}\" has no value"), Some(help));
    }
    if value.contains(['“', '”', '„', '‘', '’']) && !value.starts_with('"') {
        let plain: String = value.chars().map(straight).collect();
        let help = format!("write it like this: {key} = {plain}");
        return (place, "these are curly quotes; straight ones are needed".to_owned(), Some(help));
    }
    if value.starts_with('"') && value.matches('"').count() % 2 == 1 {
        let help = format!("write it like this: {key} = {value}\"");
        return (place, "this text has no closing quote".to_owned(), Some(help));
    }
    if value.starts_with('"') {
        let help = "inside a text, write \\\" for a quote and \\\\ for a backslash".to_owned();
        return (place, "this text ends too early".to_owned(), Some(help));
    }
    if value.starts_with('[') {
        let help = format!("write it like this: {key} = [\"one\", \"two\"]");
        return (place, "this list can't be read".to_owned(), Some(help));
    }
    if value.chars().all(|c| c.is_ascii_digit() || c == '-') && value.contains('-') {
        return (place, format!("{value}{NO_DATE}"), Some(DATE_HELP.to_owned()));
    }
    if value.chars().any(char::is_alphabetic) && !value.starts_with(['{', '\'']) {
        let help = format!("write it like this: {key} = \"{value}\"");
        return (place, "text stands in quotes".to_owned(), Some(help));
    }
    (place, format!("the value of \"{key}\" can't be read"), None)
}

fn without_equals(content: &str, whole: Range<usize>) -> Explained {
    let setting = content.split_once(':').filter(|(key, _)| {
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    });
    let help = match setting {
        Some((key, value)) if !value.trim().is_empty() => {
            let value = value.trim().trim_matches('"');
            format!("write it like this: {key} = \"{value}\"")
        }
        _ => "each line here is a key, an equals sign and a value: title = \"…\"".to_owned(),
    };
    let message = match setting {
        Some(_) => "between key and value stands an equals sign, not a colon".to_owned(),
        None => "this line can't be read".to_owned(),
    };
    (whole, message, Some(help))
}

fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        other => other,
    }
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    start..end
}
