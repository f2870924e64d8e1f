//! The block between `+++` or `---` lines at the top of a file.

use std::ops::Range;

use toml::de::DeTable;

use super::text::first_version;
use crate::diagnostic::{Diagnostic, Fix, line_break};
use crate::parse::rules::{bad_front_matter, merge_conflict};
use crate::path::SourcePath;
use crate::span::Span;
use crate::table::Notation;

/// The front matter at the top of a file.
pub(crate) struct FrontMatterBlock {
    /// The range of the settings; empty where there are none that can be read.
    pub(crate) range: Range<usize>,
    /// The start of the text below.
    pub(crate) body: usize,
    /// The notation of the settings.
    pub(crate) notation: Notation,
    /// A guess of the settings, if they can't be read as they are, which was reported. Nothing is
    /// known to be missing then, and nothing more is to be reported.
    pub(crate) guess: Option<String>,
}

/// Finds the front matter of `text`. A file without a readable block has an empty one. A block that is
/// fenced in another way is reported and read all the same.
pub(crate) fn split(path: &SourcePath, text: &str, out: &mut Vec<Diagnostic>) -> FrontMatterBlock {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let end_of_line = line_break(text);
    let mut report = |line: Range<usize>, message: &str, fix: Fix| {
        let line = line.start..line.start + text[line].trim_end().len();
        let error = Diagnostic::error(path, Span::from(line), &bad_front_matter::RULE, message);
        out.push(error.help_with(fix));
    };
    let first = line_at(text, start);
    let Some(opening) = opening(text, first.clone()) else {
        let none = start..start;
        return FrontMatterBlock {
            range: none,
            body: start,
            notation: Notation::Toml,
            guess: None,
        };
    };
    let notation = opening.notation;
    let fence_text = notation.fence();
    let found = |range: Range<usize>, body| FrontMatterBlock { range, body, notation, guess: None };
    let guessed =
        |body, guess| FrontMatterBlock { range: start..start, body, notation, guess: Some(guess) };
    let fence = |line: &Range<usize>, title: &str| {
        let line = line.start..line.start + text[line.clone()].trim_end().len();
        Fix::safe(title).replace(Span::from(line), fence_text)
    };
    if let Some((message, help)) = opening.fault {
        let above = Span::from(start..opening.line.start);
        let fix = if opening.line.is_empty() {
            Fix::safe(help).insert(start as u32, format!("{fence_text}{end_of_line}"))
        } else if above.start < above.end {
            Fix::safe(help).delete(above)
        } else {
            fence(&opening.line, help)
        };
        let place = if opening.line.is_empty() { first } else { opening.line.clone() };
        report(place, message, fix);
    }
    let block = opening.line.end;
    if let Some(line) = find(text, block, |line| is_closing(line, notation)) {
        if let Some((first, version)) = first_version(&text[block..line.start]) {
            out.push(merge_conflict::finding(path, Span::shifted(first, block)));
            return guessed(line.end, version);
        }
        if notation == Notation::Yaml && is_toml(&text[block..line.start]) {
            let message = "these settings are TOML, which stands between lines of +++";
            let fix = Fix::safe("write +++ in this line and below the settings");
            let whole = |line: &Range<usize>| {
                Span::from(line.start..line.start + text[line.clone()].trim_end().len())
            };
            let fix = fix.replace(whole(&opening.line), "+++").replace(whole(&line), "+++");
            report(opening.line, message, fix);
            let guess = text[block..line.start].to_owned();
            return FrontMatterBlock { notation: Notation::Toml, ..guessed(line.end, guess) };
        }
        return found(block..line.start, line.end);
    }
    let other = |line: &str| {
        matches!(line.trim(), "---" | "..." | "+++") || is_run(line, fence_char(notation))
    };
    if let Some(line) = find(text, block, other) {
        let help = match notation {
            Notation::Toml => "write just three plus signs in this line",
            Notation::Yaml => "write just three hyphens in this line",
        };
        let message = format!("the front matter ends with a line of {fence_text}");
        report(line.clone(), &message, fence(&line, help));
        return found(block..line.start, line.end);
    }
    // A line of hyphens may part two texts.
    let blank = find(text, block, |line| line.is_empty());
    let settings = blank.filter(|blank| match notation {
        Notation::Toml => is_toml(&text[block..blank.start]),
        Notation::Yaml => true,
    });
    let message = format!("the front matter has no closing {fence_text}");
    let help = format!("put a line of {fence_text} after its last setting");
    // The settings may go on below the empty line.
    let fix = settings.as_ref().map_or_else(
        || Fix::likely(&help),
        |blank| Fix::likely(&help).insert(blank.start as u32, format!("{fence_text}{end_of_line}")),
    );
    report(opening.line, &message, fix);
    let guess = settings.map_or("", |blank| &text[block..blank.start]);
    guessed(text.len(), guess.to_owned())
}

