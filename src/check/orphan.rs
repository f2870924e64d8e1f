#![doc = include_str!("../manual/orphan.md")]

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::note::Origin;
use crate::site::{Site, menu_note};

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    if config.check.level(Code::Orphan, None) == Level::Off {
        return;
    }
    let in_menu: Vec<_> = config
        .menu
        .iter()
        .filter_map(|entry| {
            menu_note(config, &site.notes, &site.graph, &entry.text, config.language())
        })
        .collect();
    for (id, note) in site.notes() {
        let stands_by_itself = note.facts.origin != Origin::File
            || note.facts.place.is_index()
            || in_menu.contains(&id);
        let is_led_to = || site.graph.incoming.of(id).iter().any(|pointer| pointer.from != id);
        if stands_by_itself || is_led_to() {
            continue;
        }
        let span = note.spans.title;
        let message = "no other note leads to this one";
        let diagnostic = Diagnostic::warning(&note.source, span, Code::Orphan, message);
        out.push(diagnostic.help("link to it from a note where readers would want it"));
    }
}
