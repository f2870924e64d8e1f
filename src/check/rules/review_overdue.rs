//! The rule `review-overdue`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::site::Site;

/// The day by which a note should be reviewed is past.
pub const RULE: Rule = Rule {
    name: "review-overdue",
    summary: "The day by which a note should be reviewed is past.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A current note whose day for review is past.

## Why it matters

Readers are told that it may be out of date.

## What to do

Look at the note again. Then set `review-by` to the next day for review, or withdraw the note.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    // What was withdrawn or superseded needs no review.
    for (_, note) in site.notes().filter(|(id, _)| !site.graph.past[id.index()]) {
        let Some(day) = note.facts.review_by.filter(|day| day.is_over_by(site.today)) else {
            continue;
        };
        let message = format!("the note was to be looked at again by {day}");
        let span = note.spans.review_by;
        let diagnostic = Diagnostic::warning(&note.source, span, &RULE, message);
        out.push(diagnostic.help("look at it, and set the next day; or withdraw the note"));
    }
}
