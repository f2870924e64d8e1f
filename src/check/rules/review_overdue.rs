//! The rule `review-overdue`, explained in `src/manual/content/rules/review-overdue.md`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::site::Site;

/// The day on which a note should be looked at again is past.
pub const RULE: Rule = Rule {
    name: "review-overdue",
    summary: "The day on which a note should be looked at again is past.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("review-overdue"),
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
