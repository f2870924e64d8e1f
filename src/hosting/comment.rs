//! Comments on a proposal, as GitHub's interface for programs takes them.

use serde_json::{Value, json};

use super::{ReviewRecord, Suggestion, suggestion};
use crate::comparison::{code, markdown, plain};
use crate::fingerprint::name_of;
use crate::visible::shown;

/// The line at the beginning of the comment by which it is found again.
const REVIEW_MARK: &str = "<!-- fieldbook review -->";

/// The beginning of the line by which a suggestion is known.
const SUGGESTION_MARK: &str = "<!-- fieldbook suggestion ";

/// The run that made a record.
#[derive(Clone, Debug)]
pub struct ReviewRun {
    /// The commit.
    pub commit: String,
    /// The address of the page with the files that the run kept.
    pub url: Option<String>,
}

/// Comments on a proposal.
#[derive(Clone, Debug)]
pub struct ReviewComments {
    /// The comment that is kept up to date.
    pub comment: Value,
    /// The review with suggestions that were not made yet; none if there are none.
    pub suggestions: Option<Value>,
}

/// Returns the comments on a proposal. `made` are the texts of earlier suggestions.
pub fn review_comments(record: &ReviewRecord, run: &ReviewRun, made: &[String]) -> ReviewComments {
    let mut body = format!("{REVIEW_MARK}\n{}", markdown(&record.comparison));
    let commit: String = run.commit.chars().take(10).collect();
    body.push_str(&format!("\nFor the commit {}", code(&commit)));
    if let Some(url) = run.url.as_deref().filter(|url| is_address(url)) {
        body.push_str(&format!(
            ". [The files of this run]({url}#artifacts) hold the site as it would be, to be opened from a folder, and this \
             comparison with all texts"
        ));
    }
    body.push_str(".\n");
    let is_new = |suggestion: &&Suggestion| {
        let mark = mark_of(suggestion);
        suggestion.is_small()
            && is_of_book(&suggestion.path)
            && !made.iter().any(|text| text.contains(&mark))
    };
    let comments: Vec<Value> =
        record.suggestions.iter().filter(is_new).take(suggestion::MOST).map(line_comment).collect();
    let suggestions = (!comments.is_empty()).then(
        || json!({ "commit_id": run.commit, "event": "COMMENT", "body": "", "comments": comments }),
    );
    ReviewComments { comment: json!({ "body": body }), suggestions }
}

/// Returns a suggestion as a comment beside its lines.
fn line_comment(suggestion: &Suggestion) -> Value {
    let titles: Vec<String> = suggestion.fixes.iter().take(5).map(|title| plain(title)).collect();
    let titles = if titles.is_empty() { "a safe fix".to_owned() } else { titles.join("; ") };
    let lines = suggestion.lines.iter().map(|line| line.replace(['\r', '\n'], " "));
    let text: String = lines.map(|line| line + "\n").collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let body = format!(
        "Fieldbook is sure of this: {titles}.\n\n{fence}suggestion\n{text}{fence}\n\n{}",
        mark_of(suggestion)
    );
    let mut comment = json!({
        "path": suggestion.path,
        "body": body,
        "line": suggestion.last,
        "side": "RIGHT",
    });
    if suggestion.first < suggestion.last {
        comment["start_line"] = json!(suggestion.first);
        comment["start_side"] = json!("RIGHT");
    }
    comment
}

/// Returns the line by which a suggestion is known, wherever its lines have moved.
fn mark_of(suggestion: &Suggestion) -> String {
    let said = json!([suggestion.path, suggestion.lines]).to_string();
    format!("{SUGGESTION_MARK}{} -->", name_of(said.as_bytes()))
}

/// Returns whether a text is an address that can stand in a link.
fn is_address(url: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "-._~/:%".contains(c);
    url.starts_with("https://") && url.chars().all(is_sign)
}

/// Returns whether a path is that of a note or a configuration: no fix concerns anything else.
fn is_of_book(path: &str) -> bool {
    (path.ends_with(".md") || path.ends_with(".toml")) && shown(path) == path
}
