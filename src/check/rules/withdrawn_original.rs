//! The rule `withdrawn-original`, explained in `src/manual/content/rules/withdrawn-original.md`.

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::note::{NoteId, Status};
use crate::site::Site;

/// A note is current, and what it translates was withdrawn.
pub const RULE: Rule = Rule {
    name: "withdrawn-original",
    summary: "A note is current, and what it translates was withdrawn.",
    level: Level::Error,
    relaxation: Relaxation::None("readers would rely on what was withdrawn"),
    options: &[],
    page: manual!("withdrawn-original"),
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
