//! # `bad-reference-kind`
//! ## What it does
//! Finds references to a note of another kind than the field takes.
//! ## Why it matters
//! The note would be missing from the lists where readers look for it.
//! ## Fix
//! Name a note of the right kind, or use the field that takes this kind.

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
