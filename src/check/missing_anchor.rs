#![doc = include_str!("../manual/missing-anchor.md")]

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
