//! The rule `orphan`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::note::{NoteId, Origin, RefField};
use crate::site::{Site, menu_note};

/// A note that no other note leads to.
pub const RULE: Rule = Rule {
    name: "orphan",
    summary: "A note that no other note leads to.",
    level: Level::Off,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A note that no other note leads to.

## Why it matters

Readers find it only by chance, or by a search.

## What to do

Link to it from a note where readers would want it. The home page, the pages of folders and the notes in the menu are never orphans. Neither are terms that other pages explain, notes that supersede another, and translations if something leads to any of them. The rule is off unless a book asks for it:

    [check]
    orphan = "warning"
"#,
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let in_menu: Vec<_> = config
        .menu
        .iter()
        .filter_map(|entry| {
            menu_note(config, &site.notes, &site.graph, &entry.text, config.language())
        })
        .collect();
    let footers = site.graph.footers.values().flat_map(|links| &**links);
    let in_footer: BTreeSet<NoteId> = footers.filter_map(|found| found.note()).collect();
    let explained: BTreeSet<NoteId> =
        site.notes().flat_map(|(id, _)| site.terms.mentions(id)).map(|(_, term)| term).collect();
    let is_led_to = |id: NoteId, group: &[NoteId]| {
        let mut from = site.graph.incoming.of(id).iter().map(|pointer| pointer.from);
        let is_successor = || site.named_in(id, RefField::Supersedes).next().is_some();
        in_menu.contains(&id)
            || in_footer.contains(&id)
            || explained.contains(&id)
            || from.any(|from| from != id && !group.contains(&from))
            || is_successor()
    };
    for (id, note) in site.notes() {
        let stands_by_itself = note.facts.origin != Origin::File || note.facts.place.is_index();
        // Each of several translations leads to the others, so the first of them stands for all.
        let alone = [id];
        let translations = site.graph.translations.get(&note.facts.place.key);
        let group = translations.map_or(&alone[..], Vec::as_slice);
        let own = |id: &&NoteId| site.note(**id).facts.place.language == *config.language();
        let first = group.iter().find(own).or(group.first());
        if stands_by_itself || first != Some(&id) || group.iter().any(|id| is_led_to(*id, group)) {
            continue;
        }
        let span = note.spans.title;
        let message = "no other note leads to this one";
        let diagnostic = Diagnostic::warning(&note.source, span, &RULE, message);
        out.push(diagnostic.help("link to it from a note where readers would want it"));
    }
}

/// Says whether the text of a note can lead to others by explaining their terms: any may, where there are terms.
pub(crate) fn may_explain_terms(site: &Site, _: NoteId) -> bool {
    let config = &site.config;
    config.check.is_on(&RULE) && config.kinds().any(|(_, kind)| kind.features.glossary.is_some())
}
