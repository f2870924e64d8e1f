//! The block between `+++` lines at the top of a file.

mod yaml;

use std::ops::Range;

use toml::de::DeTable;
use yaml::{ConvertedYaml, converted};

use super::text::first_version;
use crate::config::FieldConfig;
use crate::diagnostic::Diagnostic;
use crate::parse::rules::{bad_front_matter, merge_conflict};
use crate::path::SourcePath;
use crate::span::Span;

/// The line above and below front matter.
const FENCE: &str = "+++";

/// The block at the top of a file.
pub(crate) struct FrontMatterBlock {
    /// The range of the settings; empty where there are none that can be read.
    pub(crate) range: Range<usize>,
    /// The place where the text below starts.
    pub(crate) body: usize,
    /// A guess at it as TOML, where settings can't be read as they stand, which was reported. Nothing is known to be
    /// missing then, and nothing more is reported of it.
    pub(crate) guess: Option<String>,
}

/// Finds the front matter of `text`, in a note with these `fields`. A file without a readable block has
/// an empty one. What is meant as a block, though written otherwise, is reported and, where it is TOML,
/// read all the same.
pub(crate) fn split(
    path: &SourcePath,
    text: &str,
    fields: &[FieldConfig],
    out: &mut Vec<Diagnostic>,
) -> FrontMatterBlock {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut report = |line: Range<usize>, message: &str, help: &str| {
        let line = line.start..line.start + text[line].trim_end().len();
        let error = Diagnostic::error(path, Span::from(line), &bad_front_matter::RULE, message);
        out.push(error.help(help));
    };
    let found = |range: Range<usize>, body| FrontMatterBlock { range, body, guess: None };
    let guessed = |body, guess| FrontMatterBlock { range: start..start, body, guess: Some(guess) };
    let first = line_at(text, start);
    let written = text[first.clone()].trim_end();
    if written == "---" {
        let end = find(text, first.end, |line| matches!(line, "---" | "..."));
        let yaml = end.as_ref().map_or("", |end| &text[first.end..end.start]);
        let converted = converted(yaml, fields);
        let guess = converted.lines.join("\n");
        out.push(of_yaml(path, text, first.clone(), end.as_ref().map(|_| converted)));
        return guessed(end.map_or(start, |line| line.end), guess);
    }
    let opening = match written {
        FENCE => first,
        _ => match other_opening(text, first.clone()) {
            Some((line, message, help)) => {
                report(line.clone(), message, help);
                line
            }
            None if is_setting(written) && find(text, first.end, |l| l == FENCE).is_some() => {
                let message = "the front matter has no opening +++";
                report(first, message, "put a line of +++ above its first setting");
                start..start
            }
            None => return found(start..start, start),
        },
    };
    let block = opening.end;
    if let Some(line) = find(text, block, |line| line == FENCE) {
        if let Some((first, version)) = first_version(&text[block..line.start]) {
            out.push(merge_conflict::finding(path, Span::shifted(first, block)));
            return guessed(line.end, version);
        }
        return found(block..line.start, line.end);
    }
    if let Some(line) =
        find(text, block, |line| matches!(line.trim(), "---" | "..." | FENCE) || is_plus(line))
    {
        let help = "write just three plus signs in this line";
        report(line.clone(), "the front matter ends with a line of +++", help);
        return found(block..line.start, line.end);
    }
    let message = "the front matter has no closing +++";
    report(opening, message, "put a line of +++ after its last setting");
    let blank = find(text, block, |line| line.is_empty());
    let settings = blank.filter(|blank| is_toml(&text[block..blank.start]));
    let guess = settings.map_or("", |blank| &text[block..blank.start]);
    guessed(text.len(), guess.to_owned())
}

/// Reports YAML, which begins in the line `first`, with the same as TOML, if it ends.
fn of_yaml(
    path: &SourcePath,
    text: &str,
    first: Range<usize>,
    converted: Option<ConvertedYaml>,
) -> Diagnostic {
    let place = Span::from(first.start..first.start + text[first.clone()].trim_end().len());
    let message = "front matter stands between lines of +++, and is written as TOML";
    let error = Diagnostic::error(path, place, &bad_front_matter::RULE, message);
    let Some(ConvertedYaml { lines, left_out }) = converted else {
        return error.help(
            "if this is front matter, put a line of +++ above it and below it, and write each setting as \
             `key = \"value\"`; if it is a line between two parts of the text, begin the file with front matter",
        );
    };
    if lines.is_empty() {
        return error.help(
            "change both --- lines to +++, and each `key: value` to `key = \"value\"`; a list is written \
             `key = [\"one\", \"two\"]`",
        );
    }
    let fence = || std::iter::once(FENCE.to_owned());
    let lines = fence().chain(lines).chain(fence()).collect();
    let sentence = match left_out.as_slice() {
        [] => "put this in its place:".to_owned(),
        keys => format!(
            "put this in its place; it leaves out what a note of this kind does not have or can't say so ({}):",
            keys.join(", ")
        ),
    };
    error.paste(sentence, lines)
}

/// Says whether a text can be read as settings, and holds any.
fn is_toml(text: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| !table.get_ref().is_empty())
}

/// Finds a line that is meant to open the front matter, with what is wrong with it.
fn other_opening(
    text: &str,
    first: Range<usize>,
) -> Option<(Range<usize>, &'static str, &'static str)> {
    let written = &text[first.clone()];
    if written.trim() == FENCE {
        let message = "there are spaces before the +++";
        return Some((first, message, "begin the file with +++"));
    }
    if is_plus(written) {
        let message = "front matter begins with three plus signs";
        return Some((first, message, "write +++ in this line, and nothing else"));
    }
    if !written.trim().is_empty() {
        return None;
    }
    let line = find(text, first.end, |line| !line.trim().is_empty())?;
    let message = "front matter begins in the first line of the file";
    (text[line.clone()].trim() == FENCE).then_some((line, message, "delete what stands above it"))
}

/// Says whether a line consists of plus signs, though not of three.
fn is_plus(line: &str) -> bool {
    let line = line.trim();
    (2..=6).contains(&line.len()) && line.bytes().all(|byte| byte == b'+')
}

/// Says whether a line is one such as `key = value`.
fn is_setting(line: &str) -> bool {
    let key = line.split_once('=').map(|(key, _)| key.trim());
    let is_letter = |c: char| c.is_ascii_lowercase() || c == '-';
    key.is_some_and(|key| !key.is_empty() && key.chars().all(is_letter))
}

/// Finds the first line from `at` on that fits, its break included.
fn find(text: &str, mut at: usize, fits: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    while at < text.len() {
        let line = line_at(text, at);
        if fits(text[line.clone()].trim_end()) {
            return Some(line);
        }
        at = line.end;
    }
    None
}

/// Returns the line that starts at `at`, its break included.
fn line_at(text: &str, at: usize) -> Range<usize> {
    at..text[at..].find('\n').map_or(text.len(), |length| at + length + 1)
}
