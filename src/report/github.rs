//! Diagnostics for GitHub Actions: workflow commands, which become annotations beside the lines of
//! a pull request, and a table for the job summary.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{LinePlace, in_one_line, placed, sentences};
use crate::diagnostic::{Diagnostic, Severity};
use crate::path::SourcePath;
use crate::source::Sources;
use crate::visible::shown;

/// The most annotations that GitHub shows for a step; it drops the others silently.
const MAX_ANNOTATIONS: usize = 10;

/// Returns workflow commands for the most important diagnostics: errors first, and one of each file
/// before a second of any. `prefix` is the path from the workspace to the book.
pub fn annotations(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let mut of_file: BTreeMap<(Severity, &SourcePath), usize> = BTreeMap::new();
    let mut ranked: Vec<_> = placed(diagnostics, sources)
        .into_iter()
        .map(|found| {
            let turn = of_file.entry((found.0.severity, &found.0.path)).or_default();
            *turn += 1;
            (found.0.severity, *turn, found)
        })
        .collect();
    // The sort is stable, so that otherwise the order of files and positions is kept.
    ranked.sort_by_key(|(severity, turn, _)| (*severity, *turn));
    let shown = ranked.into_iter().take(MAX_ANNOTATIONS);
    shown.map(|(_, _, (diagnostic, place))| command(diagnostic, place, prefix)).collect()
}

fn command(diagnostic: &Diagnostic, place: LinePlace, prefix: &str) -> String {
    let Diagnostic { path, rule, severity, .. } = diagnostic;
    let mut out = format!("::{severity} file={}", property(&format!("{prefix}{path}")));
    let _ = write!(out, ",line={},endLine={}", place.line, place.end_line);
    // If the columns are on different lines, GitHub shows no annotation (actions/runner#4167).
    if place.line == place.end_line {
        let _ = write!(out, ",col={},endColumn={}", place.column, place.end_column);
    }
    let _ = writeln!(out, ",title={}::{}", property(rule.name), data(&sentences(diagnostic)));
    out
}

/// Returns all diagnostics as a Markdown table for the job summary; empty if there are none.
pub fn job_summary(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let mut out = String::from("| Where | What | What to do |\n|---|---|---|\n");
    for (diagnostic, place) in placed(diagnostics, sources) {
        let Diagnostic { path, rule, severity, message, .. } = diagnostic;
        let help = diagnostic.helps().join("; ");
        let _ = writeln!(
            out,
            "| `{}:{}:{}` | {severity}: {} (`{}`) | {} |",
            cell(&shown(&format!("{prefix}{path}"))),
            place.line,
            place.column,
            cell(message),
            rule.name,
            cell(&help)
        );
    }
    out
}

/// Escapes the text after `::` for the runner.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property for the runner, with invisible characters made visible.
fn property(text: &str) -> String {
    data(&shown(text)).replace(':', "%3A").replace(',', "%2C")
}

/// Escapes a text for a table cell, so that text from the book can't become markup or another cell.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in in_one_line(text).chars() {
        match c {
            '|' | '\\' | '[' | ']' | '<' | '>' | '*' | '_' | '@' | '!' | '~' | '`' | '&' | '#' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
