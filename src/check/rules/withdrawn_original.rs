//! The rule `withdrawn-original`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::note::{NoteId, Status};
use crate::site::Site;

/// A translation is current, but its original was withdrawn.
pub const RULE: Rule = Rule {
    name: "withdrawn-original",
    summary: "A translation is current, but its original was withdrawn.",
    level: Level::Error,
    relaxation: Relaxation::None("readers would rely on what was withdrawn"),
    options: &[],
    page: r#"
## What it finds

A translation that is current although its original was withdrawn.

## Why it matters

Its readers would go on relying on something that the book has taken back.

## What to do

Withdraw the translation too, and give its readers the reason in their language:

    status = "withdrawn"
    withdrawn-reason = "…"

Where another note replaced the original, nothing needs to be done: its translations lead there too.
"#,
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for group in site.graph.translations.values() {
        let is_original =
            |id: &&NoteId| site.note(**id).facts.place.language == *site.config.language();
        let Some(original) = group.iter().find(is_original).filter(|id| is_withdrawn(site, **id))
        else {
            continue;
        };
        let source = &site.note(*original).source;
        for id in group.iter().filter(|id| !site.graph.past[id.index()]) {
            let note = site.note(*id);
            let message = format!("{source}, of which this is a translation, was withdrawn");
            let code = &RULE;
            let found = Diagnostic::error(&note.source, note.spans.title, code, message);
            out.push(found.help("add the line: status = \"withdrawn\""));
        }
    }
}

fn is_withdrawn(site: &Site, id: NoteId) -> bool {
    site.note(id).facts.card.status == Status::Withdrawn
}
