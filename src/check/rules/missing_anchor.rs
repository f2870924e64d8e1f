//! The rule `missing-anchor`, explained in `src/manual/content/rules/missing-anchor.md`.

use std::collections::BTreeMap;

use crate::check::occurrences::occurrences;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::graph::{PartFound, Resolution, find_heading};
use crate::nearest::{SUGGESTED, Suggestions};
use crate::note::{Facts, Fragment, NoteId, PartName};
use crate::site::Site;

/// A link names a part that its note does not have.
pub const RULE: Rule = Rule {
    name: "missing-anchor",
    summary: "A link names a part that its note does not have.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("missing-anchor"),
};

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let missing =
        |resolution: &Resolution| matches!(resolution, Resolution::Note(_, PartFound::Missing));
    let mut blocks: BTreeMap<NoteId, Suggestions<'_>> = BTreeMap::new();
    let mut headings: BTreeMap<NoteId, Suggestions<'_>> = BTreeMap::new();
    for (number, occurrence) in occurrences(site, missing).enumerate() {
        let Resolution::Note(id, _) = occurrence.resolution else { continue };
        let target = site.note(id);
        let facts = &target.facts;
        let (what, wanted) = match &occurrence.target.part {
            Some(Fragment::Block(id)) => ("block", format!("^{id}")),
            Some(Fragment::Heading(names)) => (
                "heading",
                match names.len() > 1 && number < SUGGESTED {
                    true => missing_name(facts, names).to_owned(),
                    false => names.last().map_or("", |name| &*name.written).to_owned(),
                },
            ),
            None => continue,
        };
        let near = match &occurrence.target.part {
            _ if number >= SUGGESTED => Vec::new(),
            Some(Fragment::Block(block)) => {
                let names = || Suggestions::new(facts.anchors.iter().map(|anchor| &**anchor));
                blocks.entry(id).or_insert_with(names).near(block)
            }
            _ => {
                let texts = facts.headings.iter().map(|heading| heading.text.as_str());
                headings.entry(id).or_insert_with(|| Suggestions::new(texts)).near(&wanted)
            }
        };
        let message = format!("{} has no {what} \"{wanted}\"", target.source);
        out.push(occurrence.error(&RULE, message).did_you_mean(&near));
    }
}

/// The first name of a path of headings that leads nowhere.
fn missing_name<'n>(facts: &Facts, names: &'n [PartName]) -> &'n str {
    let leads = |to: usize| find_heading(&facts.headings, &names[..to]).is_some();
    let at = (1..names.len()).find(|to| !leads(*to)).unwrap_or(names.len());
    &names[at - 1].written
}
