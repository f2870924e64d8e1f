//! The places of a key in a text in TOML, which may name it in many headings and lines.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// Returns the places of the last key of `path` wherever a text names it below the others, with its quotes, in their order;
/// empty if the text can't be read.
pub(super) fn key_places(text: &str, path: &[&str]) -> Vec<Range<usize>> {
    let Ok(tree) = DeTable::parse(text) else { return Vec::new() };
    let mut values = Vec::new();
    gather_values(text, tree.get_ref(), &mut values);
    let is_in_value = |at: usize| values.iter().any(|value| value.start < at && at < value.end);
    let mut places: Vec<Range<usize>> = first_place(tree.get_ref(), path).into_iter().collect();
    let mut heading: Vec<String> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_in_value(start) {
            continue;
        }
        let is_heading = line.trim_start().starts_with('[');
        let Some(keys) = keys_of(line) else { continue };
        let above = if is_heading { Vec::new() } else { heading.clone() };
        let names = || keys.iter().map(|(name, _)| name.as_str());
        let whole: Vec<&str> = above.iter().map(String::as_str).chain(names()).collect();
        if path.len() > above.len() && whole.starts_with(path) {
            let place = &keys[path.len() - 1 - above.len()].1;
            places.push(start + place.start..start + place.end);
        }
        if is_heading {
            heading = names().map(str::to_owned).collect();
        }
    }
    places.sort_by_key(|place| place.start);
    places.dedup();
    places
}

/// Adds the places of all values that stand after a key, such as texts and lists of several lines.
fn gather_values(text: &str, table: &DeTable<'_>, values: &mut Vec<Range<usize>>) {
    for (_, value) in table.iter() {
        let place = value.span();
        let before = text.get(..place.start).unwrap_or_default().trim_end();
        match value.get_ref() {
            _ if before.ends_with('=') => values.push(place),
            DeValue::Table(table) => gather_values(text, table, values),
            DeValue::Array(items) => {
                for item in items.iter() {
                    if let DeValue::Table(table) = item.get_ref() {
                        gather_values(text, table, values);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns the place at which a key is named first.
fn first_place(table: &DeTable<'_>, path: &[&str]) -> Option<Range<usize>> {
    let (first, rest) = path.split_first()?;
    let (key, value) = table.iter().find(|(key, _)| key.get_ref().as_ref() == *first)?;
    if rest.is_empty() {
        return Some(key.span());
    }
    let DeValue::Table(table) = value.get_ref() else { return None };
    first_place(table, rest)
}

/// Returns the keys that a heading, or a line with a value, names one below the other, with their places in the line; `None`
/// for other lines.
fn keys_of(line: &str) -> Option<Vec<(String, Range<usize>)>> {
    let blank = |at: usize| line[at..].len() - line[at..].trim_start_matches([' ', '\t']).len();
    let mut at = blank(0);
    let is_heading = line[at..].starts_with('[');
    while line[at..].starts_with('[') {
        at += 1;
    }
    let mut keys = Vec::new();
    loop {
        at += blank(at);
        let rest = &line[at..];
        let (name, length) = match rest.chars().next()? {
            sign @ ('"' | '\'') => {
                let inner = rest[1..].find(sign)?;
                (&rest[1..=inner], inner + 2)
            }
            _ => {
                let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                let length = rest.find(|c| !is_bare(c)).filter(|length| *length > 0)?;
                (&rest[..length], length)
            }
        };
        keys.push((name.to_owned(), at..at + length));
        at += length;
        at += blank(at);
        match line[at..].chars().next()? {
            '.' => at += 1,
            ']' if is_heading => return Some(keys),
            '=' if !is_heading => return Some(keys),
            _ => return None,
        }
    }
}
