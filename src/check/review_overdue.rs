#![doc = include_str!("../manual/review-overdue.md")]

use crate::diagnostic::{Code, Diagnostic};
use crate::note::Status;
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for (_, note) in site.notes() {
        let Some(day) = note.facts.review_by.filter(|day| day.is_over_by(site.today)) else {
            continue;
        };
        // What was withdrawn needs no review.
        if note.facts.card.status == Status::Withdrawn {
            continue;
        }
        let message = format!("the note was to be looked at again by {day}");
        let span = note.spans.review_by;
        let diagnostic = Diagnostic::warning(&note.source, span, Code::ReviewOverdue, message);
        out.push(diagnostic.help("look at it, and set the next day; or withdraw the note"));
    }
}
