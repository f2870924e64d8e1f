//! Diagnostics as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts and editors read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::json::pretty;
use super::{LinePlace, placed, sentences};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::source::Sources;
use crate::workspace::rules;

/// The characters that a path may contain unescaped in an address (RFC 3986, section 3.3), and `/`.
const PATH_CHARACTERS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Returns diagnostics as one SARIF log. `prefix` is the path to the book from the folder that
/// paths are relative to: empty, or with a trailing slash.
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let results = placed(diagnostics, sources);
    let results: Vec<Value> = results.into_iter().map(|found| result(found, prefix)).collect();
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

fn result((diagnostic, place): (&Diagnostic, LinePlace), prefix: &str) -> Value {
    let Diagnostic { path, rule, severity, .. } = diagnostic;
    let uri = format!("{prefix}{path}");
    json!({
        "ruleId": rule.name,
        "ruleIndex": rules::all().all().iter().position(|known| known == rule),
        "level": severity.to_string(),
        "message": { "text": sentences(diagnostic) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": utf8_percent_encode(&uri, PATH_CHARACTERS).to_string() },
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        } }],
    })
}
