//! The record that a translation keeps of its original, and its change when the translation takes up changes.

use super::alignment::PartFate;
use super::compare;
use crate::config::FieldConfig;
use crate::config::note_keys::TRANSLATED_FROM;
use crate::diagnostic::{TextEdit, line_break};
use crate::note::{NoteSpans, Part, RecordPlace, RecordedPart};
use crate::span::Span;
use crate::table::{Notation, quoted};

/// The greatest length of a line of a record.
const LONGEST_LINE: usize = 100;

/// Returns what a translation made today records of its original.
pub fn record_of(fields: &[FieldConfig], original: &[Part]) -> Vec<RecordedPart> {
    let record =
        |part: &Part| RecordedPart { key: part.place.key(fields).map(Into::into), hash: part.hash };
    original.iter().map(record).collect()
}

/// Returns a record after some changes of the original were taken up: those of the parts, by their indexes, for which
/// `is_taken` holds; `None` stands for all parts that are gone.
pub fn accepted(
    fields: &[FieldConfig],
    original: &[Part],
    recorded: &[RecordedPart],
    is_taken: &dyn Fn(Option<usize>) -> bool,
) -> Vec<RecordedPart> {
    let today = record_of(fields, original);
    // By part of the record: what takes its place, and what is put in after it. Before all stands what is put in first.
    let mut kept: Vec<Option<RecordedPart>> = recorded.iter().cloned().map(Some).collect();
    let mut after: Vec<Vec<RecordedPart>> = vec![Vec::new(); recorded.len() + 1];
    let mut last = 0;
    for part in compare(fields, original, recorded) {
        let (now, before) = (part.now.map(|at| at as usize), part.before.map(|at| at as usize));
        let is_taken = is_taken(now);
        match (part.fate, before) {
            (PartFate::Changed, Some(before)) if is_taken => {
                kept[before] = now.map(|at| today[at].clone());
            }
            (PartFate::Gone | PartFate::Moved, Some(before)) if is_taken => kept[before] = None,
            _ => {}
        }
        if part.fate != PartFate::Moved {
            last = before.map_or(last, |before| before + 1);
        }
        if is_taken && matches!(part.fate, PartFate::New | PartFate::Moved) {
            after[last].extend(now.map(|at| today[at].clone()));
        }
    }
    let mut after = after.into_iter();
    let mut all = after.next().unwrap_or_default();
    for (part, after) in kept.into_iter().zip(after) {
        all.extend(part);
        all.extend(after);
    }
    // The values of front matter come first.
    all.sort_by_key(|part| part.key.is_none());
    all
}

/// Returns the edit that writes a record into the front matter of a translation with this text, which may have none yet;
/// `None` if there is no place for it.
pub fn record_edit(text: &str, spans: &NoteSpans, record: &[RecordedPart]) -> Option<TextEdit> {
    // A note without front matter gets one that other programs read, too.
    let is_toml = text.trim_start_matches('\u{feff}').starts_with(Notation::Toml.fence());
    let notation = if is_toml { Notation::Toml } else { Notation::Yaml };
    let line_break = line_break(text);
    let list = written(record, line_break, notation);
    if let Some(span) = spans.recorded {
        return Some(TextEdit { span, text: list });
    }
    let setting = notation.setting(TRANSLATED_FROM.name, &list);
    let insert = |at: u32, text| Some(TextEdit { span: Span { start: at, end: at }, text });
    match spans.record_place? {
        RecordPlace::Below(from) => {
            let rest = text.get(from as usize..)?;
            let line = &rest[..rest.find('\n')?];
            insert(
                from + line.trim_end_matches('\r').len() as u32,
                format!("{line_break}{setting}"),
            )
        }
        RecordPlace::Top(at) => insert(at, format!("{setting}{line_break}")),
        RecordPlace::NewFrontMatter(at) => {
            let fence = notation.fence();
            insert(at, [fence, &setting, fence, "", ""].join(line_break))
        }
    }
}

/// Returns a record as a list over several lines. In YAML, each of them begins with a space.
fn written(record: &[RecordedPart], line_break: &str, notation: Notation) -> String {
    let mut list = String::from("[");
    let mut length = LONGEST_LINE;
    for part in record {
        let item = quoted(&part.to_string()) + ",";
        if length + " ".len() + item.len() > LONGEST_LINE {
            list.push_str(line_break);
            list.push(' ');
            length = " ".len();
        }
        list.push(' ');
        list.push_str(&item);
        length += " ".len() + item.len();
    }
    if !record.is_empty() {
        list.push_str(line_break);
        list.push_str(if notation == Notation::Yaml { " " } else { "" });
    }
    list.push(']');
    list
}
