//! The front matter of a translation: made, and changed value by value.

use std::ops::Range;

use crate::parse::units::NoteUnits;
use crate::table::{Notation, quoted};

/// A part of a file, and the text to put in its place.
pub(super) type FileEdit = (Range<usize>, String);

/// The texts that a translation has under one key.
pub(super) struct KeyTexts {
    pub(super) key: String,
    /// The texts in their order, none where there is no translation.
    pub(super) texts: Vec<Option<String>>,
    /// True if the value is a list.
    pub(super) is_list: bool,
}

impl KeyTexts {
    /// Returns the value as it is written, if all of its texts are there.
    fn value(&self) -> Option<String> {
        let texts: Option<Vec<String>> =
            self.texts.iter().map(|text| text.as_deref().map(in_line)).collect();
        let texts = texts?;
        Some(if self.is_list { format!("[{}]", texts.join(", ")) } else { texts.concat() })
    }

    fn line(&self, notation: Notation) -> Option<String> {
        Some(notation.setting(&self.key, &self.value()?) + "\n")
    }
}

/// Returns the front matter of a new translation. A key without all of its texts is left out: the original has it for all
/// versions.
pub(super) fn made(texts: &[KeyTexts], notation: Notation) -> String {
    let lines: String = texts.iter().filter_map(|key| key.line(notation)).collect();
    let fence = notation.fence();
    if lines.is_empty() { lines } else { format!("{fence}\n{lines}{fence}\n") }
}

/// Returns the edits that give a translation these texts.
pub(super) fn edits(text: &str, units: &NoteUnits, texts: &[KeyTexts]) -> Vec<FileEdit> {
    let mut edits = Vec::new();
    // New lines stand behind the last key that is there.
    let mut behind = None;
    let mut lines: Vec<(usize, String)> = Vec::new();
    for key in texts {
        let own: Vec<_> = units.values.iter().filter(|value| value.key == key.key).collect();
        let changed = |at: usize| key.texts[at].as_ref().filter(|text| **text != own[at].text);
        if own.len() == key.texts.len() {
            let changed =
                (0..own.len()).filter_map(|at| Some((own[at].range.clone(), changed(at)?)));
            edits.extend(changed.map(|(range, text)| (range, in_line(text))));
        } else if let Some(first) = own.first() {
            edits.extend(key.value().map(|value| (first.whole.clone(), value)));
        } else if let Some(line) = key.line(units.notation) {
            lines.push((behind.unwrap_or(units.front_matter.start), line));
        }
        if let Some(first) = own.first() {
            behind = Some(end_of_line(text, first.whole.end));
        }
    }
    for (at, line) in lines {
        match edits.iter_mut().find(|(range, _)| *range == (at..at)) {
            Some((_, lines)) => lines.push_str(&line),
            None => edits.push((at..at, line)),
        }
    }
    edits
}

/// Returns a text as a value in one line, which is written alike in both notations.
fn in_line(text: &str) -> String {
    quoted(text).replace('\n', "\\n").replace('\t', "\\t")
}

/// Returns the start of the line behind the one in which a place stands.
fn end_of_line(text: &str, at: usize) -> usize {
    at + text[at..].find('\n').map_or(text.len() - at, |end| end + 1)
}

/// Returns a text after edits, which do not overlap.
pub(super) fn edited(text: &str, mut edits: Vec<FileEdit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (range, with) in edits {
        out.push_str(&text[from..range.start]);
        out.push_str(&with);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}
