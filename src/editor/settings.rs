//! The setting of the front matter that is being written. Front matter can seldom be parsed while somebody types in it, so this
//! goes by its lines.

use std::ops::Range;

use crate::parse::front_matter;
use crate::path::SourcePath;
use crate::table::Notation;

/// The part of a setting in which the cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SettingCursor<'t> {
    /// The notation.
    pub(super) notation: Notation,
    /// The place of all settings.
    pub(super) block: Range<usize>,
    /// The key of the part with keys of its own around it, such as `sources`.
    pub(super) section: Option<&'t str>,
    /// The key; `None` if it is what is being written.
    pub(super) key: Option<&'t str>,
    /// The place of the word that is being written, without quotes.
    pub(super) written: Range<usize>,
    /// True if the word stands in quotes.
    pub(super) is_quoted: bool,
    /// The quotes that are missing after the word.
    pub(super) closing: &'static str,
}

/// Returns the part of a setting in which byte `at` of the note at `path` stands; `None` if that is not in its front matter.
pub(super) fn setting_at<'t>(
    path: &SourcePath,
    text: &'t str,
    at: usize,
) -> Option<SettingCursor<'t>> {
    let split = front_matter::split(path, text, &mut Vec::new());
    let (block, notation) = (split.range, split.notation);
    if block.is_empty() || at < block.start || at > block.end {
        return None;
    }
    let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1).max(block.start);
    let line_end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
    let before = &text[block.start..line_start];
    let line = SettingLine { text, start: line_start, at, end: line_end };
    let cursor = match notation {
        Notation::Toml => toml(before, line),
        Notation::Yaml => yaml(before, line),
    };
    let (section, key, written, is_quoted, closing) = cursor?;
    Some(SettingCursor { notation, block, section, key, written, is_quoted, closing })
}

/// The line of the cursor.
#[derive(Clone, Copy)]
struct SettingLine<'t> {
    text: &'t str,
    start: usize,
    at: usize,
    end: usize,
}

/// Section, key, place of the word, whether it is quoted, and the quotes that are missing.
type WordCursor<'t> = (Option<&'t str>, Option<&'t str>, Range<usize>, bool, &'static str);

fn toml<'t>(before: &'t str, line: SettingLine<'t>) -> Option<WordCursor<'t>> {
    let mut headings = before.lines().filter_map(|line| line.trim().strip_prefix('['));
    let section = headings.next_back().map(|name| name.trim_matches(['[', ']', ' ']));
    let written = &line.text[line.start..line.at];
    if written.trim_start().starts_with(['#', '[']) && !written.contains('=') {
        return None;
    }
    if let Some((key, value)) = written.split_once('=') {
        let (word, quoted, closing) = word(line, line.at - value.len());
        return Some((section, Some(key.trim()), word, quoted, closing));
    }
    // A list may go on over several lines.
    if let Some(key) = open_list(before) {
        let (word, quoted, closing) = word(line, line.start);
        return Some((section, Some(key), word, quoted, closing));
    }
    let start = line.at - written.trim_start().len();
    Some((section, None, start..line.at, false, ""))
}

/// Returns the key of the list in brackets that is still open at the end of a text.
fn open_list(before: &str) -> Option<&str> {
    for line in before.lines().rev() {
        if line.trim_end().ends_with(']') {
            return None;
        }
        if let Some((key, value)) = line.split_once('=') {
            return value.trim_start().starts_with('[').then_some(key.trim());
        }
    }
    None
}

fn yaml<'t>(before: &'t str, line: SettingLine<'t>) -> Option<WordCursor<'t>> {
    let written = &line.text[line.start..line.at];
    if written.trim_start().starts_with('#') {
        return None;
    }
    let is_deeper = written.starts_with([' ', '-', '\t']);
    let key_above = || {
        let mut tops = before.lines().filter(|line| !line.starts_with([' ', '-', '\t', '#']));
        tops.next_back().and_then(|line| Some(line.split_once(':')?.0.trim()))
    };
    let section = is_deeper.then(key_above).flatten();
    let inner = written.trim_start().trim_start_matches("- ").trim_start();
    if let Some((key, value)) = inner.split_once(':') {
        let (word, quoted, closing) = word(line, line.at - value.len());
        return Some((section, Some(key.trim()), word, quoted, closing));
    }
    let is_item = written.trim_start().starts_with('-');
    if let Some(key) = section.filter(|_| is_item) {
        let (word, quoted, closing) = word(line, line.at - inner.len());
        return Some((None, Some(key), word, quoted, closing));
    }
    Some((section, None, line.at - inner.len()..line.at, false, ""))
}

/// Returns the place of the word around the cursor in a value that begins at `from`, whether it is quoted, and the quotes that are
/// missing at its end.
fn word(line: SettingLine<'_>, from: usize) -> (Range<usize>, bool, &'static str) {
    let before = &line.text[from..line.at];
    let mut open = None;
    for (at, c) in before.char_indices() {
        match open {
            Some((_, sign)) if c == sign => open = None,
            None if c == '"' || c == '\'' => open = Some((at, c)),
            _ => {}
        }
    }
    let rest = &line.text[line.at..line.end];
    if let Some((at, sign)) = open {
        let start = from + at + 1;
        let (end, closing) = match rest.find(sign) {
            Some(length) => (line.at + length, ""),
            None if sign == '"' => (line.at, "\""),
            None => (line.at, "'"),
        };
        return (start..end, true, closing);
    }
    let start = before.rfind(['[', ',', ' ', '\t']).map_or(from, |at| from + at + 1);
    (start..line.at, false, "")
}
