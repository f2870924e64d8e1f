//! The rule `review-overdue`, explained in `src/manual/content/rules/review-overdue.md`.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    // What was withdrawn or superseded needs no review.
    for (_, note) in site.notes().filter(|(id, _)| !site.graph.past[id.index()]) {
        let Some(day) = note.facts.review_by.filter(|day| day.is_over_by(site.today)) else {
            continue;
        };
        let message = format!("the note was to be looked at again by {day}");
        let span = note.spans.review_by;
        let diagnostic = Diagnostic::warning(&note.source, span, Code::ReviewOverdue, message);
        out.push(diagnostic.help("look at it, and set the next day; or withdraw the note"));
    }
}
