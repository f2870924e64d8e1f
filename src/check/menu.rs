//! [`Code::BrokenLink`] in the menu: entries of `menu` in the configuration that name neither a kind
//! nor a note, so that the navigation of every page would lack something.

use std::cell::LazyCell;

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::Suggestions;
use crate::path::SourcePath;
use crate::site::{Site, menu_note};

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let names = LazyCell::new(|| {
        let kinds = config.kinds.iter().map(|kind| kind.name.as_str());
        Suggestions::new(kinds.chain(site.notes.iter().map(|note| &*note.facts.place.path)))
    });
    for entry in &config.menu {
        if menu_note(config, &site.notes, &site.graph, &entry.text, config.language()).is_some() {
            continue;
        }
        let path = SourcePath::new(config.path.as_str());
        let message =
            format!("the menu names \"{}\", which is neither a kind nor a note", entry.text);
        let diagnostic = Diagnostic::error(&path, entry.span, Code::BrokenLink, message);
        out.push(diagnostic.did_you_mean(&names.near(&entry.text)));
    }
}
