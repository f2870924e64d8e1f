//! Overdue reviews as one issue, as GitHub's interface for programs takes it.

use serde_json::{Value, json};

use crate::comparison::{code, plain};
use crate::diagnostic::Diagnostic;

/// The line at the beginning of the issue by which it is found again.
const MARK: &str = "<!-- fieldbook overdue -->";

/// The most notes that are listed.
const MOST: usize = 200;

/// Returns the issue about the notes in which these problems were found, if there are any.
pub fn overdue_issue(found: &[&Diagnostic]) -> Option<Value> {
    if found.is_empty() {
        return None;
    }
    let mut body = format!(
        "{MARK}\nThe day for review of these notes is past. Look at each again: set `reviewed-on` to the day on which you did, \
         and `review-by` to the next day for review; or withdraw the note.\n\n"
    );
    for problem in found.iter().take(MOST) {
        body.push_str(&format!("- {}: {}\n", code(problem.path.as_str()), plain(&problem.message)));
    }
    if found.len() > MOST {
        body.push_str(&format!("- and {} more\n", found.len() - MOST));
    }
    Some(json!({ "title": "Notes to review", "body": body }))
}