/// The line that opens front matter.
struct OpeningLine {
    /// The line; empty if there is none above the settings.
    line: Range<usize>,
    notation: Notation,
    /// The message about it and the help, if it is not as it should be.
    fault: Option<(&'static str, &'static str)>,
}

/// Returns the line that opens front matter, or is meant to. A line of hyphens does only if a setting follows, or
/// the line that closes it: it may also part two texts.
fn opening(text: &str, first: Range<usize>) -> Option<OpeningLine> {
    let written = &text[first.clone()];
    let toml = |line, fault| Some(OpeningLine { line, notation: Notation::Toml, fault });
    let yaml = |line, fault| Some(OpeningLine { line, notation: Notation::Yaml, fault });
    match written.trim_end() {
        "+++" => return toml(first, None),
        "---" => return holds_yaml(text, first.end).then(|| yaml(first, None)).flatten(),
        _ => {}
    }
    if written.trim() == "+++" {
        return toml(first, Some(("there are spaces before the +++", "begin the file with +++")));
    }
    if is_run(written, '+') {
        let message = "front matter begins with three plus signs";
        return toml(first, Some((message, "write +++ in this line, and nothing else")));
    }
    let is_closed = |from, notation| find(text, from, |line| is_closing(line, notation)).is_some();
    if is_run(written, '-') && holds_yaml(text, first.end) && is_closed(first.end, Notation::Yaml) {
        let message = "front matter begins with three hyphens";
        return yaml(first, Some((message, "write --- in this line, and nothing else")));
    }
    if written.trim().is_empty() {
        let line = find(text, first.end, |line| !line.trim().is_empty())?;
        let fault = Some((
            "front matter begins in the first line of the file",
            "delete what stands above it",
        ));
        return match text[line.clone()].trim() {
            "+++" => toml(line, fault),
            "---" if holds_yaml(text, line.end) && is_closed(line.end, Notation::Yaml) => {
                yaml(line, fault)
            }
            _ => None,
        };
    }
    if is_setting(written) && find(text, first.end, |line| line == "+++").is_some() {
        let message = "the front matter has no opening +++";
        let help = "put a line of +++ above its first setting";
        return toml(first.start..first.start, Some((message, help)));
    }
    None
}

/// Says whether the lines from `at` on are settings of YAML, or of TOML, or none before the closing line.
fn holds_yaml(text: &str, at: usize) -> bool {
    let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let Some(line) = find(text, at, is_said) else { return false };
    let line = text[line].trim_end();
    is_closing(line, Notation::Yaml) || is_yaml_setting(line) || is_setting(line)
}

/// Says whether a line is `key: value` or `key:`.
fn is_yaml_setting(line: &str) -> bool {
    let end = line.find(": ").or_else(|| line.strip_suffix(':').map(str::len));
    let is_of_key = |c: char| c.is_alphanumeric() || "-_ \"'<.@$/".contains(c);
    end.is_some_and(|end| {
        let key = &line[..end];
        !key.is_empty() && !key.starts_with("- ") && key.chars().all(is_of_key)
    })
}

/// Says whether a line closes front matter.
fn is_closing(line: &str, notation: Notation) -> bool {
    line == notation.fence() || notation == Notation::Yaml && line == "..."
}

/// Returns the sign of which the lines around front matter consist.
fn fence_char(notation: Notation) -> char {
    match notation {
        Notation::Toml => '+',
        Notation::Yaml => '-',
    }
}

/// Returns whether a text can be read as settings, and holds any.
fn is_toml(text: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| !table.get_ref().is_empty())
}

/// Returns whether a line consists of two to six times this sign.
fn is_run(line: &str, sign: char) -> bool {
    let line = line.trim();
    (2..=6).contains(&line.len()) && line.chars().all(|c| c == sign)
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
