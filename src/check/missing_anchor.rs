//! # `missing-anchor`
//! ## What it does
//! Finds links to a part that the note does not have.
//! ## Why it matters
//! The reader lands at the top of the page and looks for what was promised in vain.
//! ## Fix
//! Correct the heading or block id. A heading that others link to can keep its anchor when its
//! words change: `## New words {#old-anchor}`.

use super::pointings;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{PartFound, Resolution};
use crate::nearest::nearest;
use crate::note::Part;
use crate::site::Site;

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let missing =
        |resolution: &Resolution| matches!(resolution, Resolution::Note(_, PartFound::Missing));
    for pointing in pointings(site, missing) {
        let Resolution::Note(id, _) = pointing.resolution else { continue };
        let target = site.note(id);
        let facts = &target.facts;
        let (what, wanted, near) = match &pointing.target.part {
            Some(Part::Block(id)) => (
                "block",
                format!("^{id}"),
                nearest(id, facts.anchors.iter().map(|anchor| &**anchor)),
            ),
            Some(Part::Heading(_, written)) => {
                let headings = facts.headings.iter().map(|heading| heading.text.as_str());
                ("heading", written.to_string(), nearest(written, headings))
            }
            None => continue,
        };
        let message = format!("{} has no {what} \"{wanted}\"", target.source);
        out.push(pointing.error(Code::MissingAnchor, message).did_you_mean(&near));
    }
}
