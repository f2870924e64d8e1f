//! The problems of a note as a form shows them: beside the input or the line that they are about.

use std::ops::Range;

use serde::Serialize;

use super::text::{shown_place, with_plain_breaks};
use crate::config::note_keys::SOURCES;
use crate::diagnostic::Diagnostic;
use crate::note_settings::WrittenFrontMatter;
use crate::parse::rules::{missing_field, wanted_field};
use crate::path::SourcePath;
use crate::span::LineIndex;
use crate::table::SettingPlace;

/// The most problems that a form shows.
const MAX_SHOWN: usize = 100;

/// A problem in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormFinding {
    /// The file, if it is another one.
    pub file: Option<String>,
    /// True if the site can't be published like this.
    pub is_error: bool,
    /// The problem, in a sentence.
    pub message: String,
    /// Instructions, each a sentence.
    pub help: Vec<String>,
    /// The line of the file, from one.
    pub line: usize,
    /// The place in the text of the form, in units of UTF-16; none if it is not there.
    pub place: Option<(usize, usize)>,
    /// The key of the input; none if it is about none.
    pub key: Option<String>,
    /// True if that input has to be filled in.
    pub is_missing: bool,
    /// The titles of the changes that solve the problem.
    pub fixes: Vec<String>,
}

/// Returns the problems of the note at `path` with this text, and those of other files, up to a hundred.
pub fn form_findings(path: &SourcePath, text: &str, found: &[Diagnostic]) -> Vec<FormFinding> {
    let front = WrittenFrontMatter::of(path, text);
    let lines = LineIndex::new(text);
    let shown = shown_place(text, front.as_ref().map_or(0, |front| front.body));
    let units = |at: usize| {
        let before = &text[shown.start..at.clamp(shown.start, shown.end)];
        with_plain_breaks(before).encode_utf16().count()
    };
    let sources = front.as_ref().and_then(sources_range);
    let finding = |found: &Diagnostic| {
        let is_own = found.path == *path;
        let span = found.span.within(text);
        let is_in_text =
            is_own && span.start >= shown.start && !(span.is_empty() && span.start == 0);
        let front = front.as_ref().filter(|_| is_own && !is_in_text);
        let is_around = |setting: &&SettingPlace| {
            (setting.key_place.start..=setting.place.end).contains(&span.start)
        };
        let setting = front.and_then(|front| front.settings.iter().find(is_around));
        let is_of_sources = sources
            .as_ref()
            .is_some_and(|sources| front.is_some() && sources.contains(&span.start));
        let missing = front.and_then(|_| missing_key(found));
        let fixes = found.fixes.iter().filter(|fix| is_own && !fix.edits.is_empty());
        FormFinding {
            file: (!is_own).then(|| found.path.as_str().to_owned()),
            is_error: found.is_error(),
            message: found.message.to_string(),
            help: found.helps(),
            line: if is_own { lines.line_column(text, span.start).0 } else { 1 },
            place: is_in_text.then(|| (units(span.start), units(span.end))),
            key: missing
                .or(setting.map(|setting| &*setting.key))
                .or(is_of_sources.then_some(SOURCES.name))
                .map(str::to_owned),
            is_missing: missing.is_some(),
            fixes: fixes.map(|fix| fix.title.clone()).collect(),
        }
    };
    found.iter().take(MAX_SHOWN).map(finding).collect()
}

/// Returns the range of the parts that are sources, with the line that names the first.
fn sources_range(front: &WrittenFrontMatter<'_>) -> Option<Range<usize>> {
    let parts = front.parts(SOURCES.name)?;
    let mut settings = parts.iter().flat_map(|part| &part.settings);
    let first = settings.next()?;
    let end = settings.last().unwrap_or(first).place.end;
    let start = front.text[..first.key_place.start].rfind(SOURCES.name).unwrap_or_default();
    Some(front.text[..start].rfind('\n').map_or(0, |at| at + 1)..end)
}

/// Returns the key of the field that a note should have and has not, if that is what a problem is about. Its place is that of
/// another setting.
fn missing_key(found: &Diagnostic) -> Option<&str> {
    let is_missing = [missing_field::RULE.name, wanted_field::RULE.name].contains(&found.rule.name);
    found.message.split('"').nth(1).filter(|_| is_missing)
}
