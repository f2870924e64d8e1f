//! Diagnostics as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts and editors read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::json::pretty;
use super::{LinePlace, sentences, text_of};
use crate::diagnostic::{Diagnostic, Fix, Level, Rule, TextEdit};
use crate::path::SourcePath;
use crate::source::Sources;
use crate::span::{LineIndex, Span};
use crate::visible::shown_lines;
use crate::workspace::rules;

/// The characters that a path may contain unescaped in an address (RFC 3986, section 3.3), and `/`.
const PATH_CHARACTERS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Returns diagnostics as one SARIF log. `prefix` is the path to the book from the folder that
/// paths are relative to: empty, or with a trailing slash.
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let mut results = Vec::with_capacity(diagnostics.len());
    for of_file in diagnostics.chunk_by(|a, b| a.path == b.path) {
        let text = text_of(&of_file[0], sources);
        let file =
            SarifFile { uri: uri(&of_file[0].path, prefix), text, lines: LineIndex::new(text) };
        results.extend(of_file.iter().map(|diagnostic| file.result(diagnostic)));
    }
    pretty(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules::all().all().iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(rule: &&Rule) -> Value {
    let level = match rule.level {
        Level::Off => "none",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let page = rule.explanation();
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level },
    })
}

/// Returns the address of a file, relative to the folder that paths are relative to.
fn uri(path: &SourcePath, prefix: &str) -> String {
    utf8_percent_encode(&format!("{prefix}{path}"), PATH_CHARACTERS).to_string()
}

/// A file with problems.
struct SarifFile<'a> {
    uri: String,
    text: &'a str,
    lines: LineIndex,
}

impl SarifFile<'_> {
    fn result(&self, diagnostic: &Diagnostic) -> Value {
        let Diagnostic { rule, severity, span, fixes, .. } = diagnostic;
        let mut result = json!({
            "ruleId": rule.name,
            "ruleIndex": rules::all().all().iter().position(|known| known == rule),
            "level": severity.to_string(),
            "message": { "text": sentences(diagnostic) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": self.uri },
                "region": self.region(*span),
            } }],
        });
        if !fixes.is_empty() {
            result["fixes"] = fixes.iter().map(|fix| self.fix(fix)).collect();
        }
        result
    }

    /// Returns a fix as section 3.55 describes it. Its places are also given in bytes of the file.
    fn fix(&self, fix: &Fix) -> Value {
        let replacement = |edit: &TextEdit| {
            let mut region = self.region(edit.span);
            region["byteOffset"] = edit.span.start.into();
            region["byteLength"] = (edit.span.end - edit.span.start).into();
            json!({ "deletedRegion": region, "insertedContent": { "text": edit.text } })
        };
        json!({
            "description": { "text": shown_lines(&fix.title) },
            "artifactChanges": [{
                "artifactLocation": { "uri": self.uri },
                "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
            }],
            "properties": { "safety": fix.safety.name() },
        })
    }

    fn region(&self, span: Span) -> Value {
        let place = LinePlace::new(span, self.text, &self.lines);
        json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        })
    }
}
