//! Values of the front matter: what a field takes, and what to say where it is something else.

use crate::config::{FieldConfig, FieldShape};
use crate::diagnostic::{Fix, FixSafety};
use crate::note::NoteChange;
use crate::parse::destination;
use crate::parse::rules::{missing_field, refused_scheme, value_not_in_list};
use crate::scheme::whole_address;
use crate::span::Span;
use crate::table::rules::bad_value;
use crate::table::{TableReader, TomlEntry, TomlTable, quoted, suggest};

/// How many of the words that a field takes are listed where another is written.
const LISTED: usize = 50;

/// How much a change matters to somebody who relied on the note before.
const WEIGHTS: &[&str] = &["editorial", "substantive", "conclusion"];

pub(crate) fn change(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> Option<NoteChange> {
    let written = ["date", "weight", "text"].map(|key| table.take(key));
    let [date, weight, text] = written;
    let date = date.and_then(|entry| reader.date(entry));
    let weight = weight.and_then(|entry| {
        let written = reader.text(entry)?;
        if !WEIGHTS.contains(&written.as_str()) {
            not_in_list(reader, entry, &written, WEIGHTS.iter().copied());
            return None;
        }
        Some(written)
    });
    let text = text.and_then(|entry| reader.text(entry));
    if written.iter().any(Option::is_none) && reader.is_whole() {
        let message = "a change has a date, a weight and a text";
        let help =
            "write it like this: { date = 2024-06-24, weight = \"editorial\", text = \"…\" }";
        reader.report(table.span, &missing_field::RULE, message).help.push(help.to_owned());
    }
    Some(NoteChange { date: date?, weight: weight?, text: text? })
}

pub(crate) fn value(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    shape: &FieldShape,
) -> Option<String> {
    match shape {
        FieldShape::Text | FieldShape::Reference { .. } => reader.text(entry),
        FieldShape::Date => reader.date(entry).map(|date| date.to_string()),
        FieldShape::Number => reader.number(entry),
        FieldShape::Flag => reader.flag(entry).map(|flag| flag.to_string()),
        FieldShape::Url => url(reader, entry),
        FieldShape::OneOf(words) => {
            let written = reader.text(entry)?;
            if words.contains(&written) {
                return Some(written);
            }
            not_in_list(reader, entry, &written, words.iter().map(String::as_str));
            None
        }
    }
}

pub(crate) fn url(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
    let url = reader.text(entry)?;
    if destination::is_web_address(&url) {
        return Some(url);
    }
    let message = format!("\"{url}\" is not the address of a page");
    let without_spaces = url.trim().replace(char::is_whitespace, "%20");
    let whole = whole_address(&url).filter(|url| url.starts_with("https:"));
    // The site may have no https.
    let safety = FixSafety::when(whole.is_none());
    let (help, meant) = match whole {
        Some(whole) => (format!("write it like this: {whole}"), Some(whole)),
        None if destination::is_web_address(&without_spaces) => (
            format!("an address holds no spaces; write it like this: {without_spaces}"),
            Some(without_spaces),
        ),
        None => ("an address begins with https:// or http://".to_owned(), None),
    };
    let diagnostic = reader.report(entry.span, &refused_scheme::RULE, message);
    diagnostic.help.push(help);
    if let Some(meant) = meant {
        let fix = Fix::new(format!("write {meant}"), safety);
        diagnostic.fixes.push(fix.replace(entry.span, quoted(&meant)));
    }
    None
}

pub(crate) fn not_in_list<'a>(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    written: &str,
    words: impl Iterator<Item = &'a str> + Clone,
) {
    let near = reader.nearest(written, words.clone());
    let message = format!("\"{}\" can't be \"{written}\"", entry.key);
    let mut list: Vec<&str> = words.clone().take(LISTED).collect();
    let further = words.clone().skip(LISTED).count();
    let others = format!("{further} more");
    list.extend((further > 0).then_some(others.as_str()));
    let diagnostic = reader.report(entry.span, &value_not_in_list::RULE, message);
    suggest(diagnostic, written, &near, quoted);
    let parts: Vec<&str> = written.split([',', ';']).map(str::trim).collect();
    let are_words = || parts.iter().all(|part| words.clone().any(|word| word == *part));
    if (2..=LISTED).contains(&parts.len()) && entry.is_item() && are_words() {
        let quoted: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
        let list = quoted.join(", ");
        diagnostic.help.push(format!("write each word in quotes of its own: {list}"));
    } else {
        diagnostic.help.push(format!("it takes one of: {}", list.join(", ")));
    }
}

pub(crate) fn example(field: &FieldConfig) -> String {
    let one = match &field.shape {
        FieldShape::OneOf(words) => format!("\"{}\"", words.first().map_or("…", String::as_str)),
        FieldShape::Date => "2024-06-24".to_owned(),
        FieldShape::Number => "3".to_owned(),
        FieldShape::Flag => "true".to_owned(),
        FieldShape::Url => "\"https://…\"".to_owned(),
        FieldShape::Text | FieldShape::Reference { .. } => "\"…\"".to_owned(),
    };
    if field.many { format!("{} = [{one}]", field.name) } else { format!("{} = {one}", field.name) }
}

/// Says whether a reference names nothing at all, which is reported.
pub(crate) fn is_empty(reader: &mut TableReader<'_>, key: &str, name: &str, span: Span) -> bool {
    let is_empty = unwrap_link(name).trim().is_empty();
    if is_empty {
        let message = format!("\"{key}\" names a note, and this text is empty");
        let help = "write the name of a note between the quotes, or take them out".to_owned();
        reader.report(span, &bad_value::RULE, message).help.push(help);
    }
    is_empty
}

/// `[[x]]` in a reference is what some editors write; it means `x`.
pub(crate) fn unwrap_link(name: &str) -> &str {
    let inner = name.trim().strip_prefix("[[").and_then(|name| name.strip_suffix("]]"));
    inner.map_or(name, |inner| inner.split('|').next().unwrap_or(inner))
}
