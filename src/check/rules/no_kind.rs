//! The rule `no-kind`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::nearest::{SUGGESTED, Suggestions};
use crate::note::Origin;
use crate::site::Site;
use crate::span::Span;

/// A note is in a folder that belongs to no kind.
pub const RULE: Rule = Rule {
    name: "no-kind",
    summary: "A note is in a folder that belongs to no kind.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A note in a folder that belongs to no kind.

## Why it matters

It can't have the fields of a kind, and no list shows it. Often the name of the folder is misspelt.

## What to do

Move the file into the folder of its kind, or add a kind for the folder to `book.toml`.
",
};

/// Reports each folder at its first note.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let folders: BTreeSet<&str> =
        config.kinds.iter().filter_map(|kind| kind.folder.as_deref()).collect();
    if folders.is_empty() {
        return;
    }
    let above =
        |folder: &'_ &'_ str| folder.match_indices('/').map(|(at, _)| at).collect::<Vec<_>>();
    let around: BTreeSet<&str> = folders
        .iter()
        .flat_map(|folder| above(folder).into_iter().map(|at| &folder[..at]))
        .collect();
    let names = Suggestions::new(config.kinds.iter().filter_map(|kind| kind.folder.as_deref()));
    let mut seen = BTreeSet::new();
    for (_, note) in site.notes().filter(|(_, note)| note.facts.origin == Origin::File) {
        let facts = &note.facts;
        let folder = &*facts.place.folder;
        if facts.kind != config.page_kind()
            || folder.is_empty()
            || folders.contains(folder)
            || around.contains(folder)
            || !seen.insert(folder)
        {
            continue;
        }
        let near = if seen.len() <= SUGGESTED { names.near(folder) } else { Vec::new() };
        let message = format!("the folder \"{folder}\" belongs to no kind of note");
        let diagnostic =
            Diagnostic::warning(&note.source, Span::default(), &RULE, message).did_you_mean(&near);
        let help = "move its notes into the folder of their kind, or write a kind for it in ";
        out.push(diagnostic.help(format!("{help}{}", config.path)));
    }
}
