#![doc = include_str!("../manual/bad-reference-kind.md")]

use super::pointings;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Resolution;
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for pointing in pointings(site, |resolution| matches!(resolution, Resolution::WrongKind(_))) {
        let Resolution::WrongKind(id) = pointing.resolution else { continue };
        let found = site.note(id);
        let message = format!(
            "\"{}\" is a note of the kind \"{}\", which this field does not take",
            pointing.target.path, found.facts.card.kind
        );
        let help = format!("the note is {}", found.source);
        out.push(pointing.error(Code::BadReferenceKind, message).help(help));
    }
}
