//! # `ambiguous-name`
//! ## What it does
//! Finds links and references whose name two or more notes answer to.
//! ## Why it matters
//! Which note was meant can only be guessed, and a guess would be wrong half of the time.
//! ## Fix
//! Name the note by its path, or by a name that only it has.

use super::pointings;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Graph, Resolution};
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for pointing in pointings(site, |resolution| *resolution == Resolution::Ambiguous) {
        let (note, target) = (pointing.note, pointing.target);
        let ids = Graph::candidates(&site.config, &site.notes, note, target);
        let paths: Vec<&str> = ids.iter().map(|id| &*site.note(*id).facts.place.path).collect();
        let message = format!("{} notes are called \"{}\"", paths.len(), target.path);
        let help = format!("write the path of the one that is meant: {}", paths.join(" or "));
        out.push(pointing.error(Code::AmbiguousName, message).help(help));
    }
}
