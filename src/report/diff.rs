//! Changes of files as a unified diff, for reading.

use similar::TextDiff;

/// Returns the changes of a file with three lines around each. Line breaks are written as on Unix.
pub fn unified_diff(path: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    text.replace("\r\n", "\n")
}
