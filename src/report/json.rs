//! Diagnostics as JSON, for programs. The format is stable: every key keeps its name and meaning,
//! and [`VERSION`] changes if that ever has to be broken. `tests/schemas/report-1.json` is its
//! schema.
//!
//! Sentences are written for people. The path of the file, the suggestions and the fixes are
//! unchanged, for a program to use; invisible characters in them are escaped. Fixes count in bytes of
//! the file, with a byte order mark if there is one.

use std::borrow::Cow;

use serde::Serialize;

use super::{LinePlace, errors_and_warnings, placed};
use crate::diagnostic::{Diagnostic, Fix, TextEdit};
use crate::source::Sources;
use crate::visible::{shown_json, shown_lines};

/// The version of the format.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    tool: JsonTool,
    errors: usize,
    warnings: usize,
    problems: Vec<JsonProblem<'a>>,
}

#[derive(Serialize)]
struct JsonTool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    code: &'static str,
    severity: String,
    message: Cow<'a, str>,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    suggestions: &'a [String],
    help: Vec<Cow<'a, str>>,
    fixes: Vec<JsonFix<'a>>,
}

/// A change that solves the problem.
#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<JsonEdit<'a>>,
}

/// A replacement of a part of the file, in bytes.
#[derive(Serialize)]
struct JsonEdit<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

/// Returns diagnostics as one JSON object.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let (errors, warnings) = errors_and_warnings(diagnostics);
    let report = JsonReport {
        version: VERSION,
        tool: JsonTool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        errors,
        warnings,
        problems: placed(diagnostics, sources).into_iter().map(problem).collect(),
    };
    pretty(&report)
}

/// Returns indented JSON, for reading and comparing, with a line break at the end.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    // Serialization can fail only for maps whose keys aren't strings, and there are none.
    shown_json(&(text.unwrap_or_default() + "\n")).into_owned()
}

fn problem<'a>((diagnostic, place): (&'a Diagnostic, LinePlace)) -> JsonProblem<'a> {
    JsonProblem {
        code: diagnostic.rule.name,
        severity: diagnostic.severity.to_string(),
        message: shown_lines(&diagnostic.message),
        file: diagnostic.path.as_str(),
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        suggestions: &diagnostic.meant,
        help: helps(diagnostic),
        fixes: diagnostic.fixes.iter().map(fix).collect(),
    }
}

fn fix(fix: &Fix) -> JsonFix<'_> {
    let edits = fix.edits.iter().map(|TextEdit { span, text }| JsonEdit {
        start: span.start,
        end: span.end,
        text,
    });
    JsonFix { title: &fix.title, safety: fix.safety.name(), edits: edits.collect() }
}

/// Returns all help; lines to be pasted are below the sentence that introduces them.
fn helps(diagnostic: &Diagnostic) -> Vec<Cow<'_, str>> {
    let mut helps: Vec<Cow<'_, str>> =
        diagnostic.help.iter().map(|help| shown_lines(help)).collect();
    if let Some(last) = helps.last_mut().filter(|_| diagnostic.shows_fix) {
        let lines = diagnostic.shown_fix().collect::<Vec<_>>().join("\n");
        *last = Cow::Owned(format!("{last}\n{}", shown_lines(&lines)));
    }
    helps
}
