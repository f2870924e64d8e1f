//! The rule `bad-reference-kind`, explained in `src/manual/content/rules/bad-reference-kind.md`.

use std::cell::LazyCell;

use super::broken_link::kinds_of;
use super::candidates::NamesByKind;
use super::pointings;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Resolution;
use crate::nearest::SUGGESTED;
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let candidates = LazyCell::new(|| NamesByKind::new(site));
    let mut count = 0;
    for pointing in pointings(site, |resolution| matches!(resolution, Resolution::WrongKind(_))) {
        let Resolution::WrongKind(id) = pointing.resolution else { continue };
        let found = site.note(id);
        let message = format!(
            "\"{}\" is a note of the kind \"{}\", which this field does not take",
            pointing.target.path, found.facts.card.kind
        );
        let help = format!("the note is {}", found.source);
        let error = pointing.error(Code::BadReferenceKind, message).help(help);
        count += 1;
        let kinds = if count <= SUGGESTED { kinds_of(site, &pointing) } else { &[] };
        out.push(candidates.listed(kinds, false).into_iter().fold(error, Diagnostic::help));
    }
}
