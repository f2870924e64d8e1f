//! The rule `other-status`.

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::note::Status;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A note has keys that go with a status it does not have.
pub const RULE: Rule = Rule {
    name: "other-status",
    summary: "A note has keys that go with a status it does not have.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A note with lines that go with a status it does not have: `comment-until` or `comment-to` without `status = "under-review"`,
or `endorsed-by` without `status = "endorsed"`.

## Why it matters

The status decides what readers are told, so nobody sees these lines.

## What to do

Add the line with the status, or take out the lines that no longer hold. A note that was withdrawn may keep what it said of
its review and of who endorsed it.
"#,
};

/// Looks for lines that go with a status the note does not have. What it once had may still be told of one that
/// was withdrawn.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let (status, details) = (note.draft.status, &note.draft.standing);
    let comments = details.comment_until.is_some() || details.comment_to.is_some();
    if comments && matches!(status, Status::Published | Status::Endorsed) {
        let message = "the note says how to comment on it, and readers are not told";
        let line = reader.notation().setting("status", "\"under-review\"");
        let help = format!("add the line {line}, or take these lines out");
        reader.warn(note.place, &RULE, message, help);
    }
    if details.endorsed_by.is_some() && status == Status::Published {
        let message = "the note says who endorsed it, and readers are not told";
        let line = reader.notation().setting("status", "\"endorsed\"");
        let help = format!("add the line {line}, or take this one out");
        reader.warn(note.place, &RULE, message, help);
    }
}
