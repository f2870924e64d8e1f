//! Diagnostics as a report on code quality, which GitLab shows in merge requests beside the lines: a JSON list in the part
//! of Code Climate's form that GitLab reads (GitLab Docs, "Code Quality", "Code Quality report format").

use std::collections::BTreeMap;

use serde::Serialize;

use super::json::pretty;
use super::{LinePlace, placed, sentences};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fingerprint::name_of;
use crate::source::Sources;

#[derive(Serialize)]
struct QualityProblem {
    description: String,
    check_name: &'static str,
    /// The same for a problem that is still there after its line has moved, and for no other.
    fingerprint: String,
    severity: &'static str,
    location: QualityLocation,
}

#[derive(Serialize)]
struct QualityLocation {
    path: String,
    lines: QualityLines,
}

#[derive(Serialize)]
struct QualityLines {
    begin: usize,
}

/// Returns diagnostics as a report on code quality. `prefix` is the path to the book from the top of the repository: empty,
/// or with a trailing slash.
pub fn gitlab(diagnostics: &[Diagnostic], sources: &Sources, prefix: &str) -> String {
    let mut alike: BTreeMap<(String, &str, String), usize> = BTreeMap::new();
    let problem = |(diagnostic, LinePlace { line, .. }): (&Diagnostic, LinePlace)| {
        let path = format!("{prefix}{}", diagnostic.path);
        let (description, name) = (sentences(diagnostic), diagnostic.rule.name);
        let times = alike.entry((path.clone(), name, description.clone())).or_default();
        *times += 1;
        let said = format!("{description}\n{times}");
        QualityProblem {
            fingerprint: name_of(format!("{path}\n{name}").as_bytes()) + &name_of(said.as_bytes()),
            description,
            check_name: name,
            severity: match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
            },
            location: QualityLocation { path, lines: QualityLines { begin: line } },
        }
    };
    let problems: Vec<QualityProblem> =
        placed(diagnostics, sources).into_iter().map(problem).collect();
    pretty(&problems)
}
