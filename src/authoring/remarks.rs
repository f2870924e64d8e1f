//! The remarks in the front matter of a new note: the fields that it should have, and those that it may have. They go
//! once the fields have values.

use std::ops::Range;

use super::choices::choices;
use crate::config::{FieldConfig, FieldValues, Kind};
use crate::diagnostic::{TextEdit, with_edits};
use crate::note_settings::WrittenFrontMatter;
use crate::path::SourcePath;
use crate::site::Site;

/// The most words or notes that a remark names.
const LISTED: usize = 12;

/// The words for a field that is required, and for one that is wanted.
const NEEDS: [&str; 2] = ["needed", "wanted"];

/// The beginning of the remark about all other fields.
const OTHERS: &str = "# It may also have: ";

/// Adds a remark for each field that the note should have and has not, and one for the others.
pub(super) fn with_remarks(site: &Site, path: &SourcePath, kind: &Kind, text: String) -> String {
    let Some(front) = WrittenFrontMatter::of(path, &text) else { return text };
    let missing = kind.fields.iter().filter(|field| front.setting(&field.name).is_none());
    let (asked, others): (Vec<&FieldConfig>, Vec<&FieldConfig>) =
        missing.partition(|field| field.required || field.wanted.is_some());
    let mut remarks = String::new();
    for field in asked {
        let need = if field.required { NEEDS[0] } else { NEEDS[1] };
        remarks.push_str(&format!("# {} is {need}{}\n", field.name, allowed(site, field)));
        remarks.push_str(&format!("# {}\n", field.line(front.notation)));
    }
    if !others.is_empty() {
        let names: Vec<&str> = others.iter().map(|field| field.name.as_str()).collect();
        remarks.push_str(&format!("{OTHERS}{}\n", names.join(", ")));
    }
    let at = front.block.end;
    format!("{}{remarks}{}", &text[..at], &text[at..])
}

/// Returns what a field takes, as a remark says it.
fn allowed(site: &Site, field: &FieldConfig) -> String {
    let listed = |mut names: Vec<String>, all: usize| {
        names.truncate(LISTED);
        if all > LISTED {
            names.push(format!("{} more", all - LISTED));
        }
        names.join(", ")
    };
    match field.shape.as_type().values() {
        FieldValues::Words(words) => format!(", one of: {}", listed(words.to_vec(), words.len())),
        FieldValues::Notes(kinds) => {
            let titles: Vec<&str> =
                kinds.iter().map(|kind| &*site.config.kind(*kind).plural).collect();
            let choices = choices(site, field);
            let names = choices.iter().take(LISTED).map(|choice| choice.written.clone()).collect();
            let names = listed(names, choices.len());
            let names = if names.is_empty() { String::new() } else { format!(": {names}") };
            format!(", from {}{names}", titles.join(" or "))
        }
        FieldValues::Any => String::new(),
    }
}

/// Returns a text without the remarks of [`with_remarks`] about a field that has a value.
pub(super) fn without_remarks(path: &SourcePath, text: String, key: &str) -> String {
    let Some(front) = WrittenFrontMatter::of(path, &text) else { return text };
    if front.setting(key).is_none() {
        return text;
    }
    let is_in_value = |at: usize| front.settings.iter().any(|other| other.place.contains(&at));
    let mut edits = Vec::new();
    let mut at = front.block.start;
    while at < front.block.end {
        let end = front.next_line(at).min(front.block.end);
        let line = if is_in_value(at) { "" } else { text[at..end].trim_end() };
        if is_need_of(line, key) {
            let next = front.next_line(end).min(front.block.end);
            let is_example = text[end..next].strip_prefix("# ").is_some_and(|example| {
                let rest = example.strip_prefix(key).unwrap_or_default();
                rest.starts_with(" = ") || rest.starts_with(':')
            });
            edits.push(removed(at..if is_example { next } else { end }));
        } else if let Some(names) = line.strip_prefix(OTHERS) {
            let others: Vec<&str> = names.split(", ").filter(|name| *name != key).collect();
            let place = at + OTHERS.len()..at + line.len();
            if others.is_empty() {
                edits.push(removed(at..end));
            } else if others.len() < names.split(", ").count() {
                edits.push(TextEdit { span: place.into(), text: others.join(", ") });
            }
        }
        at = end;
    }
    with_edits(&text, &edits).unwrap_or(text)
}

/// Returns whether a line is the remark that a field is needed or wanted.
fn is_need_of(line: &str, key: &str) -> bool {
    let rest = line.strip_prefix("# ").and_then(|rest| rest.strip_prefix(key));
    let need = rest.and_then(|rest| rest.strip_prefix(" is ")).unwrap_or_default();
    NEEDS.iter().any(|word| {
        need.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(", "))
    })
}

fn removed(place: Range<usize>) -> TextEdit {
    TextEdit { span: place.into(), text: String::new() }
}
