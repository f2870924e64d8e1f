//! The formats for programs: JSON by its schema, SARIF by the standard, GitHub's commands by its
//! rules.

use fieldbook::diagnostic::Diagnostic;
use fieldbook::parse::rules::broken_link;
use fieldbook::path::SourcePath;
use fieldbook::report::{annotations, gitlab, json, sarif};
use fieldbook::source::Sources;
use fieldbook::span::Span;
use serde_json::Value;

use crate::corpus::workspace;
use crate::support;

/// The schema of SARIF. The tests read the standard's file if `SARIF_SCHEMA` names it; otherwise a
/// schema of our own checks the part that is used here, and allows nothing else.
const SARIF: &str = include_str!("schemas/sarif-part.json");

const REPORT: &str = include_str!("schemas/report-1.json");

fn validator(schema: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

#[track_caller]
fn valid(validator: &jsonschema::Validator, text: &str) -> Value {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

#[test]
fn reports_keep_their_schemas() {
    let (report, part) = (validator(REPORT), validator(SARIF));
    let whole = std::env::var_os("SARIF_SCHEMA")
        .map(|file| validator(&std::fs::read_to_string(file).expect("the standard's schema")));
    for book in support::entries(&support::tests().join("bad")) {
        let workspace = workspace(&book);
        let (problems, sources) = (workspace.diagnostics(), workspace.sources());
        let value = valid(&report, &json(problems, sources));
        assert_eq!(value["problems"].as_array().map(Vec::len), Some(problems.len()));
        let text = sarif(problems, sources, "");
        let value = valid(&part, &text);
        whole.iter().for_each(|whole| drop(valid(whole, &text)));
        let run = &value["runs"][0];
        for result in run["results"].as_array().expect("results") {
            let rule = &run["tool"]["driver"]["rules"]
                [result["ruleIndex"].as_u64().expect("a place") as usize];
            assert_eq!(rule["id"], result["ruleId"]);
        }
    }
}

#[test]
fn a_path_is_an_address_in_sarif() {
    let path = SourcePath::new("content/a b%.md");
    let problem = problem(&path, true);
    let value: Value =
        serde_json::from_str(&sarif(&[problem], &Sources::default(), "docs/")).expect("JSON");
    let place = &value["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/content/a%20b%25.md");
}

/// The part of GitLab's form that a report on code quality must have.
const QUALITY: &str = r#"{
  "type": "array",
  "items": {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "additionalProperties": false,
    "properties": {
      "description": { "type": "string", "minLength": 1 },
      "check_name": { "type": "string", "minLength": 1 },
      "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{16}$" },
      "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
      "location": {
        "type": "object",
        "required": ["path", "lines"],
        "properties": {
          "path": { "type": "string", "pattern": "^docs/[^/]" },
          "lines": {
            "type": "object",
            "required": ["begin"],
            "properties": { "begin": { "type": "integer", "minimum": 1 } }
          }
        }
      }
    }
  }
}"#;

#[test]
fn gitlab_gets_each_problem_once_and_knows_it_again() {
    let schema = validator(QUALITY);
    for book in support::entries(&support::tests().join("bad")) {
        let workspace = workspace(&book);
        let (problems, sources) = (workspace.diagnostics(), workspace.sources());
        let value = valid(&schema, &gitlab(problems, sources, "docs/"));
        let all = value.as_array().expect("a list");
        assert_eq!(all.len(), problems.len());
        let prints: std::collections::BTreeSet<&str> =
            all.iter().filter_map(|problem| problem["fingerprint"].as_str()).collect();
        assert_eq!(prints.len(), all.len(), "{}", book.display());
    }
    // A line further down, it is the same problem.
    let path = SourcePath::new("content/a.md");
    let text = support::source("content/a.md", b"\n\n\n");
    let mut sources = Sources::default();
    sources.apply(vec![fieldbook::source::SourceEdit::Put(text)]);
    let prints = [0, 2].map(|at| {
        let mut problem = problem(&path, true);
        problem.span = Span { start: at, end: at };
        let value = valid(&schema, &gitlab(&[problem], &sources, "docs/"));
        (value[0]["fingerprint"].clone(), value[0]["location"]["lines"]["begin"].clone())
    });
    assert_eq!((&prints[0].0, &prints[0].1), (&prints[1].0, &Value::from(1)));
    assert_eq!(prints[1].1, 3);
}

fn problem(path: &SourcePath, is_error: bool) -> Diagnostic {
    let make = if is_error { Diagnostic::error } else { Diagnostic::warning };
    make(path, Span::default(), &broken_link::RULE, "100% wrong:\nreally, yes")
}

#[test]
fn github_shows_ten_of_as_many_files_as_there_are() {
    let mut problems = Vec::new();
    for file in 0..12 {
        let path = SourcePath::new(format!("content/{file:02}.md"));
        for number in 0..=(if file == 0 { 6 } else { 2 }) {
            problems.push(problem(&path, (file + number) % 3 != 0));
        }
    }
    assert_eq!(problems.len(), 40);
    let text = annotations(&problems, &Sources::default(), "book/");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 10);
    assert!(lines.iter().all(|line| line.starts_with("::error file=book/content/")), "{text}");
    let mut files: Vec<&str> = lines.iter().filter_map(|line| line.split(',').next()).collect();
    files.dedup();
    assert_eq!(files.len(), 10);
    assert!(lines[0].ends_with("title=broken-link::100%25 wrong:%0Areally, yes"), "{}", lines[0]);
}

#[test]
fn columns_are_left_out_where_a_problem_goes_over_lines() {
    let path = SourcePath::new("content/a,b:c.md");
    let sources: Sources = [support::source(path.as_str(), b"one\ntwo\n")].into_iter().collect();
    let over = Diagnostic { span: Span { start: 1, end: 6 }, ..problem(&path, false) };
    let within = Diagnostic { span: Span { start: 4, end: 6 }, ..over.clone() };
    let text = annotations(&[over, within], &sources, "");
    assert!(text.contains("::warning file=content/a%2Cb%3Ac.md,line=1,endLine=2,title="), "{text}");
    assert!(text.contains(",line=2,endLine=2,col=1,endColumn=3,title="), "{text}");
}
