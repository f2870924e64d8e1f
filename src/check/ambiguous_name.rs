//! The rule `ambiguous-name`, explained in `src/manual/content/rules/ambiguous-name.md`.

use std::cell::OnceCell;

use super::pointings;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{LinkResolver, Resolution};
use crate::site::Site;

/// How many of the notes are named.
const NAMED: usize = 5;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let names = OnceCell::new();
    for pointing in pointings(site, |resolution| *resolution == Resolution::Ambiguous) {
        let (note, target) = (pointing.note, pointing.target);
        let names = names.get_or_init(|| LinkResolver::new(&site.config, &site.notes));
        let ids = names.candidates(target, note);
        let paths = ids.iter().take(NAMED).map(|id| &*site.note(*id).facts.place.path);
        let paths: Vec<&str> = paths.map(|path| if path.is_empty() { "/" } else { path }).collect();
        let message = format!("{} notes are called \"{}\"", ids.len(), target.path);
        let help = format!("write the path of the one that is meant: {}", paths.join(" or "));
        out.push(pointing.error(Code::AmbiguousName, message).help(help));
    }
}
