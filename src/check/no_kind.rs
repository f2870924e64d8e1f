#![doc = include_str!("../manual/no-kind.md")]

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::note::Origin;
use crate::site::Site;
use crate::span::Span;

/// One finding a folder, at its first note.
pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let folders: Vec<&str> =
        config.kinds.iter().filter_map(|kind| kind.folder.as_deref()).collect();
    if folders.is_empty() {
        return;
    }
    let mut seen = BTreeSet::new();
    for (_, note) in site.notes().filter(|(_, note)| note.facts.origin == Origin::File) {
        let facts = &note.facts;
        let folder = &*facts.place.folder;
        let around_kind = || folders.iter().any(|f| f.starts_with(&format!("{folder}/")));
        if facts.kind != config.page_kind()
            || folder.is_empty()
            || folders.contains(&folder)
            || around_kind()
            || !seen.insert(folder)
        {
            continue;
        }
        let message = format!("the folder \"{folder}\" belongs to no kind of note");
        let diagnostic = Diagnostic::warning(&note.source, Span::default(), Code::NoKind, message)
            .did_you_mean(&nearest(folder, folders.iter().copied()));
        let help = "move its notes into the folder of their kind, or write a kind for it in ";
        out.push(diagnostic.help(format!("{help}{}", config.path)));
    }
}
