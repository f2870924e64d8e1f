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

Readers are told that it may be out of date, unless `reviewed-on` says that it was looked at on that day or
later. Then nobody is reminded to look again.

## What to do

Look at the note again. Then set `reviewed-on` to the day on which you did and `review-by` to the next day for
review, or withdraw the note.
",
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    // What was withdrawn or superseded needs no review, and a work is reviewed in all languages at once.
    let is_meant = |id| !site.is_past(id) && site.graph.works.original(id) == id;
    for (_, note) in site.notes().filter(|(id, _)| is_meant(*id)) {
        let Some(day) = note.facts.review_by.filter(|day| day.is_over_by(site.today)) else {
            continue;
        };
        let was_missed = note.facts.review_missed(site.today).is_some();
        let message = match note.facts.reviewed_on.filter(|_| !was_missed) {
            Some(on) => format!("the note was looked at on {on}, and no later day is set"),
            None => format!("the note was to be looked at again by {day}"),
        };
        let span = note.spans.review_by;
        let diagnostic = Diagnostic::warning(&note.source, span, &RULE, message);
        out.push(diagnostic.help("look at it, and set the next day; or withdraw the note"));
    }
}
