//! The block between `+++` lines at the top of a file.

mod yaml;

use std::ops::Range;

use toml::de::DeTable;
use yaml::{ConvertedYaml, converted};

use super::text::first_version;
use crate::config::FieldConfig;
use crate::diagnostic::{Diagnostic, Fix, FixSafety, line_break};
use crate::parse::rules::{bad_front_matter, merge_conflict};
use crate::path::SourcePath;
use crate::span::Span;

/// The line above and below front matter.
const FENCE: &str = "+++";

/// The front matter at the top of a file.
pub(crate) struct FrontMatterBlock {
    /// The range of the settings; empty where there are none that can be read.
    pub(crate) range: Range<usize>,
    /// The start of the text below.
    pub(crate) body: usize,
    /// A guess of the settings, as TOML, if they can't be read as they are, which was reported. Nothing is
    /// known to be missing then, and nothing more is to be reported.
    pub(crate) guess: Option<String>,
}

/// Finds the front matter of `text`, in a note with these `fields`. A file without a readable block has
/// an empty one. A block that is written in another way is reported and, where it is TOML, read all the
/// same.
pub(crate) fn split(
    path: &SourcePath,
    text: &str,
    fields: &[FieldConfig],
    out: &mut Vec<Diagnostic>,
) -> FrontMatterBlock {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let end_of_line = line_break(text);
    let mut report = |line: Range<usize>, message: &str, fix: Fix| {
        let line = line.start..line.start + text[line].trim_end().len();
        let error = Diagnostic::error(path, Span::from(line), &bad_front_matter::RULE, message);
        out.push(error.help_with(fix));
    };
    let fence = |line: &Range<usize>, title: &str| {
        let line = line.start..line.start + text[line.clone()].trim_end().len();
        Fix::safe(title).replace(Span::from(line), FENCE)
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
        let written = end.as_ref().map(|end| (end.end, converted));
        out.push(of_yaml(path, text, first, written));
        return guessed(end.map_or(start, |line| line.end), guess);
    }
    let opening = match written {
        FENCE => first,
        _ => match other_opening(text, first.clone()) {
            Some((line, message, help)) => {
                let above = Span::from(start..line.start);
                report(
                    line.clone(),
                    message,
                    if above.start < above.end {
                        Fix::safe(help).delete(above)
                    } else {
                        fence(&line, help)
                    },
                );
                line
            }
            None if is_setting(written) && find(text, first.end, |l| l == FENCE).is_some() => {
                let message = "the front matter has no opening +++";
                let help = "put a line of +++ above its first setting";
                let line = format!("{FENCE}{end_of_line}");
                report(first, message, Fix::safe(help).insert(start as u32, line));
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
        report(line.clone(), "the front matter ends with a line of +++", fence(&line, help));
        return found(block..line.start, line.end);
    }
    let message = "the front matter has no closing +++";
    let help = "put a line of +++ after its last setting";
    let blank = find(text, block, |line| line.is_empty());
    let settings = blank.filter(|blank| is_toml(&text[block..blank.start]));
    // The settings may go on below the empty line.
    let fix = settings.as_ref().map_or_else(
        || Fix::likely(help),
        |blank| Fix::likely(help).insert(blank.start as u32, format!("{FENCE}{end_of_line}")),
    );
    report(opening, message, fix);
    let guess = settings.map_or("", |blank| &text[block..blank.start]);
    guessed(text.len(), guess.to_owned())
}

/// Returns the report of YAML that begins in the line `first`: the same as TOML, if it ends, and the
/// end of its last line.
fn of_yaml(
    path: &SourcePath,
    text: &str,
    first: Range<usize>,
    converted: Option<(usize, ConvertedYaml)>,
) -> Diagnostic {
    let (start, place) = (first.start, first.start..first.start + text[first].trim_end().len());
    let place = Span::from(place);
    let message = "front matter stands between lines of +++, and is written as TOML";
    let error = Diagnostic::error(path, place, &bad_front_matter::RULE, message);
    let Some((end, ConvertedYaml { lines, left_out })) = converted else {
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
    let lines: Vec<String> = fence().chain(lines).chain(fence()).collect();
    let written = &text[start..end];
    // Remarks are lost, too.
    let is_whole = left_out.is_empty() && !written.contains('#');
    let fix = Fix::new("write the front matter as TOML", FixSafety::when(is_whole));
    let end = start + written.trim_end().len();
    let fix = fix.replace(Span::from(start..end), lines.join(line_break(text)));
    let sentence = match left_out.as_slice() {
        [] => "put this in its place:".to_owned(),
        keys => format!(
            "put this in its place; it leaves out what a note of this kind does not have or can't say so ({}):",
            keys.join(", ")
        ),
    };
    error.paste(sentence, fix)
}

/// Returns whether a text can be read as settings, and holds any.
fn is_toml(text: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| !table.get_ref().is_empty())
}

/// Returns a line that is meant to open the front matter, the message about it, and the help.
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

/// Returns whether a line consists of two to six plus signs.
fn is_plus(line: &str) -> bool {
    let line = line.trim();
    (2..=6).contains(&line.len()) && line.bytes().all(|byte| byte == b'+')
}

/// Returns whether a line is `key = value`.
fn is_setting(line: &str) -> bool {
    let key = line.split_once('=').map(|(key, _)| key.trim());
    let is_letter = |c: char| c.is_ascii_lowercase() || c == '-';
    key.is_some_and(|key| !key.is_empty() && key.chars().all(is_letter))
}

/// Returns the first line from `at` on that fits, its break included.
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
